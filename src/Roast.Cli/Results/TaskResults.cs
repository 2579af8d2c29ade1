using Roast.Tasks;

namespace Roast.Cli.Results;

internal sealed record TaskResult(string Name, string Summary, string Source, string Fields, string Prompt, string Verifier)
{
    public static TaskResult Of(TaskFormat x) => new(x.Name, x.Summary, x.Source, x.Fields, x.Template.Source, x.VerifierName);
}

/// <summary>The result of <c>roast tasks</c>.</summary>
internal sealed record TasksResult(TaskResult[] Tasks);

/// <summary>The result of <c>roast tasks show</c>: a task with a question as a model would read it.</summary>
internal sealed record TaskShowResult(TaskResult Task, int Questions, string Id, string Prompt, string Answer, string Reference, string? Wrong);

internal sealed record VerdictResult(string Id, bool Correct, string Reason, string? Response);

/// <summary>The result of <c>roast verify</c>; the interval is [low, high], verdicts are absent without <c>--explain</c>.</summary>
internal sealed record VerifyResult(string Task, string Data, string Answers, int Correct, int Total, int Unanswered, double Accuracy, double[] Interval, VerdictResult[]? Verdicts);
