namespace Roast.Cuda;

/// <summary>What a CUDA device can execute: 7.5 is Turing, 8.0 Ampere, 9.0 Hopper.</summary>
/// <param name="Major">The generation.</param>
/// <param name="Minor">The variant.</param>
public readonly record struct ComputeCapability(int Major, int Minor) : IComparable<ComputeCapability>
{
    /// <summary>The least that the embedded PTX runs on: 7.5. Newer devices compile it when it is loaded.</summary>
    public static ComputeCapability Needed { get; } = new(7, 5);

    /// <inheritdoc/>
    public int CompareTo(ComputeCapability other) => (Major, Minor).CompareTo((other.Major, other.Minor));

    /// <summary>Orders by generation, then variant.</summary>
    public static bool operator <(ComputeCapability a, ComputeCapability b) => a.CompareTo(b) < 0;

    /// <inheritdoc cref="op_LessThan"/>
    public static bool operator >(ComputeCapability a, ComputeCapability b) => a.CompareTo(b) > 0;

    /// <inheritdoc cref="op_LessThan"/>
    public static bool operator <=(ComputeCapability a, ComputeCapability b) => a.CompareTo(b) <= 0;

    /// <inheritdoc cref="op_LessThan"/>
    public static bool operator >=(ComputeCapability a, ComputeCapability b) => a.CompareTo(b) >= 0;

    /// <summary><c>7.5</c>.</summary>
    public override string ToString() => $"{Major}.{Minor}";
}
