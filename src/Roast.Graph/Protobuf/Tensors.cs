using System.Buffers.Binary;
using System.Globalization;
using Google.Protobuf;

namespace Roast.Graph.Protobuf;

/// <summary>Makes tensors and the descriptions of inputs and outputs. Element types are ONNX's numbers.</summary>
internal static class Tensors
{
    public const int Float = 1, UInt8 = 2, Int32 = 6, Int64 = 7, Float16 = 10, Double = 11, BFloat16 = 16;

    /// <summary>A tensor whose bytes stay in another file.</summary>
    public static TensorProto External(string name, int type, ReadOnlySpan<long> shape, string location, long offset, long length)
    {
        var tensor = New(name, type, shape);
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = offset.ToString(CultureInfo.InvariantCulture) });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = length.ToString(CultureInfo.InvariantCulture) });
        return tensor;
    }

    /// <summary>A float32 tensor of little-endian bytes, which are not copied and must not change.</summary>
    public static TensorProto Floats(string name, ReadOnlySpan<long> shape, byte[] littleEndian)
    {
        var tensor = New(name, Float, shape);
        tensor.RawData = UnsafeByteOperations.UnsafeWrap(littleEndian);
        return tensor;
    }

    /// <summary>A tensor of zeros, of any type whose zero is all zero bits.</summary>
    public static TensorProto Zeros(string name, int type, ReadOnlySpan<long> shape)
    {
        long elements = 1;
        foreach (long dimension in shape) elements = checked(elements * dimension);
        var tensor = New(name, type, shape);
        tensor.RawData = UnsafeByteOperations.UnsafeWrap(new byte[elements * BytesOf(type)]);
        return tensor;
    }

    /// <summary>Bytes of an element of a type that activations have.</summary>
    public static int BytesOf(int type) => type switch { Float16 or BFloat16 => 2, Double => 8, _ => 4 };

    /// <summary>A float32 or float16 tensor; no dimension: a scalar.</summary>
    public static TensorProto Reals(string name, int type, ReadOnlySpan<long> shape, ReadOnlySpan<float> values)
    {
        int size = type == Float16 ? 2 : sizeof(float);
        var bytes = new byte[values.Length * size];
        for (int i = 0; i < values.Length; i++)
            if (type == Float16) BinaryPrimitives.WriteHalfLittleEndian(bytes.AsSpan(i * size), (Half)values[i]);
            else BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * size), values[i]);
        var tensor = New(name, type, shape);
        tensor.RawData = UnsafeByteOperations.UnsafeWrap(bytes);
        return tensor;
    }

    /// <summary>An int64 tensor: a scalar for one value and <paramref name="scalar"/>, else a vector.</summary>
    public static TensorProto Integers(string name, bool scalar, params ReadOnlySpan<long> values)
    {
        var bytes = new byte[values.Length * sizeof(long)];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        var tensor = New(name, Int64, scalar ? [] : [values.Length]);
        tensor.RawData = UnsafeByteOperations.UnsafeWrap(bytes);
        return tensor;
    }

    /// <summary>An input, output or value; a dimension is a number, or a name for one that is known at run time.</summary>
    public static ValueInfoProto Value(string name, int type, params ReadOnlySpan<object> shape)
    {
        var dimensions = new TensorShapeProto();
        foreach (object dimension in shape)
            dimensions.Dim.Add(dimension is string symbol
                ? new TensorShapeProto.Types.Dimension { DimParam = symbol }
                : new TensorShapeProto.Types.Dimension { DimValue = Convert.ToInt64(dimension, CultureInfo.InvariantCulture) });
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = type, Shape = dimensions } } };
    }

    static TensorProto New(string name, int type, ReadOnlySpan<long> shape)
    {
        var tensor = new TensorProto { Name = name, DataType = type };
        foreach (long dimension in shape) tensor.Dims.Add(dimension);
        return tensor;
    }
}
