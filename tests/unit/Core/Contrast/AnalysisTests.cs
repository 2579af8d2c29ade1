using Roast.Contrast;
using Roast.Sampling;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Core.Contrast;

public class AnalysisTests
{
    static readonly Point Point = new(Site.ResidPost, 0);

    [Fact]
    public void Cosines_survive_magnitudes_whose_products_do_not()
    {
        Assert.Equal(1, ContrastAnalysis.Cosine([1e300, 1e300], [1e-300, 1e-300]), Tolerance.Analyses);
        Assert.Equal(-1, ContrastAnalysis.Cosine([1e-200, 0], [-1e-200, 0]), Tolerance.Analyses);
        Assert.Equal(0, ContrastAnalysis.Cosine([0, 0], [1, 2]));
        Assert.Equal(0, ContrastAnalysis.Cosine([], []));
        Assert.Throws<ArgumentException>(() => ContrastAnalysis.Cosine([1], [1, 2]));
    }

    [Fact]
    public void Energy_kept_goes_from_0_to_1_and_is_null_for_a_zero_vector()
    {
        Assert.Equal(0, ContrastAnalysis.EnergyKept([3, -4], 0));
        Assert.Equal(0.64, ContrastAnalysis.EnergyKept([3, -4], 1)!.Value, Tolerance.Analyses);
        Assert.Equal(1, ContrastAnalysis.EnergyKept([3, -4], 2));
        Assert.Equal(0.64, ContrastAnalysis.EnergyKept([3e200, -4e200], 1)!.Value, Tolerance.Analyses);
        Assert.Null(ContrastAnalysis.EnergyKept([0, 0], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ContrastAnalysis.EnergyKept([1], 2));
    }

    [Fact]
    public void Halves_of_questions_with_a_common_direction_agree_and_halves_of_noise_do_not()
    {
        var (common, noise) = (Solve(signal: 3), Solve(signal: 0));
        var (a, b) = (ContrastAnalysis.SplitHalf(common, Point, 200), ContrastAnalysis.SplitHalf(noise, Point, 200));
        Assert.True(a.Mean > 0.9 && a.Interval.Low > 0.8, $"{a}");
        Assert.True(Math.Abs(b.Mean) < 0.3 && b.Interval.Contains(0), $"{b}");
        Assert.Equal(200, a.Resamples);
        Assert.Equal(a, ContrastAnalysis.SplitHalf(common, Point, 200));
        Assert.NotEqual(a, ContrastAnalysis.SplitHalf(common, Point, 200, seed: 43));
    }

    [Fact]
    public void Two_halves_need_two_questions()
    {
        var statistics = new ContrastStatistics(new ActivationLayout([Point], _ => 1));
        statistics.AddRollout("a", "0", correct: true, [1]);
        statistics.AddRollout("a", "1", correct: false, [0]);
        Assert.Equal(RoastError.NoContrast, Assert.Throws<RoastException>(() => ContrastAnalysis.SplitHalf(statistics.Solve(), Point)).Kind);
        Assert.Throws<ArgumentOutOfRangeException>(() => ContrastAnalysis.SplitHalf(statistics.Solve(), Point, resamples: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ContrastAnalysis.SplitHalf(statistics.Solve(), Point, confidence: 1));
    }

    [Fact]
    public void Signs_agree_also_where_their_product_would_vanish()
    {
        var statistics = new ContrastStatistics(new ActivationLayout([Point], _ => 2));
        statistics.AddRollout("a", "0", correct: true, [float.Epsilon, 1]);
        statistics.AddRollout("a", "1", correct: false, [0, 0]);
        Assert.Equal([1, 1], ContrastAnalysis.SignConsistency(statistics.Solve(), Point));
    }

    static ContrastSolution Solve(double signal)
    {
        var statistics = new ContrastStatistics(new ActivationLayout([Point], _ => 64));
        var noise = new double[64];
        for (uint q = 0; q < 30; q++)
        {
            NormalDeviates.Fill(noise, seed: 5, stream: 5, index: q);
            statistics.AddRollout($"{q}", "0", correct: true, Array.ConvertAll(noise, x => (float)(x + signal)));
            statistics.AddRollout($"{q}", "1", correct: false, new float[64]);
        }
        return statistics.Solve(SoftScaling.L2Norm);
    }
}
