using System.Runtime.Intrinsics;

namespace Roast.Kernels;

internal static partial class Dequantize
{
    /// <summary>
    /// Q4_K: <c>d * s * q - dmin * m</c>. A block of 144 bytes: d and dmin (halves), 12 bytes with eight scales s and minima m
    /// of 6 bits, then 128 bytes of nibbles: 32 bytes hold two sub-blocks of 32 values, the first in their low nibbles.
    /// </summary>
    /// <param name="blocks">[n * 144].</param>
    /// <param name="values">[n * 256] overwritten.</param>
    internal static void Q4_K(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; !blocks.IsEmpty; blocks = blocks[144..], values = values[256..])
        {
            (float d, float dmin) = (Half(blocks), Half(blocks[2..]));
            for (int pair = 0; pair < 4; pair++)
            {
                var (s0, m0) = SixBits(blocks.Slice(4, 12), 2 * pair);
                var (s1, m1) = SixBits(blocks.Slice(4, 12), 2 * pair + 1);
                for (int half = 0; half < 32; half += 16)
                {
                    var bytes = Vector128.Create(blocks.Slice(16 + 32 * pair + half, 16));
                    Store(bytes & Vector128.Create((byte)0x0F), Vector128.Create(d * s0), Vector128.Create(-(dmin * m0)), values[(64 * pair + half)..]);
                    Store(bytes >>> 4, Vector128.Create(d * s1), Vector128.Create(-(dmin * m1)), values[(64 * pair + 32 + half)..]);
                }
            }
        }
    }

    /// <summary>The meaning of <see cref="Q4_K"/>, one value at a time.</summary>
    internal static void Q4_KTwin(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            var block = blocks.Slice(i / 256 * 144, 144);
            int at = i % 256;
            (int sub, int inPair) = (at / 32, at / 64);
            byte nibbles = block[16 + 32 * inPair + at % 32];
            int q = sub % 2 == 0 ? nibbles & 0x0F : nibbles >> 4;
            var (scale, minimum) = SixBits(block.Slice(4, 12), sub);
            values[i] = Half(block) * scale * q - Half(block[2..]) * minimum;
        }
    }

    /// <summary>
    /// Scale and minimum of sub-block i. Bytes 0 to 3 and 4 to 7 have the scales and minima of the first four in their low six
    /// bits; of the last four, bytes 8 to 11 have the low nibbles (scale, then minimum), and the upper two bits lie on top of bytes 0 to 7.
    /// </summary>
    static (int Scale, int Minimum) SixBits(ReadOnlySpan<byte> packed, int i) => i < 4
        ? (packed[i] & 63, packed[i + 4] & 63)
        : ((packed[i + 4] & 0x0F) | (packed[i - 4] >> 6 << 4), (packed[i + 4] >> 4) | (packed[i] >> 6 << 4));
}
