namespace Roast.Sampling;

/// <summary>How the next token is chosen. Immutable; vary it using <c>with</c>. The defaults are greedy.</summary>
/// <remarks>Applied in transformers' order: repetition penalty, temperature, top-k, top-p, min-p, then softmax.</remarks>
public sealed record SamplerOptions
{
    /// <summary>The most probable token, always.</summary>
    public static SamplerOptions Greedy { get; } = new();

    /// <summary>How ROAST samples the answers it contrasts: temperature 0.8, top-p 0.9 (arXiv 2602.14143).</summary>
    public static SamplerOptions Rollouts { get; } = new() { Temperature = 0.8f, TopP = 0.9f };

    /// <summary>Divides the logits; unitless, finite, at least 0. 0 is greedy: the largest logit after the repetition penalty, the lowest id among equal ones.</summary>
    public float Temperature
    {
        get;
        init => field = float.IsFinite(value) && value >= 0 ? value : throw Refused(nameof(Temperature), value, "a finite number, at least 0 (0 is greedy)");
    }

    /// <summary>Keeps this many largest logits, and every one equal to the last of them; at least 1. <c>null</c>: all.</summary>
    public int? TopK
    {
        get;
        init => field = value is null or >= 1 ? value : throw Refused(nameof(TopK), value, "at least 1, or null to keep all");
    }

    /// <summary>Keeps the most probable tokens whose mass reaches this, in (0, 1]; at least one token stays. 1: all.</summary>
    public float TopP
    {
        get;
        init => field = value is > 0 and <= 1 ? value : throw Refused(nameof(TopP), value, "in (0, 1]; 1 keeps all");
    } = 1;

    /// <summary>Keeps the tokens with at least this share of the most probable one's probability, in [0, 1]. 0: all.</summary>
    public float MinP
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw Refused(nameof(MinP), value, "in [0, 1]; 0 keeps all");
    }

    /// <summary>Positive logits of tokens in the history are divided by this, negative ones multiplied, once per distinct token; finite, above 0. 1: none.</summary>
    public float RepetitionPenalty
    {
        get;
        init => field = float.IsFinite(value) && value > 0 ? value : throw Refused(nameof(RepetitionPenalty), value, "a finite number above 0; 1 is none");
    } = 1;

    /// <summary>Whether the choice is free of chance.</summary>
    public bool IsGreedy => Temperature == 0;

    static ArgumentOutOfRangeException Refused(string name, object? value, string expected) => new(name, value, $"{name} must be {expected}.");
}
