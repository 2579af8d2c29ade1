using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Roast.Kernels;

internal static partial class Dequantize
{
    /// <summary>Upper halves of float32; exact, NaN payloads included.</summary>
    internal static void BF16(ReadOnlySpan<byte> halves, Span<float> values)
    {
        var sources = MemoryMarshal.Cast<byte, Vector<ushort>>(halves);
        var targets = MemoryMarshal.Cast<float, Vector<uint>>(values);
        for (int i = 0; i < sources.Length; i++)
        {
            Vector.Widen(sources[i], out var low, out var high);
            (targets[2 * i], targets[2 * i + 1]) = (low << 16, high << 16);
        }
        int whole = sources.Length * Vector<ushort>.Count;
        BF16Twin(halves[(2 * whole)..], values[whole..]);
    }

    /// <summary>The meaning of <see cref="BF16"/>.</summary>
    internal static void BF16Twin(ReadOnlySpan<byte> halves, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++) values[i] = BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(halves[(2 * i)..]) << 16);
    }
}
