using System.Runtime.Intrinsics;

namespace Roast.Kernels;

internal static partial class Dequantize
{
    /// <summary>
    /// Q4_0: <c>d * (q - 8)</c>. A block of 18 bytes: d (half), then 16 bytes whose low nibbles are values 0 to 15 and
    /// whose high nibbles are values 16 to 31.
    /// </summary>
    /// <param name="blocks">[n * 18].</param>
    /// <param name="values">[n * 32] overwritten.</param>
    internal static void Q4_0(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; !blocks.IsEmpty; blocks = blocks[18..], values = values[32..])
        {
            var scale = Vector128.Create(Half(blocks));
            var bytes = Vector128.Create(blocks[2..18]);
            var eight = Vector128.Create((sbyte)8);
            Store((bytes & Vector128.Create((byte)0x0F)).AsSByte() - eight, scale, values);
            Store((bytes >>> 4).AsSByte() - eight, scale, values[16..]);
        }
    }

    /// <summary>The meaning of <see cref="Q4_0"/>, one value at a time.</summary>
    internal static void Q4_0Twin(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            var block = blocks.Slice(i / 32 * 18, 18);
            int at = i % 32;
            int q = at < 16 ? block[2 + at] & 0x0F : block[2 + at - 16] >> 4;
            values[i] = Half(block) * (q - 8);
        }
    }
}
