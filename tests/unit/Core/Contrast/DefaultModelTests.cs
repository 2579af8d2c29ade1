using Roast.Contrast;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Core.Contrast;

/// <summary>models/two-annotators/golden.safetensors: 89 questions' contrasts and the vectors that roast_reference.py made of them.</summary>
public class DefaultModelTests
{
    [Fact]
    public void The_default_models_contrasts_give_its_vectors_at_every_point_and_scaling()
    {
        var golden = Golden.Open(Repository.Path("models", "two-annotators", "golden.safetensors"));
        Point[] points = [.. Sites.All.SelectMany(site => Enumerable.Range(0, 4).Select(layer => new Point(site, layer)))];
        var layout = new ActivationLayout(points, point => golden.Shape($"delta.{Name(point)}")[1]);
        var statistics = new ContrastStatistics(layout);
        float[][] contrasts = Array.ConvertAll(points, point => golden[$"delta.{Name(point)}"]);
        for (int q = 0; q < 89; q++)
        {
            float[] row = [.. points.SelectMany((_, i) => contrasts[i][(q * layout.Width(i))..((q + 1) * layout.Width(i))])];
            statistics.AddRollout($"q{q:D3}", "0", correct: true, row);
            statistics.AddRollout($"q{q:D3}", "1", correct: false, new float[row.Length]);
        }
        int seen = 0;
        foreach (var scaling in Enum.GetValues<SoftScaling>())
        {
            var vector = statistics.Solve(scaling).ToVector();
            Assert.Equal(points.Order(), vector.Points);
            foreach (var point in points)
            {
                Near.EqualToScale(golden[$"vector.{scaling.Name()}.{Name(point)}"], vector[point].Span, Tolerance.RoundedToFloat32, $"{scaling.Name()} {point}");
                seen++;
            }
        }
        Assert.Equal(64, seen);
    }

    [Fact]
    public void A_baseline_becomes_a_vector_of_the_same_points()
    {
        var layout = new ActivationLayout([new Point(Site.AttnOut, 1), new Point(Site.MlpAct, 0)], _ => 2);
        var statistics = new ContrastStatistics(layout);
        statistics.AddRollout("q", "0", correct: true, [1, 2, 3, 4]);
        statistics.AddRollout("q", "1", correct: false, [0, 0, 0, 0]);
        var vector = layout.ToVector(point => Baselines.PooledMeanDifference(statistics, point), new VectorProvenance { Method = "mean_difference" });
        Assert.Equal([3, 4], vector[new Point(Site.MlpAct, 0)].ToArray());
        Assert.Equal("mean_difference", vector.Provenance.Method);
        Assert.Throws<ArgumentException>(() => layout.ToVector(_ => [1], VectorProvenance.Unknown));
        Assert.Equal(RoastError.NotFinite, Assert.Throws<RoastException>(() => layout.ToVector(_ => [1, double.NaN], VectorProvenance.Unknown)).Kind);
    }

    /// <summary>The model's golden writes resid where we write resid_post.</summary>
    static string Name(Point point) => point.ToString().Replace("resid_post", "resid", StringComparison.Ordinal);
}
