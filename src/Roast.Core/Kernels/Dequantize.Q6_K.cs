using System.Runtime.Intrinsics;

namespace Roast.Kernels;

internal static partial class Dequantize
{
    /// <summary>
    /// Q6_K: <c>d * s * (q - 32)</c>. A block of 210 bytes: 128 bytes of low nibbles, 64 bytes of upper two bits, 16 signed scales
    /// (one for 16 values), d (half). Each half of the block has 128 values in four runs of 32: runs 0 and 1 are the low nibbles of
    /// its 64 bytes, runs 2 and 3 the high ones; byte i of its 32 upper bytes has two bits of value i of each run, run 0 lowest.
    /// </summary>
    /// <param name="blocks">[n * 210].</param>
    /// <param name="values">[n * 256] overwritten.</param>
    internal static void Q6_K(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; !blocks.IsEmpty; blocks = blocks[210..], values = values[256..])
        {
            float d = Half(blocks[208..]);
            for (int i = 0; i < 16; i++)                      // 16 values with one scale
            {
                (int half, int run, int part) = (i / 8, i % 8 / 2, i % 2 * 16);
                var low = Vector128.Create(blocks.Slice(64 * half + run % 2 * 32 + part, 16));
                var nibbles = run < 2 ? low & Vector128.Create((byte)0x0F) : low >>> 4;
                var upper = (Vector128.Create(blocks.Slice(128 + 32 * half + part, 16)) >>> (2 * run)) & Vector128.Create((byte)3);
                var q = (nibbles | (upper << 4)).AsSByte() - Vector128.Create((sbyte)32);
                Store(q, Vector128.Create(d * (sbyte)blocks[192 + i]), values[(16 * i)..]);
            }
        }
    }

    /// <summary>The meaning of <see cref="Q6_K"/>, one value at a time.</summary>
    internal static void Q6_KTwin(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            var block = blocks.Slice(i / 256 * 210, 210);
            int at = i % 256;
            (int half, int run, int column) = (at / 128, at % 128 / 32, at % 32);
            byte low = block[64 * half + run % 2 * 32 + column];
            int q = (run < 2 ? low & 0x0F : low >> 4) | ((block[128 + 32 * half + column] >> (2 * run)) & 3) << 4;
            values[i] = Half(block[208..]) * (sbyte)block[192 + at / 16] * (q - 32);
        }
    }
}
