using Roast.Contrast;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Core.Contrast;

public class ContrastGoldenTests
{
    [Fact]
    public void Contrasts_and_the_vectors_of_all_four_scalings_are_the_references()
    {
        var (cases, vectors, scaled) = (0, 0, 0);
        foreach (var golden in RoastGoldens.Require().Cases.Where(x => x.HasVector))
        {
            var statistics = golden.Statistics();
            foreach (var scaling in RoastCase.Scalings)
            {
                var solution = statistics.Solve(scaling);
                Assert.Equal(golden.Used.Select(RoastCase.Question), solution.Used);
                Near.EqualToScale(golden[$"v.{scaling.Name()}"], solution.Vector(RoastCase.Point), golden.Tolerance, $"{golden.Name} v.{scaling.Name()}");
                vectors++;
                if (scaling == SoftScaling.None) Near.EqualToScale(golden["delta"], Contrasts(solution), golden.Tolerance, $"{golden.Name} delta");
                else if (golden.Has($"css.{scaling.Name()}"))
                {
                    double[] rows = [.. Enumerable.Range(0, solution.Used.Count).SelectMany(q => solution.ScaledContrast(RoastCase.Point, q))];
                    Near.EqualToScale(golden[$"css.{scaling.Name()}"], rows, golden.Tolerance, $"{golden.Name} css.{scaling.Name()}");
                    scaled++;
                }
            }
            cases++;
        }
        Assert.Equal((89, 356, 267), (cases, vectors, scaled));
    }

    [Fact]
    public void A_vector_in_float32_is_the_references_rounded_where_it_fits()
    {
        int fits = 0, refused = 0;
        foreach (var golden in RoastGoldens.Require().Cases.Where(x => x.HasVector))
        {
            var solution = golden.Statistics().Solve(SoftScaling.None);
            double[] expected = golden["v.none"];
            if (expected.Any(x => !float.IsFinite((float)x)))
            {
                var error = Assert.Throws<RoastException>(() => solution.ToVector());
                Assert.Equal(RoastError.NotFinite, error.Kind);
                Assert.Contains("max_norm", error.Message);
                refused++;
                continue;
            }
            Near.EqualToScale(expected, Array.ConvertAll(solution.ToVector()[RoastCase.Point].ToArray(), x => (double)x),
                Largest(expected) < 1e-38 ? 1 : Tolerance.RoundedToFloat32, golden.Name);            // float32 has few digits left below 1e-38
            fits++;
        }
        Assert.Equal((86, 3), (fits, refused));                             // large_max: 6e38
    }

    [Fact]
    public void NaN_and_infinity_are_refused_also_in_a_question_that_would_be_skipped()
    {
        int seen = 0;
        foreach (var golden in RoastGoldens.Require().Cases.Where(x => x.IsRejected))
        {
            var error = Assert.Throws<RoastException>(golden.Statistics);
            Assert.Equal(RoastError.NotFinite, error.Kind);
            Assert.Contains("resid_post.0", error.Message);
            seen++;
        }
        Assert.Equal(12, seen);
    }

    [Fact]
    public void Without_a_question_of_both_kinds_there_is_no_vector()
    {
        int seen = 0;
        foreach (var golden in RoastGoldens.Require().Cases.Where(x => !x.HasVector && !x.IsRejected))
        {
            var solution = golden.Statistics().Solve();
            Assert.Empty(solution.Used);
            Assert.Equal(RoastError.NoContrast, Assert.Throws<RoastException>(() => solution.ToVector()).Kind);
            seen++;
        }
        Assert.Equal(3, seen);
    }

    [Fact]
    public void Shards_merge_in_every_order_to_the_whole()
    {
        int seen = 0;
        foreach (var golden in RoastGoldens.Require().Merges)
        {
            foreach (int[] order in new int[][] { [0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0] })
            {
                var shards = golden.Shards();
                var whole = shards[order[0]];
                whole.Merge(shards[order[1]]);
                whole.Merge(shards[order[2]]);
                Near.EqualToScale(golden["delta"], Contrasts(whole.Solve()), golden.Tolerance, golden.Name);
                foreach (var scaling in RoastCase.Scalings)
                    Near.EqualToScale(golden[$"v.{scaling.Name()}"], whole.Solve(scaling).Vector(RoastCase.Point), golden.Tolerance, golden.Name);
                seen++;
            }
        }
        Assert.Equal(18, seen);
    }

    static double Largest(double[] values) => values.Max(Math.Abs);

    static double[] Contrasts(ContrastSolution solution) =>
        [.. Enumerable.Range(0, solution.Used.Count).SelectMany(q => solution.Contrast(RoastCase.Point, q).ToArray())];
}
