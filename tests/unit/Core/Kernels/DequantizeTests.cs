using Roast.Formats;
using Roast.Kernels;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Core.Kernels;

public class DequantizeTests
{
    public static MatrixTheoryData<GgufType, int> TypesAndCounts => new(
        [GgufType.F16, GgufType.BF16, GgufType.Q4_0, GgufType.Q4_1, GgufType.Q8_0, GgufType.Q4_K, GgufType.Q6_K], [0, 1, 2, 3, 7, 15, 16, 17, 33]);

    /// <summary>Where the halves of a block are: random bytes there would often be NaN, which has no one bit pattern.</summary>
    static int[] Halves(GgufType type) => type switch { GgufType.Q6_K => [208], GgufType.Q4_1 or GgufType.Q4_K => [0, 2], _ => [0] };

    [Theory, MemberData(nameof(TypesAndCounts))]
    public void Any_number_of_blocks_gives_the_twins_bits_and_writes_nothing_beside_them(GgufType type, int count)
    {
        byte[] blocks = RandomBlocks(type, count);
        int values = count * type.BlockValues();
        var expected = new float[values];
        var fenced = new float[values + 2];
        fenced.AsSpan().Fill(float.NaN);
        Dequantize.BlocksTwin(type, blocks, expected);
        Dequantize.Blocks(type, blocks, fenced.AsSpan(1, values));
        Near.SameBits(expected, fenced.AsSpan(1, values));
        Assert.True(float.IsNaN(fenced[0]) && float.IsNaN(fenced[^1]), "A value beside the blocks was written.");
    }

    static byte[] RandomBlocks(GgufType type, int count)
    {
        var random = new Random(11 + count);
        byte[] blocks = new byte[count * type.BlockBytes()];
        random.NextBytes(blocks);
        for (int i = 0; i < count; i++)
            foreach (int at in Halves(type)) BitConverter.TryWriteBytes(blocks.AsSpan(i * type.BlockBytes() + at), (Half)(random.NextDouble() * 2 - 1));
        return blocks;
    }

    static byte[] Half(double value) => BitConverter.GetBytes((Half)value);

    static float[] Values(GgufType type, byte[] block)
    {
        Assert.Equal(type.BlockBytes(), block.Length);
        var values = new float[type.BlockValues()];
        Dequantize.Blocks(type, block, values);
        return values;
    }

    [Fact]
    public void A_block_of_q4_0_is_its_scale_times_the_nibble_minus_8()
    {
        // Byte i: low nibble i, high nibble 15 - i.
        byte[] block = [.. Half(0.5), .. Enumerable.Range(0, 16).Select(i => (byte)(i | (15 - i) << 4))];
        Assert.Equal([.. Enumerable.Range(0, 16).Select(i => 0.5f * (i - 8)), .. Enumerable.Range(0, 16).Select(i => 0.5f * (7 - i))], Values(GgufType.Q4_0, block));
    }

    [Fact]
    public void A_block_of_q4_1_is_its_scale_times_the_nibble_plus_its_minimum()
    {
        byte[] block = [.. Half(0.25), .. Half(-3), .. Enumerable.Range(0, 16).Select(i => (byte)(i | (15 - i) << 4))];
        Assert.Equal([.. Enumerable.Range(0, 16).Select(i => 0.25f * i - 3), .. Enumerable.Range(0, 16).Select(i => 0.25f * (15 - i) - 3)], Values(GgufType.Q4_1, block));
    }

    [Fact]
    public void A_block_of_q8_0_is_its_scale_times_the_signed_byte()
    {
        byte[] block = [.. Half(-2), 0x80, 0x7f, .. Enumerable.Range(0, 30).Select(i => (byte)i)];
        Assert.Equal([256f, -254f, .. Enumerable.Range(0, 30).Select(i => -2f * i)], Values(GgufType.Q8_0, block));
    }

    [Fact]
    public void Halves_and_bfloat16_are_widened_exactly()
    {
        Assert.Equal(-1.5f, Values(GgufType.F16, Half(-1.5))[0]);
        Assert.Equal(5.9604645e-8f, Values(GgufType.F16, [1, 0])[0]);          // the smallest subnormal
        Assert.Equal(1.0078125f, Values(GgufType.BF16, [0x81, 0x3f])[0]);
    }

    [Fact]
    public void A_block_of_q4_k_unpacks_what_was_packed_by_the_published_layout()
    {
        var random = new Random(5);
        int[] q = Draw(random, 256, 0, 16), scales = Draw(random, 8, 0, 64), minima = Draw(random, 8, 0, 64);
        // Scales and minima: six bits each, the first four in full bytes, the last four as nibbles with their upper bits on top of the first ones.
        byte[] packed = new byte[12];
        for (int i = 0; i < 4; i++)
        {
            packed[i] = (byte)(scales[i] | (scales[i + 4] >> 4) << 6);
            packed[i + 4] = (byte)(minima[i] | (minima[i + 4] >> 4) << 6);
            packed[i + 8] = (byte)((scales[i + 4] & 15) | (minima[i + 4] & 15) << 4);
        }
        byte[] nibbles = [.. from pair in Enumerable.Range(0, 4) from i in Enumerable.Range(0, 32) select (byte)(q[64 * pair + i] | q[64 * pair + 32 + i] << 4)];
        float[] values = Values(GgufType.Q4_K, [.. Half(0.01), .. Half(0.3), .. packed, .. nibbles]);
        (float d, float dmin) = ((float)(Half)0.01, (float)(Half)0.3);
        for (int i = 0; i < 256; i++) Assert.Equal((float)((double)d * scales[i / 32] * q[i] - (double)dmin * minima[i / 32]), values[i]);
    }

    [Fact]
    public void A_block_of_q6_k_unpacks_what_was_packed_by_the_published_layout()
    {
        var random = new Random(6);
        int[] q = Draw(random, 256, 0, 64), scales = Draw(random, 16, -128, 128);
        byte[] low = new byte[128], high = new byte[64];
        for (int half = 0; half < 2; half++)
            for (int i = 0; i < 32; i++)
            {
                int[] four = [q[128 * half + i], q[128 * half + 32 + i], q[128 * half + 64 + i], q[128 * half + 96 + i]];
                low[64 * half + i] = (byte)((four[0] & 15) | (four[2] & 15) << 4);
                low[64 * half + 32 + i] = (byte)((four[1] & 15) | (four[3] & 15) << 4);
                high[32 * half + i] = (byte)(four[0] >> 4 | four[1] >> 4 << 2 | four[2] >> 4 << 4 | four[3] >> 4 << 6);
            }
        float[] values = Values(GgufType.Q6_K, [.. low, .. high, .. scales.Select(scale => (byte)(sbyte)scale), .. Half(-0.02)]);
        float d = (float)(Half)(-0.02);
        for (int i = 0; i < 256; i++) Assert.Equal((float)((double)d * scales[i / 16] * (q[i] - 32)), values[i]);
    }

    static int[] Draw(Random random, int count, int from, int to) => [.. Enumerable.Range(0, count).Select(_ => random.Next(from, to))];

    [Fact]
    public void Lengths_that_are_no_whole_blocks_or_do_not_belong_together_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Dequantize.Blocks(GgufType.Q8_0, new byte[35], new float[32]));
        Assert.Throws<ArgumentException>(() => Dequantize.Blocks(GgufType.Q8_0, new byte[34], new float[31]));
    }
}
