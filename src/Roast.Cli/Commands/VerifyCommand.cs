using System.CommandLine;
using Roast.Cli.Databases;
using Roast.Cli.Options;
using Roast.Cli.Output;
using Roast.Cli.Results;
using Roast.Statistics;
using Roast.Tasks;
using Spectre.Console;

namespace Roast.Cli.Commands;

/// <summary><c>roast verify</c>.</summary>
internal static class VerifyCommand
{
    public static Command Create(View view)
    {
        var task = new Option<string>("--task", "-t") { Description = "Task: a name that 'roast tasks' lists, or a .json file that describes one.", HelpName = "name", Required = true };
        var data = new Option<string>("--data") { Description = "Questions, in the form that the task is published in.", HelpName = "file", Required = true };
        var answers = new Option<string>("--answers") { Description = "Answers: JSON lines with id and response. A question without an answer counts as wrong.", HelpName = "file", Required = true };
        var explain = new Option<bool>("--explain") { Description = "Say of every answer why it is right or wrong." };
        var databases = new Option<string?>("--databases") { Description = "Folder of SQLite databases, NAME/NAME.sqlite: answers of 'spider' are then compared by their results.", HelpName = "folder" };
        var command = new Command("verify", "Scores a file of answers with a task's verifier, without any model.") { task, data, answers, explain, databases };
        command.SetAction(args =>
        {
            var questions = RoastTask.Load(args.GetRequiredValue(task), args.GetRequiredValue(data));
            if (args.GetValue(databases) is { } folder)
                questions = questions.Verifier is SpiderVerifier spider
                    ? questions.WithVerifier(spider.WithDatabases(new SqliteQueries(folder)))
                    : throw new UsageException($"--databases: task '{questions.Name}' runs no queries; expected with --task spider.");
            var sheet = AnswerSheet.Read(questions, args.GetRequiredValue(answers));
            var interval = Wilson.Interval(sheet.Correct, sheet.Answers.Count);
            view.Show(new VerifyResult(sheet.Task, args.GetRequiredValue(data), args.GetRequiredValue(answers), sheet.Correct, sheet.Answers.Count, sheet.Unanswered, (double)sheet.Correct / sheet.Answers.Count,
                [interval.Low, interval.High], args.GetValue(explain) ? [.. sheet.Answers.Select(x => new VerdictResult(x.Id, x.IsCorrect, x.Reason, x.Response))] : null), JsonFace.Readable.VerifyResult, Table);
            return ExitCode.Done;
        });
        return command;
    }

    static void Table(VerifyResult result, IAnsiConsole console)
    {
        foreach (var verdict in result.Verdicts ?? []) StudyTables.Line(console, $"{(verdict.Correct ? "right" : "wrong")}  {verdict.Id}: {verdict.Reason}");
        StudyTables.Line(console, $"{result.Task}: {result.Correct} of {result.Total} right, {Percent.Of(result.Accuracy)} {Percent.Interval(result.Interval)}{(result.Unanswered > 0 ? $"; {result.Unanswered} without an answer, which count as wrong" : "")}.");
    }
}
