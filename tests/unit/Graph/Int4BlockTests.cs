using Roast.Graph.Export.Quantize;
using Xunit;

namespace Roast.Tests.Unit.Graph;

public class Int4BlockTests
{
    public static TheoryData<int, bool> Draws
    {
        get
        {
            var data = new TheoryData<int, bool>();
            for (int seed = 0; seed < 20; seed++) { data.Add(seed, false); data.Add(seed, true); }
            return data;
        }
    }

    [Theory, MemberData(nameof(Draws))]
    public void No_weight_moves_further_than_a_step_and_in_the_middle_of_a_symmetric_block_than_half_of_one(int seed, bool asymmetric)
    {
        var random = new Random(seed);
        float centre = seed % 3 == 0 ? 0 : (float)random.NextDouble() * 2;
        float[] weights = [.. Enumerable.Range(0, 32).Select(_ => centre + (float)(random.NextDouble() - 0.5))];
        var packed = new byte[16];
        var (scale, zero) = Int4Block.Round(weights, packed, asymmetric);
        Assert.InRange(zero, 0, 15);
        for (int i = 0; i < weights.Length; i++)
        {
            int q = packed[i / 2] >> (4 * (i % 2)) & 15;
            float back = (q - zero) * scale;
            // Symmetric: 7 is the last step on the side without the largest weight, so that up to a whole step may be missing there.
            float allowed = Math.Abs(scale) * (!asymmetric && q == 15 ? 1 : asymmetric ? 1 : 0.5f) + 1e-6f;
            Assert.True(Math.Abs(back - weights[i]) <= allowed, $"weight {i} is {weights[i]}, came back as {back}, step {scale}");
        }
    }

    [Fact]
    public void The_largest_weight_of_a_symmetric_block_is_exact_on_either_side()
    {
        foreach (float largest in new[] { 1.5f, -1.5f })
        {
            float[] weights = [largest, .. Enumerable.Repeat(0.25f, 31)];
            var packed = new byte[16];
            var (scale, zero) = Int4Block.Round(weights, packed, asymmetric: false);
            Assert.Equal(largest, ((packed[0] & 15) - zero) * scale);
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_block_of_zeros_stays_zero(bool asymmetric)
    {
        var packed = new byte[16];
        var (scale, zero) = Int4Block.Round(new float[32], packed, asymmetric);
        Assert.Equal(0f, scale);
        Assert.All(packed, pair => Assert.Equal(zero | zero << 4, pair));
    }

    [Fact]
    public void An_asymmetric_block_spends_all_steps_on_weights_of_one_sign()
    {
        float[] weights = [.. Enumerable.Range(0, 32).Select(i => i / 31f)];
        var packed = new byte[16];
        var (scale, zero) = Int4Block.Round(weights, packed, asymmetric: true);
        Assert.Equal((1 / 15f, 0), (scale, zero));
        Assert.Equal((0, 15), (packed[0] & 15, packed[15] >> 4));
    }
}
