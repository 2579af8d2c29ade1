namespace Roast.Formats;

/// <summary>The element type of a tensor in a safetensors file. The names in the file are those of <see cref="SafetensorsTypes.Name"/>.</summary>
public enum SafetensorsType
{
    /// <summary><c>F64</c>: IEEE double.</summary>
    F64,
    /// <summary><c>F32</c>: IEEE single.</summary>
    F32,
    /// <summary><c>F16</c>: IEEE half.</summary>
    F16,
    /// <summary><c>BF16</c>: the upper half of an IEEE single.</summary>
    BF16,
    /// <summary><c>I64</c>: signed, 8 bytes.</summary>
    I64,
    /// <summary><c>I32</c>: signed, 4 bytes.</summary>
    I32,
    /// <summary><c>I16</c>: signed, 2 bytes.</summary>
    I16,
    /// <summary><c>I8</c>: signed, 1 byte.</summary>
    I8,
    /// <summary><c>U64</c>: unsigned, 8 bytes.</summary>
    U64,
    /// <summary><c>U32</c>: unsigned, 4 bytes.</summary>
    U32,
    /// <summary><c>U16</c>: unsigned, 2 bytes.</summary>
    U16,
    /// <summary><c>U8</c>: unsigned, 1 byte.</summary>
    U8,
    /// <summary><c>BOOL</c>: 1 byte, 0 or 1.</summary>
    Bool,
    /// <summary><c>C64</c>: two IEEE singles.</summary>
    C64,
    /// <summary><c>F8_E4M3</c>: 1 byte.</summary>
    F8E4M3,
    /// <summary><c>F8_E5M2</c>: 1 byte.</summary>
    F8E5M2,
    /// <summary><c>F8_E8M0</c>: 1 byte, a power of two; scales of microscaling formats.</summary>
    F8E8M0,
    /// <summary><c>F8_E4M3FNUZ</c>: 1 byte.</summary>
    F8E4M3Fnuz,
    /// <summary><c>F8_E5M2FNUZ</c>: 1 byte.</summary>
    F8E5M2Fnuz,
    /// <summary><c>F6_E2M3</c>: 6 bits; four elements in 3 bytes.</summary>
    F6E2M3,
    /// <summary><c>F6_E3M2</c>: 6 bits; four elements in 3 bytes.</summary>
    F6E3M2,
    /// <summary><c>F4</c>: 4 bits; two elements in a byte.</summary>
    F4,
}

/// <summary>Names and sizes of <see cref="SafetensorsType"/>.</summary>
public static class SafetensorsTypes
{
    static readonly (string Name, int Bits)[] Table =
    [
        ("F64", 64), ("F32", 32), ("F16", 16), ("BF16", 16), ("I64", 64), ("I32", 32), ("I16", 16), ("I8", 8),
        ("U64", 64), ("U32", 32), ("U16", 16), ("U8", 8), ("BOOL", 8), ("C64", 64), ("F8_E4M3", 8), ("F8_E5M2", 8),
        ("F8_E8M0", 8), ("F8_E4M3FNUZ", 8), ("F8_E5M2FNUZ", 8), ("F6_E2M3", 6), ("F6_E3M2", 6), ("F4", 4),
    ];

    /// <summary>All types, in the order of the enum.</summary>
    public static IReadOnlyList<SafetensorsType> All { get; } = Enum.GetValues<SafetensorsType>();

    /// <summary>The type's name in a file, for example <c>F8_E4M3</c>.</summary>
    public static string Name(this SafetensorsType type) => Table[(int)type].Name;

    /// <summary>Bits per element: 4 to 64.</summary>
    public static int Bits(this SafetensorsType type) => Table[(int)type].Bits;

    /// <summary>Reads a type's name, in upper case as files have it; <c>false</c> where it is none.</summary>
    public static bool TryParse(string? name, out SafetensorsType type)
    {
        int index = Array.FindIndex(Table, row => row.Name == name);
        type = (SafetensorsType)Math.Max(index, 0);
        return index >= 0;
    }
}
