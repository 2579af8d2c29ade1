using Roast.Contrast;
using Xunit;

namespace Roast.Tests.Unit.Core.Contrast;

public class SoftScaleTests
{
    [Theory]
    [InlineData(SoftScaling.MaxNorm), InlineData(SoftScaling.L2Norm)]
    public void A_contrast_of_exactly_epsilon_is_degenerate_and_one_above_is_not(SoftScaling scaling)
    {
        double[] at = [SoftScale.Epsilon], above = [Math.BitIncrement(SoftScale.Epsilon)];
        Assert.False(SoftScale.Apply(at, scaling));
        Assert.Equal([0], at);
        Assert.True(SoftScale.Apply(above, scaling));
        Assert.Equal([1], above);
    }

    [Fact]
    public void Each_norm_measures_the_size_by_its_own_quantity()
    {
        double[] a = [6e-9, 6e-9, 6e-9], b = [.. a];                        // max 6e-9, length 1.04e-8
        Assert.False(SoftScale.Apply(a, SoftScaling.MaxNorm));
        Assert.True(SoftScale.Apply(b, SoftScaling.L2Norm));
    }

    [Theory]
    [InlineData(SoftScaling.MaxNorm), InlineData(SoftScaling.L2Norm), InlineData(SoftScaling.Softmax), InlineData(SoftScaling.None)]
    public void Zeros_of_either_sign_are_degenerate_and_become_plus_0(SoftScaling scaling)
    {
        double[] zeros = [0, -0.0];
        Assert.False(SoftScale.Apply(zeros, scaling));
        Assert.All(zeros, x => Assert.Equal(0, BitConverter.DoubleToInt64Bits(x)));
        Assert.False(SoftScale.Apply([], scaling));
    }

    [Fact]
    public void Softmax_gives_a_zero_no_sign_but_counts_its_share()
    {
        double[] d = [Math.Log(2), 0, -Math.Log(3)];
        Assert.True(SoftScale.Apply(d, SoftScaling.Softmax));
        Assert.Equal([3 * 2 / 6.0, 0, -3 * 3 / 6.0], d.Select(x => Math.Round(x, 12)));
    }

    [Fact]
    public void Lengths_beyond_the_range_of_float64_are_scaled_all_the_same()
    {
        double[] d = [1.7e308, -1.7e308, 1.7e308, 1.7e308];
        Assert.True(SoftScale.Apply(d, SoftScaling.L2Norm));
        Assert.Equal([0.5, -0.5, 0.5, 0.5], d.Select(x => Math.Round(x, 12)));
    }

    [Theory]
    [InlineData(double.NaN), InlineData(double.PositiveInfinity), InlineData(double.NegativeInfinity)]
    public void A_contrast_that_is_not_finite_is_an_error_and_no_silent_zero(double bad)
    {
        foreach (var scaling in Enum.GetValues<SoftScaling>())
            Assert.Equal(RoastError.NotFinite, Assert.Throws<RoastException>(() => SoftScale.Apply([1, bad, 2], scaling)).Kind);
    }

    [Fact]
    public void An_unknown_scaling_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => SoftScale.Apply([1], (SoftScaling)9));

    [Fact]
    public void Every_scaling_and_pool_has_a_name_that_reads_back()
    {
        Assert.Equal(["max_norm", "l2_norm", "softmax", "none"], Enum.GetValues<SoftScaling>().Select(SoftScalings.Name));
        Assert.Equal(["last", "last_content", "mean", "mean_content"], Enum.GetValues<Pool>().Select(Pools.Name));
        Assert.All(Enum.GetValues<SoftScaling>(), x => Assert.True(SoftScalings.TryParse(x.Name(), out var back) && back == x));
        Assert.All(Enum.GetValues<Pool>(), x => Assert.True(Pools.TryParse(x.Name(), out var back) && back == x));
        Assert.False(SoftScalings.TryParse("MaxNorm", out _));
        Assert.False(Pools.TryParse(null, out _));
    }
}
