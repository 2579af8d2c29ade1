using Roast.Sampling;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Core.Sampling;

public class NormalDeviatesTests
{
    [Fact]
    public void Their_moments_are_those_of_the_normal_distribution()
    {
        double[] x = Draw(200_000, 42, 0, 0);
        Assert.Equal(0, x.Average(), 0.01);                                 // 4.5 standard errors
        Assert.Equal(1, x.Average(v => v * v), 0.015);
        Assert.Equal(0, x.Average(v => v * v * v), 0.04);
        Assert.Equal(3, x.Average(v => v * v * v * v), 0.1);
        Assert.Equal(0, x.Zip(x.Skip(1)).Average(p => p.First * p.Second), 0.01);
        Assert.Equal(0.95, x.Count(v => Math.Abs(v) < 1.959963984540054) / 200_000.0, 0.003);
    }

    [Fact]
    public void A_shorter_fill_is_the_beginning_of_a_longer_one()
    {
        double[] longer = Draw(9, 7, 1, 2);
        for (int n = 0; n < 9; n++) Assert.Equal(longer[..n], Draw(n, 7, 1, 2));
    }

    [Fact]
    public void Seeds_streams_and_indices_name_different_sequences()
    {
        double[][] all = [Draw(4, 1, 0, 0), Draw(4, 2, 0, 0), Draw(4, 1, 1, 0), Draw(4, 1, 0, 1), Draw(4, 1UL << 32, 0, 0)];
        Assert.Equal(all.Length, all.Select(x => x[0]).Distinct().Count());
    }

    [Fact]
    public void The_first_values_of_seed_42_are_these()
    {
        // Box-Muller on the block that Philox4x32 gives for counter (0, 3, 2, 1): computed with Python's math from the reference's philox().
        double[] expected = [-0.5861935261958061, 0.4761822726362793, -0.4160409383710247, 0.32648626041447587];
        Near.EqualToScale(expected, Draw(expected.Length, 42, 2, 3), 1e-15);
    }

    [Fact]
    public void Random_vectors_have_the_vectors_norm_at_every_point_and_no_common_direction()
    {
        Point narrow = new(Site.AttnOut, 0), wide = new(Site.MlpAct, 3);
        var vector = new SteeringVector([new(narrow, [3, 4, .. new float[62]]), new(wide, [.. Enumerable.Range(0, 257).Select(i => i * 0.01f)])]);
        SteeringVector a = vector.RandomOfEqualNorm(1), again = vector.RandomOfEqualNorm(1), b = vector.RandomOfEqualNorm(2);
        foreach (var point in vector.Points)
        {
            Assert.Equal(1, a.Norm(point) / vector.Norm(point), Tolerance.RoundedToFloat32);
            Assert.Equal(a[point].ToArray(), again[point].ToArray());
            Assert.InRange(Math.Abs(Cosine(a[point].Span, b[point].Span)), 0, 0.5);
        }
        Assert.Equal("random", a.Provenance.Method);
    }

    [Fact]
    public void Norms_do_not_overflow_where_float32_squares_would()
    {
        var point = new Point(Site.ResidPost, 0);
        var vector = new SteeringVector([new(point, [3e25f, 4e25f])]);
        Assert.Equal(5e25, vector.Norm(point), 1e19);
        Assert.Equal(5e25, vector.RandomOfEqualNorm(1).Norm(point), 5e19);
    }

    [Fact]
    public void A_zero_vector_has_a_zero_random_control()
    {
        var point = new Point(Site.ResidPost, 0);
        Assert.Equal(new float[3], new SteeringVector([new(point, new float[3])]).RandomOfEqualNorm(1)[point].ToArray());
    }

    static double[] Draw(int n, ulong seed, uint stream, uint index)
    {
        var values = new double[n];
        NormalDeviates.Fill(values, seed, stream, index);
        return values;
    }

    static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => System.Numerics.Tensors.TensorPrimitives.CosineSimilarity(a, b);
}
