using System.Runtime.InteropServices;
using Roast.Cuda;
using Roast.Cuda.Twins;

namespace Roast.Tests.Kernels.Cases;

/// <summary>Reproducible data.</summary>
static class Draw
{
    /// <summary>Values between -4 and 4, a few of them zeros, -0, tiny, or halfway between two bfloat16.</summary>
    public static float[] Floats(int count, int seed)
    {
        var random = new Random(seed);
        var values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = random.Next(50) switch { 0 => 0, 1 => -0f, 2 => 1e-20f, 3 or 4 => BitConverter.Int32BitsToSingle((BitConverter.SingleToInt32Bits(random.NextSingle() + 1) & ~0xffff) | 0x8000), _ => random.NextSingle() * 8 - 4 };
        return values;
    }

    /// <summary>The same, rounded to a type: its bytes, and what they mean.</summary>
    public static (byte[] Raw, float[] Values) Activations(ElementType type, int count, int seed)
    {
        float[] values = Floats(count, seed);
        byte[] raw = Raw(type, values);
        return (raw, type == ElementType.Float32 ? values : ToFloats(type, MemoryMarshal.Cast<byte, ushort>(raw).ToArray()));
    }

    /// <summary>The bytes of values, rounded to a type.</summary>
    public static byte[] Raw(ElementType type, float[] values) => type == ElementType.Float32
        ? MemoryMarshal.AsBytes<float>(values).ToArray()
        : MemoryMarshal.AsBytes<ushort>(Array.ConvertAll(values, x => type == ElementType.Float16 ? BitConverter.HalfToUInt16Bits((Half)x) : Elements.ToBFloat16(x))).ToArray();

    /// <summary>What a type's bits mean.</summary>
    public static float[] ToFloats(ElementType type, ushort[] raw) =>
        Array.ConvertAll(raw, x => type == ElementType.Float16 ? (float)BitConverter.UInt16BitsToHalf(x) : BitConverter.UInt32BitsToSingle((uint)x << 16));
}
