using System.Buffers.Binary;
using Google.Protobuf;
using Roast.Graph.Inspect;
using Roast.Graph.Protobuf;

namespace Roast.Graph.Bake;

/// <summary>Values in the number format of a graph's activations, little-endian.</summary>
internal static class Numbers
{
    public static ByteString Write(ReadOnlySpan<float> values, int type, Point point)
    {
        int size = Tensors.BytesOf(type);
        var bytes = new byte[values.Length * size];
        for (int i = 0; i < values.Length; i++)
        {
            var at = bytes.AsSpan(i * size);
            switch (type)
            {
                case Tensors.Float: BinaryPrimitives.WriteSingleLittleEndian(at, values[i]); break;
                case Tensors.Double: BinaryPrimitives.WriteDoubleLittleEndian(at, values[i]); break;
                case Tensors.Float16: BinaryPrimitives.WriteHalfLittleEndian(at, Checked(values[i], (Half)values[i], point)); break;
                case Tensors.BFloat16: BinaryPrimitives.WriteUInt16LittleEndian(at, Nearest(values[i])); break;
                default: throw new RoastException(RoastError.Unsupported, $"The activation at {point} is {GraphValue.TypeName(type)}; a vector is baked into float32, float16, bfloat16 or float64. Export the model in one of these.");
            }
        }
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    static Half Checked(float value, Half half, Point point) => Half.IsFinite(half) ? half
        : throw new RoastException(RoastError.VectorDoesNotFit, $"The steering adds {value} at {point}, which float16 cannot hold. Lower the strength, or bake a float32 model.");

    // The upper half, rounded to the nearest, ties to even. Vectors are finite.
    static ushort Nearest(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}
