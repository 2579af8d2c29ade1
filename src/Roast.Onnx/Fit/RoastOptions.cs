using Roast.Contrast;
using Roast.Sampling;

namespace Roast.Onnx;

/// <summary>How a vector is fitted.</summary>
public enum FitMethod
{
    /// <summary>ROAST: sample, verify, contrast, scale softly, one question one vote.</summary>
    Roast,
    /// <summary>Pooled mean difference: all correct rollouts against all incorrect ones of the mixed questions, scaled once.</summary>
    MeanDifference,
    /// <summary>CAA: known right and known wrong answers, teacher-forced; nothing is sampled.</summary>
    Caa,
}

/// <summary>How a vector is fitted. Immutable; vary it using <c>with</c>. Defaults: ROAST, arXiv 2602.14143.</summary>
public sealed record RoastOptions
{
    /// <summary>Where the activations are contrasted and later steered.</summary>
    public PointPattern Points { get; init; } = PointPattern.Default;

    /// <summary>How the vector is fitted.</summary>
    public FitMethod Method { get; init; } = FitMethod.Roast;

    /// <summary>Answers sampled per question. At least 1: a lone wrong one is contrasted with the re-read reference.</summary>
    public int Rollouts { get; init { ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Rollouts)); field = value; } } = 8;

    /// <summary>How answers are drawn: temperature 0.8, top-p 0.9.</summary>
    public SamplerOptions Sampler { get; init; } = SamplerOptions.Rollouts;

    /// <summary>Longest answer in tokens, end token included. <c>null</c>: up to the model's context.</summary>
    public int? MaxAnswerTokens
    {
        get;
        init { if (value is { } tokens) ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1, nameof(MaxAnswerTokens)); field = value; }
    }

    /// <summary>Which tokens of a rollout speak for it.</summary>
    public Pool Pool { get; init; } = Pool.Last;

    /// <summary>How one question's contrast is normalized before it votes.</summary>
    public SoftScaling Scaling { get; init; } = SoftScaling.MaxNorm;

    /// <summary>The vote of a question whose reference answer had to stand in for a correct rollout, in [0, 1].</summary>
    public double RereadWeight
    {
        get;
        init
        {
            if (!(value is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(RereadWeight), value, "The weight of a re-read question lies in [0, 1]; the default is 0.5.");
            field = value;
        }
    } = 0.5;

    /// <summary>Whether <see cref="FitResult.Activations"/> keeps each rollout's activations, for separability: 4 bytes * total width a rollout. The vector is the same.</summary>
    public bool KeepActivations { get; init; }

    /// <summary>Key of the random numbers.</summary>
    public ulong Seed { get; init; } = 42;
}
