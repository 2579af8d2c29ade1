namespace Roast.Onnx;

/// <summary>How far long work has come.</summary>
/// <param name="Stage">What is being done, for people: "rollouts", "re-reading", "evaluating dev".</param>
/// <param name="Done">Items that are done.</param>
/// <param name="Total">Items in all.</param>
/// <param name="Tokens">New tokens so far.</param>
public readonly record struct WorkProgress(string Stage, int Done, int Total, long Tokens);
