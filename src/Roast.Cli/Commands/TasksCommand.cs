using System.CommandLine;
using Roast.Cli.Options;
using Roast.Cli.Output;
using Roast.Cli.Results;
using Roast.Tasks;
using Spectre.Console;

namespace Roast.Cli.Commands;

/// <summary><c>roast tasks</c> and <c>roast tasks show</c>.</summary>
internal static class TasksCommand
{
    public static Command Create(View view)
    {
        var command = new Command("tasks", "Lists the tasks: what is asked, where the data comes from, and how answers are verified.") { Show(view) };
        command.SetAction(_ =>
        {
            view.Show(new TasksResult([.. RoastTask.Known.Select(name => TaskResult.Of(RoastTask.Format(name)))]), JsonFace.Readable.TasksResult, List);
            return ExitCode.Done;
        });
        return command;
    }

    static Command Show(View view)
    {
        var name = new Argument<string>("task") { Description = "A name that 'roast tasks' lists, or a .json file that describes a task." };
        var data = Words.File("--data", "Questions to show the first of; default: a sample that comes with the task.");
        var command = new Command("show", "Shows a task with one question, as a model would read it, and its answer.") { name, data };
        command.SetAction(args =>
        {
            var format = RoastTask.Format(args.GetRequiredValue(name));
            var task = args.GetValue(data) is { } file ? format.Load(file) : format.LoadSample();
            var first = task.Questions[0];
            view.Show(new TaskShowResult(TaskResult.Of(format), task.Questions.Count, first.Id, first.Prompt, first.Answer, first.Reference, first.Wrong), JsonFace.Readable.TaskShowResult, Question);
            return ExitCode.Done;
        });
        return command;
    }

    static void List(TasksResult result, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (string column in (string[])["task", "asks", "verifier"]) table.AddColumn(column);
        foreach (var task in result.Tasks) table.AddRow(Markup.Escape(task.Name), Markup.Escape(task.Summary), Markup.Escape(task.Verifier));
        console.Write(table);
        StudyTables.Line(console, "A task of your own is a .json file (docs/tasks.md). One question of a task: roast tasks show NAME");
    }

    static void Question(TaskShowResult result, IAnsiConsole console)
    {
        StudyTables.Line(console, $"{result.Task.Name}: {result.Task.Summary}");
        if (result.Task.Source.Length > 0) StudyTables.Line(console, $"Source: {result.Task.Source}");
        StudyTables.Line(console, $"Fields: {result.Task.Fields}");
        StudyTables.Line(console, $"Verifier: {result.Task.Verifier}");
        StudyTables.Line(console, $"\nQuestion '{result.Id}', the first of {result.Questions}:\n\n{result.Prompt}\n");
        StudyTables.Line(console, $"Answer: {result.Answer}");
        if (result.Reference.Length > 0 && result.Reference != result.Answer) StudyTables.Line(console, $"Reference: {result.Reference}");
        if (result.Wrong is { } wrong) StudyTables.Line(console, $"Known wrong: {wrong}");
    }
}
