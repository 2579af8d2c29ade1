using Roast.Contrast;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Core.Contrast;

public class BaselineGoldenTests
{
    [Fact]
    public void The_pooled_mean_difference_is_the_references_also_when_it_is_scaled()
    {
        int seen = 0;
        foreach (var golden in RoastGoldens.Require().Cases.Where(x => x.HasVector))
        {
            var statistics = golden.Statistics();
            foreach (var scaling in RoastCase.Scalings)
            {
                string name = scaling == SoftScaling.None ? "pooled" : $"pooled.{scaling.Name()}";
                Near.EqualToScale(golden[name], Baselines.PooledMeanDifference(statistics, RoastCase.Point, scaling), golden.Tolerance, $"{golden.Name} {name}");
                seen++;
            }
            double cosine = ContrastAnalysis.Cosine(statistics.Solve().Vector(RoastCase.Point), Baselines.PooledMeanDifference(statistics, RoastCase.Point));
            Assert.Equal(golden.Number("cosine_grouped_to_pooled"), cosine, Tolerance.Analyses);
        }
        Assert.Equal(356, seen);
    }

    [Fact]
    public void The_mean_over_all_pairs_needs_only_sums()
    {
        int seen = 0;
        foreach (var golden in RoastGoldens.Require().Cases.Where(x => x.HasVector))
        {
            Near.EqualToScale(golden["caa"], Baselines.AllPairsMean(golden.Statistics(), RoastCase.Point), golden.Tolerance, $"{golden.Name} caa");
            seen++;
        }
        Assert.Equal(89, seen);
    }

    [Fact]
    public void The_first_principal_component_is_the_references_as_far_as_the_gap_allows()
    {
        int seen = 0;
        foreach (var golden in RoastGoldens.Require().Cases.Where(x => x.HasVector && x.Has("pca")))
        {
            double gap = golden.Json.GetProperty("pca").GetProperty("relative_gap").GetDouble();
            Near.EqualToScale(golden["pca"], PrincipalComponent.First(golden.Statistics().Solve(), RoastCase.Point), Tolerance.PrincipalComponentTimesGap / gap, $"{golden.Name} pca");
            seen++;
        }
        Assert.Equal(19, seen);
    }

    [Fact]
    public void The_top_k_mask_is_the_references_also_among_ties()
    {
        int seen = 0;
        foreach (var golden in RoastGoldens.Require().Cases.Where(x => x.HasVector && x.Width <= 128))
            foreach (double k in golden.Numbers("top_k"))
            {
                double[] v = golden["v.none"], expected = golden[$"topk.{k}"];
                Assert.Equal(expected, Baselines.TopK(v, (int)k));
                seen++;
            }
        Assert.Equal(324, seen);
    }

    [Fact]
    public void Baselines_without_a_mixed_question_say_so()
    {
        var statistics = new ContrastStatistics(new ActivationLayout([RoastCase.Point], _ => 2));
        statistics.AddRollout("a", "0", correct: true, [1, 2]);
        Assert.Equal(RoastError.NoContrast, Assert.Throws<RoastException>(() => Baselines.PooledMeanDifference(statistics, RoastCase.Point)).Kind);
        Assert.Equal(RoastError.NoContrast, Assert.Throws<RoastException>(() => Baselines.AllPairsMean(statistics, RoastCase.Point)).Kind);
        Assert.Equal(RoastError.NoContrast, Assert.Throws<RoastException>(() => PrincipalComponent.First(statistics.Solve(), RoastCase.Point)).Kind);
    }

    [Fact]
    public void Equal_contrasts_have_no_principal_component()
    {
        double[] row = [1, 2, 3];
        Assert.Equal(RoastError.NoContrast, Assert.Throws<RoastException>(() => PrincipalComponent.First([row, row, row])).Kind);
    }

    [Fact]
    public void A_principal_component_of_enormous_contrasts_is_an_ordinary_vector()
    {
        double[] a = [1e300, 0], b = [-1e300, 0], c = [1e300, 1e290];
        double[] component = PrincipalComponent.First([a, b, c]);
        Assert.Equal(1, component[0], 1e-9);
        Assert.Equal(0, component[1], 1e-9);
    }

    [Fact]
    public void A_top_k_outside_the_width_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Baselines.TopK([1, 2], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Baselines.TopK([1, 2], -1));
        Assert.Equal([0, 0], Baselines.TopK([1, 2], 0));
    }
}
