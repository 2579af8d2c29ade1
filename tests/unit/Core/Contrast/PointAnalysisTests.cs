using Roast.Contrast;
using Roast.Statistics;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Core.Contrast;

public class PointAnalysisTests
{
    [Fact]
    public void The_energy_curve_is_the_energy_kept_by_each_k()
    {
        Assert.Equal([0.64, 1], ContrastAnalysis.EnergyCurve([3, -4])!, (a, b) => Math.Abs(a - b) <= Tolerance.Analyses);
        Assert.Equal([1, 1], ContrastAnalysis.EnergyCurve([1e-300, 0])!);
        Assert.Null(ContrastAnalysis.EnergyCurve([0, 0]));
        Assert.Null(ContrastAnalysis.EnergyCurve([]));
    }

    [Fact]
    public void The_energy_curve_goes_through_the_references_values()
    {
        int seen = 0;
        foreach (var golden in RoastGoldens.Require().Cases.Where(x => x.HasVector))
        {
            double[]? curve = ContrastAnalysis.EnergyCurve(golden["v.none"]);
            double[] ks = golden.Numbers("top_k");
            for (int i = 0; i < ks.Length; i++)
            {
                var expected = golden.Json.GetProperty("energy_top_k")[i];
                if (expected.ValueKind == System.Text.Json.JsonValueKind.Null) Assert.Null(curve);
                else Assert.Equal(expected.GetDouble(), curve![(int)ks[i] - 1], Tolerance.Analyses);
                seen++;
            }
        }
        Assert.Equal(499, seen);
    }

    [Fact]
    public void The_summary_of_a_point_says_what_the_single_analyses_say()
    {
        int seen = 0;
        foreach (var golden in RoastGoldens.Require().Cases.Where(x => x.HasVector && x.Width <= 600))
        {
            var solution = golden.Statistics().Solve(SoftScaling.MaxNorm);
            var found = ContrastAnalysis.OfPoint(solution, RoastCase.Point, options: new AnalysisOptions { Resamples = 5 });
            double[] consistency = golden["consistency"], cosines = golden.Numbers("cosines");
            Assert.Equal((golden.Width, cosines.Length), (found.Width, found.Questions));
            Assert.Equal(consistency.Average(), found.Consistency.Mean, Tolerance.Analyses);
            Assert.Equal(Percentile.Of([.. cosines.Order()], 0.5), found.Cosines.Quantiles[3], Tolerance.Analyses);
            Assert.Equal(cosines.Length, found.Cosines.Histogram.Sum());
            Assert.Equal(found.Width, found.Consistency.Histogram.Sum());
            if (golden.NumberOrNull("magnitude_consistency_spearman") is { } rank) Assert.Equal(rank, found.MagnitudeSpearman!.Value, Tolerance.Analyses);
            Assert.Equal(cosines.Length >= 2, found.SplitHalf is not null);
            Assert.Null(found.Separability);                // no rollouts were given
            if (found.Norm > 0)
            {
                Assert.Equal(found.Width, found.Magnitudes.Sum(group => group.Dimensions));
                Assert.Equal(found.Magnitudes.Select(group => group.MeanMagnitude).Order(), found.Magnitudes.Select(group => group.MeanMagnitude));
                Assert.Equal((found.Width, 1.0), (found.Energy[^1].Dimensions, found.Energy[^1].Share));
                Assert.Equal(1, found.Energy[0].Dimensions);
                double[] vector = solution.Vector(RoastCase.Point).ToArray();
                foreach (double share in (double[])[0.5, 0.9, 0.99])
                {
                    int fewest = found.Energy.First(at => at.Share >= share).Dimensions;
                    Assert.True(fewest == 1 || ContrastAnalysis.EnergyKept(vector, fewest - 1) < share + Tolerance.Analyses, $"{golden.Name}: {fewest} keep {share}");
                }
                Assert.Equal(found.Largest.Select(dimension => Math.Abs(dimension.Value)).OrderDescending(), found.Largest.Select(dimension => Math.Abs(dimension.Value)));
            }
            seen++;
        }
        Assert.True(seen > 50, $"{seen} cases");
    }

    [Fact]
    public void Groups_of_magnitude_and_the_largest_dimensions_are_counted_by_hand()
    {
        // Two questions, contrasts (4, -1, 2) and (2, 1, 2) unscaled: v = (3, 0, 2); signs agree in both, neither, both.
        var statistics = new ContrastStatistics(new ActivationLayout([RoastCase.Point], _ => 3));
        foreach (var (question, row) in new[] { ("a", new float[] { 4, -1, 2 }), ("b", [2, 1, 2]) })
        {
            statistics.AddRollout(question, "0", correct: true, row);
            statistics.AddRollout(question, "1", correct: false, new float[3]);
        }
        var found = ContrastAnalysis.OfPoint(statistics.Solve(SoftScaling.None), RoastCase.Point);
        Assert.Equal([new(1, 0, 0), new(1, 2 / 3.0, 1), new(1, 1, 1)], found.Magnitudes);
        Assert.Equal([new(0, 3, 1), new(2, 2, 1), new(1, 0, 0)], found.Largest);
        Assert.Equal([1, 2, 3], found.Energy.Select(at => at.Dimensions));
        Assert.Equal(9 / 13.0, found.Energy[0].Share, Tolerance.Analyses);
        Assert.Equal(Math.Sqrt(13), found.Norm, Tolerance.Analyses);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AnalysisOptions { Resamples = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AnalysisOptions { Folds = 1 });
    }
}
