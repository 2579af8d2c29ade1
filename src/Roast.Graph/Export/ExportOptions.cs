namespace Roast.Graph.Export;

/// <summary>How a model is exported. Immutable; vary it using <c>with</c>.</summary>
public sealed record ExportOptions
{
    /// <summary>
    /// Longest sequence in tokens; the model's own limit still holds where it is lower. At least 1, at most 1,048,576.
    /// The graph carries 4 * head size bytes per position (two float32 tables of half a head): 32 MiB for the default and heads of 128.
    /// </summary>
    public int MaxPositions
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MaxPositions));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1 << 20, nameof(MaxPositions));
            field = value;
        }
    } = 65536;
}
