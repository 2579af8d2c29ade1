namespace Roast.Cli.Results;

/// <summary>The result of <c>roast run --json</c>; text is null where the model has no tokenizer.</summary>
internal sealed record RunResult(IReadOnlyList<int> PromptIds, IReadOnlyList<int> Ids, string? Text, string Stop, SteeringResult? Steering, string Engine, ulong Seed, double Seconds);

internal sealed record SteeringResult(string Vector, float Strength, bool Relative, string Scope);

/// <summary>The result of <c>roast activations</c>.</summary>
internal sealed record ActivationsResult(double Seconds, string Output, int Sequences, TensorResult[] Tensors);

internal sealed record TensorResult(string Name, string Type, long[] Shape, long Bytes);
