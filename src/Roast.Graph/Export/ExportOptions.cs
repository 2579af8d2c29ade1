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

    /// <summary>How weights are stored. Anything but <see cref="Precision.Float32"/> writes weights of its own: see <see cref="ModelExporter"/>.</summary>
    public Precision Precision
    {
        get;
        init
        {
            if (!Enum.IsDefined(value)) throw new ArgumentOutOfRangeException(nameof(Precision), value, "Expected one of the named precisions.");
            field = value;
        }
    } = Precision.Float32;

    /// <summary>Int4 only: a zero point per block instead of a fixed one. Closer for weights that are not centred, and slower.</summary>
    public bool Asymmetric { get; init; }

    /// <summary>
    /// Int4 only, 0 to 4: <c>accuracy_level</c> of the products. 0, the default, keeps activations in float32; 4 rounds them to
    /// 8 bits, which is faster on the CPU and visibly less exact.
    /// </summary>
    public int AccuracyLevel
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(AccuracyLevel));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 4, nameof(AccuracyLevel));
            field = value;
        }
    }
}
