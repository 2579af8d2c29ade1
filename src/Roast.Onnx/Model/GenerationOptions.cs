using Roast.Sampling;

namespace Roast.Onnx;

/// <summary>How one answer is generated. Immutable; vary it using <c>with</c>.</summary>
public sealed record GenerationOptions
{
    /// <summary>What steers the model; <c>null</c>: nothing.</summary>
    public Steering? Steering { get; init; }

    /// <summary>A steering that may be changed while the answer is generated, instead of <see cref="Steering"/>.</summary>
    public LiveSteering? Live { get; init; }

    /// <summary>Texts that end the answer; none of it is part of the answer. None may be empty.</summary>
    public IReadOnlyList<string> StopStrings
    {
        get;
        init
        {
            if (value.Any(string.IsNullOrEmpty)) throw new ArgumentException("A stop string is empty; it would end every answer before its first token. Leave it out.", nameof(StopStrings));
            field = [.. value];
        }
    } = [];

    /// <summary>Whether the result says how hard the steering fired at each token.</summary>
    public bool Trace { get; init; }

    /// <summary>New tokens at most, end token included, at least 1. <c>null</c>: up to the model's context.</summary>
    public int? MaxTokens
    {
        get;
        init { if (value is { } tokens) ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1, nameof(MaxTokens)); field = value; }
    }

    /// <summary>How tokens are drawn. Default: the most likely one.</summary>
    public SamplerOptions Sampler { get; init; } = SamplerOptions.Greedy;

    /// <summary>Key of the random numbers; the same seed gives the same answer.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>Go on after an end token.</summary>
    public bool IgnoreEnd { get; init; }
}
