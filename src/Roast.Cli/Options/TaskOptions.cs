using System.CommandLine;
using Roast.Tasks;

namespace Roast.Cli.Options;

/// <summary>Which questions, and how answers are checked.</summary>
internal sealed class TaskOptions
{
    readonly Option<string> _task = new("--task", "-t") { Description = "Task: a name that 'roast tasks' lists, or a .json file that describes one.", HelpName = "name", DefaultValueFactory = _ => "exact" };
    readonly Option<string> _data = new("--data") { Description = "Questions, in the form that the task is published in.", HelpName = "file", Required = true };
    readonly Option<int?> _limit = Numbers.Int("--limit", "Take the first questions of the data only; default: all.");
    readonly Option<int?> _maxAnswerTokens = Numbers.Int("--max-answer-tokens", "Longest answer in tokens, end token included; default: up to the model's context.");

    public TaskOptions(Command command)
    {
        foreach (Option option in (Option[])[_task, _data, _limit, _maxAnswerTokens]) command.Options.Add(option);
    }

    /// <summary>The questions of <c>--data</c>, at most <c>--limit</c> of them.</summary>
    public RoastTask Load(ParseResult args) => RoastTask.Load(args.GetRequiredValue(_task), args.GetRequiredValue(_data)) is var task && args.GetValue(_limit) is { } limit ? task.Take(limit) : task;

    /// <summary>All questions of another file of the same task.</summary>
    public RoastTask Load(ParseResult args, string file) => RoastTask.Load(args.GetRequiredValue(_task), file);

    public string Data(ParseResult args) => args.GetRequiredValue(_data);

    public int? MaxAnswerTokens(ParseResult args) => args.GetValue(_maxAnswerTokens);
}
