using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Roast.Kernels;

internal static partial class Dequantize
{
    /// <summary>Halves; exact.</summary>
    internal static void F16(ReadOnlySpan<byte> halves, Span<float> values) => TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(halves), values);

    /// <summary>The meaning of <see cref="F16"/>.</summary>
    internal static void F16Twin(ReadOnlySpan<byte> halves, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++) values[i] = Half(halves[(2 * i)..]);
    }
}
