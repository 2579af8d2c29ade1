using Roast.Contrast;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Core.Contrast;

public class AnalysisGoldenTests
{
    [Fact]
    public void Sign_consistency_and_cosines_are_the_references()
    {
        int seen = 0;
        foreach (var golden in RoastGoldens.Require().Cases.Where(x => x.HasVector))
        {
            var solution = golden.Statistics().Solve(SoftScaling.MaxNorm);
            Near.EqualToScale(golden["consistency"], ContrastAnalysis.SignConsistency(solution, RoastCase.Point), Tolerance.Float64Sums, $"{golden.Name} consistency");
            double[] expected = golden.Numbers("cosines"), cosines = ContrastAnalysis.Cosines(solution, RoastCase.Point);
            Assert.Equal(expected.Length, cosines.Length);
            for (int q = 0; q < expected.Length; q++) Assert.Equal(expected[q], cosines[q], Tolerance.Analyses);
            seen++;
        }
        Assert.Equal(89, seen);
    }

    [Fact]
    public void The_energy_of_the_top_k_is_the_references()
    {
        int seen = 0;
        foreach (var golden in RoastGoldens.Require().Cases.Where(x => x.HasVector))
        {
            double[] ks = golden.Numbers("top_k");
            double[] v = golden["v.none"];
            for (int i = 0; i < ks.Length; i++, seen++)
            {
                var expected = golden.Json.GetProperty("energy_top_k")[i];
                double? actual = ContrastAnalysis.EnergyKept(v, (int)ks[i]);
                if (expected.ValueKind == System.Text.Json.JsonValueKind.Null) Assert.Null(actual);
                else Assert.Equal(expected.GetDouble(), actual!.Value, Tolerance.Analyses);
            }
        }
        Assert.Equal(499, seen);
    }

    [Fact]
    public void Correlations_of_magnitude_and_consistency_are_the_references_and_null_where_nothing_varies()
    {
        int numbers = 0, nulls = 0;
        foreach (var golden in RoastGoldens.Require().Cases.Where(x => x.HasVector))
        {
            var solution = golden.Statistics().Solve(SoftScaling.MaxNorm);
            Compare(golden.NumberOrNull("magnitude_consistency_pearson"), ContrastAnalysis.MagnitudeAgainstConsistency(solution, RoastCase.Point), golden.Name);
            Compare(golden.NumberOrNull("magnitude_consistency_spearman"), ContrastAnalysis.MagnitudeRankAgainstConsistency(solution, RoastCase.Point), golden.Name);
        }
        Assert.Equal((72, 106), (numbers, nulls));

        void Compare(double? expected, double? actual, string name)
        {
            Assert.True(expected is null == actual is null, $"{name}: {actual}, expected {expected}");
            if (expected is { } e) { Assert.Equal(e, actual!.Value, Tolerance.Analyses); numbers++; }
            else nulls++;
        }
    }

    [Fact]
    public void Split_half_cosines_and_their_bootstrap_interval_are_the_references()
    {
        int seen = 0;
        foreach (var golden in RoastGoldens.Require().Cases.Where(x => x.HasVector && x.Json.TryGetProperty("bootstrap", out _)))
        {
            var solution = golden.Statistics().Solve(SoftScaling.MaxNorm);
            var bootstrap = golden.Json.GetProperty("bootstrap");
            var (halfA, halfB) = (bootstrap.GetProperty("half_a"), bootstrap.GetProperty("half_b"));
            double[] cosines = [.. Enumerable.Range(0, halfA.GetArrayLength()).Select(r => ContrastAnalysis.SplitHalfCosine(solution, RoastCase.Point, Ints(halfA[r]), Ints(halfB[r])))];
            Near.EqualToScale([.. bootstrap.GetProperty("cosines").EnumerateArray().Select(x => x.GetDouble())], cosines, Tolerance.Float64Sums, golden.Name);
            var summary = ContrastAnalysis.Summarize(cosines, 0.95);
            Assert.Equal(bootstrap.GetProperty("mean").GetDouble(), summary.Mean, Tolerance.Analyses);
            Assert.Equal(bootstrap.GetProperty("ci95")[0].GetDouble(), summary.Interval.Low, Tolerance.Analyses);
            Assert.Equal(bootstrap.GetProperty("ci95")[1].GetDouble(), summary.Interval.High, Tolerance.Analyses);
            seen++;
        }
        Assert.Equal(19, seen);
    }

    static int[] Ints(System.Text.Json.JsonElement array) => [.. array.EnumerateArray().Select(x => x.GetInt32())];
}
