using CsCheck;
using Roast.Contrast;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Core.Contrast;

public class ContrastLawTests
{
    static readonly Gen<float> Value = Gen.Float[-100, 100];
    static readonly Gen<SoftScaling> Scaling = Gen.Int[0, 3].Select(i => (SoftScaling)i);

    /// <summary>Kind 0, 1: rollout, incorrect or correct; 2: reference; 3: known wrong.</summary>
    static readonly Gen<(int Question, int Kind, int Shard, float[] Row)> Answer = Gen.Select(Gen.Int[0, 6], Gen.Int[0, 9].Select(k => k < 8 ? k % 2 : k - 6), Gen.Int[0, 4], Value.Array[7]);

    [Fact]
    public void Any_partition_into_shards_merged_in_any_order_gives_the_whole() =>
        Gen.Select(Answer.Array[1, 60], Gen.Shuffle(Enumerable.Range(0, 5).ToArray()), Scaling).Sample((answers, order, scaling) =>
        {
            var layout = new ActivationLayout([new Point(Site.ResidPost, 1), new Point(Site.MlpAct, 2)], p => p.Layer == 1 ? 3 : 4);
            var whole = new ContrastStatistics(layout);
            ContrastStatistics[] shards = [.. Enumerable.Range(0, 5).Select(_ => new ContrastStatistics(layout))];
            foreach (var (question, kind, shard, row) in answers)
            {
                Add(whole, question, kind, row);
                Add(shards[shard], question, kind, row);
            }
            var merged = new ContrastStatistics(layout);
            foreach (int shard in order) merged.Merge(shards[shard]);
            ContrastSolution expected = whole.Solve(scaling), actual = merged.Solve(scaling);
            Assert.Equal(expected.Used, actual.Used);
            Assert.Equal(expected.Counts, actual.Counts);
            Assert.Equal(whole.Questions, merged.Questions);
            foreach (var point in layout.Points)
            {
                Assert.Equal(expected.MeanNorms.GetValueOrDefault(point), actual.MeanNorms.GetValueOrDefault(point), 1e-3);
                if (expected.Used.Count == 0) continue;
                for (int q = 0; q < expected.Used.Count; q++)               // sums of up to 60 values of at most 100
                    Assert.All(expected.Contrast(point, q).ToArray().Zip(actual.Contrast(point, q).ToArray()), p => Assert.Equal(p.First, p.Second, 100 * Tolerance.Float64Sums));
            }
        }, iter: 300);

    [Fact]
    public void A_contrast_the_other_way_round_scales_the_other_way_round() =>
        Gen.Select(Gen.Double[-1e3, 1e3].Array[1, 40], Scaling).Sample((d, scaling) =>
        {
            double[] plus = [.. d], minus = Array.ConvertAll(d, x => -x);
            Assert.Equal(SoftScale.Apply(plus, scaling), SoftScale.Apply(minus, scaling));
            Assert.Equal(plus, Array.ConvertAll(minus, x => -x));
        }, iter: 500);

    [Fact]
    public void Max_norm_is_bounded_by_1_and_l2_norm_has_length_1_at_any_magnitude() =>
        Gen.Select(Gen.Double[-1, 1].Array[1, 40], Gen.Int[-6, 307]).Sample((d, exponent) =>
        {
            double scale = Math.Pow(10, exponent), max = d.Max(Math.Abs) * scale;
            double[] a = Array.ConvertAll(d, x => x * scale), b = [.. a];
            if (max <= 1e-7) return;                                        // near the threshold each scaling decides by its own size
            Assert.True(SoftScale.Apply(a, SoftScaling.MaxNorm) && SoftScale.Apply(b, SoftScaling.L2Norm));
            Assert.Equal(1, a.Max(Math.Abs));
            Assert.Equal(1, Math.Sqrt(b.Sum(x => x * x)), Tolerance.Float64Sums);
        }, iter: 500);

    [Fact]
    public void Softmax_magnitudes_add_up_to_the_width_and_keep_the_order() =>
        Gen.Double[-500, 500].Array[2, 40].Sample(d =>
        {
            double[] scaled = [.. d];
            SoftScale.Apply(scaled, SoftScaling.Softmax);
            if (!d.Contains(0)) Assert.Equal(1, scaled.Sum(Math.Abs) / d.Length, Tolerance.Float64Sums);
            for (int i = 1; i < d.Length; i++)
                if (Math.Abs(d[i]) > Math.Abs(d[i - 1])) Assert.True(Math.Abs(scaled[i]) >= Math.Abs(scaled[i - 1]));
        }, iter: 300);

    [Fact]
    public void The_order_in_which_questions_come_does_not_change_a_bit() =>
        Gen.Select(Value.Array[6], Gen.Shuffle(Enumerable.Range(0, 3).ToArray())).Sample((values, order) =>
        {
            ContrastStatistics Of(int[] questions)
            {
                var statistics = new ContrastStatistics(new ActivationLayout([new Point(Site.ResidPost, 0)], _ => 1));
                foreach (int q in questions)
                {
                    Add(statistics, q, 1, [values[q]]);
                    Add(statistics, q, 0, [values[q + 3]]);
                }
                return statistics;
            }
            var point = new Point(Site.ResidPost, 0);
            Assert.Equal(Of([0, 1, 2]).Solve(SoftScaling.None).Vector(point).ToArray(), Of(order).Solve(SoftScaling.None).Vector(point).ToArray());
        }, iter: 200);

    static void Add(ContrastStatistics statistics, int question, int kind, float[] row)
    {
        string name = $"q{question}";
        if (kind < 2) statistics.AddRollout(name, "r", kind == 1, row);
        else if (kind == 2) statistics.AddReference(name, row);
        else statistics.AddKnownWrong(name, row);
    }
}
