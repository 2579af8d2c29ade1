using System.Runtime.Intrinsics;

namespace Roast.Kernels;

internal static partial class Dequantize
{
    /// <summary>
    /// Q4_1: <c>d * q + m</c>. A block of 20 bytes: d and m (halves), then 16 bytes whose low nibbles are values 0 to 15
    /// and whose high nibbles are values 16 to 31.
    /// </summary>
    /// <param name="blocks">[n * 20].</param>
    /// <param name="values">[n * 32] overwritten.</param>
    internal static void Q4_1(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; !blocks.IsEmpty; blocks = blocks[20..], values = values[32..])
        {
            var (scale, minimum) = (Vector128.Create(Half(blocks)), Vector128.Create(Half(blocks[2..])));
            var bytes = Vector128.Create(blocks[4..20]);
            Store(bytes & Vector128.Create((byte)0x0F), scale, minimum, values);
            Store(bytes >>> 4, scale, minimum, values[16..]);
        }
    }

    /// <summary>The meaning of <see cref="Q4_1"/>, one value at a time.</summary>
    internal static void Q4_1Twin(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            var block = blocks.Slice(i / 32 * 20, 20);
            int at = i % 32;
            int q = at < 16 ? block[4 + at] & 0x0F : block[4 + at - 16] >> 4;
            values[i] = Half(block) * q + Half(block[2..]);
        }
    }
}
