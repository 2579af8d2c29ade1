namespace Roast.Formats;

/// <summary>
/// What an ONNX Runtime adapter file (.onnx_adapter) holds: values for inputs of a model, by name. ONNX Runtime feeds them in a run in which
/// the adapter is active.
/// </summary>
/// <param name="Parameters">In the order of the file; names differ.</param>
/// <param name="AdapterVersion">The maker's own number.</param>
/// <param name="ModelVersion">The maker's own number of the model that the adapter is for.</param>
public sealed record OnnxAdapter(IReadOnlyList<OnnxAdapterParameter> Parameters, int AdapterVersion = 1, int ModelVersion = 1)
{
    /// <summary>The only version of the format that there is.</summary>
    public const int FormatVersion = 1;

    /// <summary>Largest file in bytes that is read or written: 256 MiB. A steering pack has a few kilobytes per point.</summary>
    public const int MaxBytes = 256 << 20;

    /// <summary>Most parameters.</summary>
    public const int MaxParameters = 1 << 16;

    /// <summary>Longest name in UTF-8 bytes.</summary>
    public const int MaxNameBytes = 4096;

    /// <summary>Most dimensions of a parameter.</summary>
    public const int MaxRank = 16;
}

/// <summary>One parameter of an adapter.</summary>
/// <param name="Name">The input's name in the model.</param>
/// <param name="Shape">Dimensions, at least one.</param>
/// <param name="Type">Element type.</param>
/// <param name="Data">The elements, little-endian, the last dimension fastest.</param>
public sealed record OnnxAdapterParameter(string Name, IReadOnlyList<long> Shape, OnnxAdapterType Type, ReadOnlyMemory<byte> Data)
{
    /// <summary>A float32 parameter.</summary>
    public static OnnxAdapterParameter Float32(string name, ReadOnlySpan<float> values, params long[] shape)
    {
        var data = new byte[checked(values.Length * sizeof(float))];
        for (int i = 0; i < values.Length; i++) System.Buffers.Binary.BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(i * sizeof(float)), values[i]);
        return new OnnxAdapterParameter(name, shape, OnnxAdapterType.Float32, data);
    }

    /// <summary>[elements] the values of a float32 parameter.</summary>
    /// <exception cref="InvalidOperationException">Another type.</exception>
    public float[] ToFloat32()
    {
        if (Type != OnnxAdapterType.Float32) throw new InvalidOperationException($"The parameter '{Name}' is {Type}, not Float32.");
        var values = new float[Data.Length / sizeof(float)];
        for (int i = 0; i < values.Length; i++) values[i] = System.Buffers.Binary.BinaryPrimitives.ReadSingleLittleEndian(Data.Span[(i * sizeof(float))..]);
        return values;
    }
}

/// <summary>Element types that ONNX Runtime takes in an adapter; the numbers are ONNX's.</summary>
public enum OnnxAdapterType
{
    /// <summary>IEEE single.</summary>
    Float32 = 1,
    /// <summary>Unsigned byte.</summary>
    UInt8 = 2,
    /// <summary>Signed byte.</summary>
    Int8 = 3,
    /// <summary>Unsigned, 16 bits.</summary>
    UInt16 = 4,
    /// <summary>Signed, 16 bits.</summary>
    Int16 = 5,
    /// <summary>Signed, 32 bits.</summary>
    Int32 = 6,
    /// <summary>Signed, 64 bits.</summary>
    Int64 = 7,
    /// <summary>IEEE half.</summary>
    Float16 = 10,
    /// <summary>IEEE double.</summary>
    Float64 = 11,
    /// <summary>Unsigned, 32 bits.</summary>
    UInt32 = 12,
    /// <summary>Unsigned, 64 bits.</summary>
    UInt64 = 13,
    /// <summary>The upper half of an IEEE single.</summary>
    BFloat16 = 16,
}

/// <summary>Sizes of <see cref="OnnxAdapterType"/>.</summary>
public static class OnnxAdapterTypes
{
    /// <summary>Bytes of an element.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not one of the types.</exception>
    public static int Bytes(this OnnxAdapterType type) => type switch
    {
        OnnxAdapterType.UInt8 or OnnxAdapterType.Int8 => 1,
        OnnxAdapterType.UInt16 or OnnxAdapterType.Int16 or OnnxAdapterType.Float16 or OnnxAdapterType.BFloat16 => 2,
        OnnxAdapterType.Float32 or OnnxAdapterType.Int32 or OnnxAdapterType.UInt32 => 4,
        OnnxAdapterType.Int64 or OnnxAdapterType.Float64 or OnnxAdapterType.UInt64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a type that ONNX Runtime takes in an adapter."),
    };
}
