namespace Roast.Cuda.Twins;

/// <summary>Rows of a model's element type, read as float32 and written back rounded once. Twin of gpu.h's element types.</summary>
internal static unsafe class Elements
{
    /// <summary>Row number <paramref name="row"/> as float32.</summary>
    public static void Read(ActivationView x, int row, Span<float> into)
    {
        nint at = x.Address + (nint)(row * x.Stride * x.Type.Bytes());
        if (x.Type == ElementType.Float32) new ReadOnlySpan<float>((void*)at, x.Width).CopyTo(into);
        else if (x.Type == ElementType.Float16) System.Numerics.Tensors.TensorPrimitives.ConvertToSingle(new ReadOnlySpan<Half>((void*)at, x.Width), into);
        else
        {
            var from = new ReadOnlySpan<ushort>((void*)at, x.Width);
            for (int i = 0; i < from.Length; i++) into[i] = BitConverter.UInt32BitsToSingle((uint)from[i] << 16);
        }
    }

    /// <summary>Writes a row.</summary>
    public static void Write(ActivationView x, int row, ReadOnlySpan<float> values)
    {
        nint at = x.Address + (nint)(row * x.Stride * x.Type.Bytes());
        if (x.Type == ElementType.Float32) values.CopyTo(new Span<float>((void*)at, x.Width));
        else if (x.Type == ElementType.Float16) System.Numerics.Tensors.TensorPrimitives.ConvertToHalf(values, new Span<Half>((void*)at, x.Width));
        else
        {
            var to = new Span<ushort>((void*)at, x.Width);
            for (int i = 0; i < to.Length; i++) to[i] = ToBFloat16(values[i]);
        }
    }

    /// <summary>To nearest, ties to even; NaN stays NaN.</summary>
    public static ushort ToBFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)((bits & 0x7fffffff) > 0x7f800000 ? bits >> 16 | 0x40 : (bits + 0x7fff + (bits >> 16 & 1)) >> 16);
    }
}
