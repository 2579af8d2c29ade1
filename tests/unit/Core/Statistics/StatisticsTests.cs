using CsCheck;
using Roast.Statistics;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Core.Statistics;

public class StatisticsTests
{
    [Fact]
    public void A_p_value_stays_exact_for_millions_of_questions()
    {
        // Normal approximation with continuity correction, whose error is of the order of 1/n.
        double z = (Math.Abs(1_001_000 - 1_000_000) - 1) / Math.Sqrt(2_001_000.0);
        Assert.InRange(McNemar.ExactP(1_001_000, 1_000_000), 2 * Tail(z) - 1e-5, 2 * Tail(z) + 1e-5);
        Assert.InRange(McNemar.ExactP(int.MaxValue, int.MaxValue - 1), 0.9999, 1);
        Assert.InRange(McNemar.ExactP(int.MaxValue, 0), 0, 1e-300);
    }

    [Fact]
    public void A_p_value_does_not_know_which_side_is_which() =>
        Gen.Select(Gen.Int[0, 3000], Gen.Int[0, 3000]).Sample((a, b) =>
        {
            double p = McNemar.ExactP(a, b);
            Assert.Equal(p, McNemar.ExactP(b, a));
            Assert.InRange(p, 0, 1);
        }, iter: 300);

    [Fact]
    public void A_small_p_value_is_twice_the_sum_of_the_binomial_tail() => Gen.Select(Gen.Int[0, 30], Gen.Int[0, 30]).Sample((a, b) =>
    {
        (double term, double tail, int n) = (Math.Pow(2, -a - b), 0, a + b);
        for (int i = 0; i <= Math.Min(a, b); i++)
        {
            tail += term;
            term *= (double)(n - i) / (i + 1);
        }
        Assert.Equal(a == b ? 1 : Math.Min(1, 2 * tail), McNemar.ExactP(a, b), 1e-13);
    }, iter: 300);

    [Fact]
    public void A_Wilson_interval_holds_its_accuracy_and_stays_between_0_and_1() =>
        Gen.Select(Gen.Int[1, 100_000], Gen.Double[0, 1], Gen.Double[0.5, 0.9999]).Sample((total, share, confidence) =>
        {
            int correct = (int)(share * total);
            var interval = Wilson.Interval(correct, total, confidence);
            Assert.True(interval.Contains((double)correct / total), $"{correct} of {total}: {interval}");
            Assert.InRange(interval.Low, 0, 1);
            Assert.InRange(interval.High, 0, 1);
            var mirrored = Wilson.Interval(total - correct, total, confidence);
            Assert.Equal(interval.Low, 1 - mirrored.High, 1e-12);
        }, iter: 500);

    [Fact]
    public void A_difference_the_other_way_round_is_the_interval_mirrored() =>
        Gen.Select(Gen.Int[0, 50], Gen.Int[50, 200], Gen.Int[0, 50], Gen.Int[50, 200]).Sample((c1, n1, c2, n2) =>
        {
            var (forth, back) = (Newcombe.Difference(c1, n1, c2, n2), Newcombe.Difference(c2, n2, c1, n1));
            Assert.Equal(forth.Low, -back.High, 1e-12);
            Assert.Equal(forth.High, -back.Low, 1e-12);
            Assert.InRange(forth.Low, -1, 1);
            Assert.InRange(forth.High, -1, 1);
        }, iter: 300);

    [Fact]
    public void Quantiles_reach_far_into_both_tails()
    {
        Assert.Equal(-37.0470962993612, Normal.Quantile(1e-300), 1e-11);    // Python's statistics.NormalDist
        Assert.Equal(-9.262340089798405, Normal.Quantile(1e-20), 1e-13);
        Assert.Equal(0, Normal.Quantile(0.5));
    }

    [Theory]
    [InlineData(-1, 10), InlineData(11, 10), InlineData(0, 0), InlineData(1, -1)]
    public void Impossible_counts_are_refused(int correct, int total)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Wilson.Interval(correct, total));
        Assert.Throws<ArgumentOutOfRangeException>(() => Newcombe.Difference(correct, total, 1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Newcombe.Difference(1, 2, correct, total));
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(-0.1), InlineData(1.1), InlineData(double.NaN)]
    public void Probabilities_outside_0_to_1_are_refused(double p)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Normal.Quantile(p));
        Assert.Throws<ArgumentOutOfRangeException>(() => Wilson.Interval(1, 2, p));
    }

    [Fact]
    public void Percentiles_interpolate_between_neighbours()
    {
        double[] sorted = [1, 2, 4];
        Assert.Equal(1, Percentile.Of(sorted, 0));
        Assert.Equal(1.5, Percentile.Of(sorted, 0.25));
        Assert.Equal(3, Percentile.Of(sorted, 0.75));
        Assert.Equal(4, Percentile.Of(sorted, 1));
        Assert.Throws<ArgumentException>(() => Percentile.Of([], 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Percentile.Of(sorted, double.NaN));
    }

    [Fact]
    public void A_rank_correlation_sees_order_only()
    {
        double[] x = [1, 2, 3, 4], cubes = [1, 8, 27, 64], ties = [1, 1, 2, 2];
        Assert.Equal(1, Correlation.Spearman(x, cubes)!.Value, Tolerance.Analyses);
        Assert.Equal(0.894427190999916, Correlation.Spearman(x, ties)!.Value, Tolerance.Analyses);     // 2 / sqrt(5)
        Assert.Null(Correlation.Pearson([0.1, 0.1, 0.1], [1, 2, 3]));       // 0.1 has a rounded mean: still constant
        Assert.Null(Correlation.Spearman([1, 2], [1, 2]));
        Assert.Throws<ArgumentException>(() => Correlation.Pearson(x, [1]));
    }

    /// <summary>P(Z > z) by Simpson's rule.</summary>
    static double Tail(double z)
    {
        const int steps = 20_000;
        double h = 12.0 / steps, sum = 0;
        for (int i = 0; i <= steps; i++) sum += (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(-0.5 * (z + i * h) * (z + i * h));
        return sum * h / 3 / Math.Sqrt(2 * Math.PI);
    }
}
