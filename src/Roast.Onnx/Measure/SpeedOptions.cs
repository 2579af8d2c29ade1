namespace Roast.Onnx;

/// <summary>What a <see cref="SpeedTest"/> runs. Immutable; vary it using <c>with</c>.</summary>
public sealed record SpeedOptions
{
    /// <summary>Rows that decode together; each count is a group of its own.</summary>
    public IReadOnlyList<int> Rows
    {
        get;
        init
        {
            if (value.Count == 0 || value.Any(rows => rows < 1)) throw new ArgumentOutOfRangeException(nameof(Rows), string.Join(",", value), "Row counts are at least one number, each at least 1, such as 1,4,16.");
            field = [.. value.Distinct()];
        }
    } = [1, 4, 16];

    /// <summary>Tokens of each row's prompt, at least 1. Rows have different prompts, so none is shared.</summary>
    public int PromptTokens { get; init { ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(PromptTokens)); field = value; } } = 64;

    /// <summary>New tokens of each row, at least 2; end tokens are ignored.</summary>
    public int NewTokens { get; init { ArgumentOutOfRangeException.ThrowIfLessThan(value, 2, nameof(NewTokens)); field = value; } } = 64;

    /// <summary>Trials of each setting, at least 5; they alternate.</summary>
    public int Trials { get; init { ArgumentOutOfRangeException.ThrowIfLessThan(value, 5, nameof(Trials)); field = value; } } = 7;

    /// <summary>A trial repeats its run until it has lasted this long. Default 0.2 s: shorter runs of a tiny model measure the clock.</summary>
    public TimeSpan LeastTime { get; init { ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, nameof(LeastTime)); field = value; } } = TimeSpan.FromSeconds(0.2);

    /// <summary>Where is steered.</summary>
    public PointPattern Points { get; init; } = PointPattern.Default;

    /// <summary>Key of prompts and vectors.</summary>
    public ulong Seed { get; init; } = 42;
}
