namespace Roast.Formats;

/// <summary>The element type of a tensor in a GGUF file. The numbers are those of the file.</summary>
/// <remarks>Types that are missing here (the i-quants, ternary and integer types) are refused by name of their number.</remarks>
public enum GgufType
{
    /// <summary>IEEE single.</summary>
    F32 = 0,
    /// <summary>IEEE half.</summary>
    F16 = 1,
    /// <summary>32 values in 18 bytes: <c>d * (q - 8)</c>, d a half, q 4 bits.</summary>
    Q4_0 = 2,
    /// <summary>32 values in 20 bytes: <c>d * q + m</c>, d and m halves, q 4 bits.</summary>
    Q4_1 = 3,
    /// <summary>32 values in 22 bytes: 5 bits each, symmetric.</summary>
    Q5_0 = 6,
    /// <summary>32 values in 24 bytes: 5 bits each, with a minimum.</summary>
    Q5_1 = 7,
    /// <summary>32 values in 34 bytes: <c>d * q</c>, d a half, q a signed byte.</summary>
    Q8_0 = 8,
    /// <summary>256 values in 84 bytes: 2 bits each.</summary>
    Q2_K = 10,
    /// <summary>256 values in 110 bytes: 3 bits each.</summary>
    Q3_K = 11,
    /// <summary>256 values in 144 bytes: 4 bits each; 8 sub-blocks with a scale and a minimum of 6 bits.</summary>
    Q4_K = 12,
    /// <summary>256 values in 176 bytes: 5 bits each; 8 sub-blocks with a scale and a minimum of 6 bits.</summary>
    Q5_K = 13,
    /// <summary>256 values in 210 bytes: 6 bits each; 16 sub-blocks with a scale of 8 bits.</summary>
    Q6_K = 14,
    /// <summary>Signed, 1 byte.</summary>
    I8 = 24,
    /// <summary>Signed, 2 bytes.</summary>
    I16 = 25,
    /// <summary>Signed, 4 bytes.</summary>
    I32 = 26,
    /// <summary>Signed, 8 bytes.</summary>
    I64 = 27,
    /// <summary>IEEE double.</summary>
    F64 = 28,
    /// <summary>The upper half of an IEEE single.</summary>
    BF16 = 30,
}

/// <summary>Sizes of <see cref="GgufType"/>. A block is the smallest piece that can be read by itself; a row is whole blocks.</summary>
public static class GgufTypes
{
    /// <summary>All types, in the order of their numbers.</summary>
    public static IReadOnlyList<GgufType> All { get; } = Enum.GetValues<GgufType>();

    /// <summary>Values in a block: 1, 32 or 256.</summary>
    public static int BlockValues(this GgufType type) => Size(type).Values;

    /// <summary>Bytes of a block.</summary>
    public static int BlockBytes(this GgufType type) => Size(type).Bytes;

    static (int Values, int Bytes) Size(GgufType type) => type switch
    {
        GgufType.F32 or GgufType.I32 => (1, 4),
        GgufType.F16 or GgufType.BF16 or GgufType.I16 => (1, 2),
        GgufType.F64 or GgufType.I64 => (1, 8),
        GgufType.I8 => (1, 1),
        GgufType.Q4_0 => (32, 18),
        GgufType.Q4_1 => (32, 20),
        GgufType.Q5_0 => (32, 22),
        GgufType.Q5_1 => (32, 24),
        GgufType.Q8_0 => (32, 34),
        GgufType.Q2_K => (256, 84),
        GgufType.Q3_K => (256, 110),
        GgufType.Q4_K => (256, 144),
        GgufType.Q5_K => (256, 176),
        GgufType.Q6_K => (256, 210),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such type."),
    };
}
