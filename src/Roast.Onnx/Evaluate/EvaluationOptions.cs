using Roast.Sampling;

namespace Roast.Onnx;

/// <summary>How answers are generated for an evaluation. Immutable; vary it using <c>with</c>.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Longest answer in tokens, end token included. <c>null</c>: up to the model's context.</summary>
    public int? MaxAnswerTokens
    {
        get;
        init { if (value is { } tokens) ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1, nameof(MaxAnswerTokens)); field = value; }
    }

    /// <summary>How tokens are drawn. Default: the most likely one.</summary>
    public SamplerOptions Sampler { get; init; } = SamplerOptions.Greedy;

    /// <summary>Key of the random numbers: of sampling, and of the random directions.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>Random directions of equal norm to compare with; 0 for none.</summary>
    public int RandomDirections { get; init { ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(RandomDirections)); field = value; } } = 20;

    /// <summary>Confidence of the intervals, in (0, 1).</summary>
    public double Confidence
    {
        get;
        init
        {
            if (!(value is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(Confidence), value, "A confidence lies between 0 and 1; the default is 0.95.");
            field = value;
        }
    } = 0.95;
}
