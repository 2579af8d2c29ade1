using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Roast.Kernels;

internal static partial class Dequantize
{
    /// <summary>Q8_0: <c>d * q</c>. A block of 34 bytes: d (half), then 32 signed bytes.</summary>
    /// <param name="blocks">[n * 34].</param>
    /// <param name="values">[n * 32] overwritten.</param>
    internal static void Q8_0(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; !blocks.IsEmpty; blocks = blocks[34..], values = values[32..])
        {
            var scale = Vector128.Create(Half(blocks));
            var q = MemoryMarshal.Cast<byte, sbyte>(blocks[2..34]);
            Store(Vector128.Create(q), scale, values);
            Store(Vector128.Create(q[16..]), scale, values[16..]);
        }
    }

    /// <summary>The meaning of <see cref="Q8_0"/>, one value at a time.</summary>
    internal static void Q8_0Twin(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            var block = blocks.Slice(i / 32 * 34, 34);
            values[i] = Half(block) * (sbyte)block[2 + i % 32];
        }
    }
}
