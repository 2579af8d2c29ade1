using Roast.Contrast;
using Roast.Cuda.Rows;
using Roast.Cuda.Twins;
using Roast.Onnx.Devices;
using Roast.Onnx.Fit;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Device;

/// <summary>Sums, votes, norms and errors on a device are those of <see cref="ContrastStatistics"/> on the host, for questions of every kind.</summary>
public class DeviceSumsTests
{
    const int Questions = 45;
    static readonly ActivationLayout Layout = new([new(Site.MlpAct, 0), new(Site.AttnOut, 0), new(Site.ResidPost, 1)], point => point.Site == Site.MlpAct ? 37 : point.Site == Site.AttnOut ? 5 : 64);

    [Theory, InlineData(SoftScaling.MaxNorm), InlineData(SoftScaling.L2Norm), InlineData(SoftScaling.Softmax), InlineData(SoftScaling.None)]
    public void Every_scaling_gives_the_hosts_vector_counts_states_and_norms(SoftScaling scaling)
    {
        using var rows = new CudaRows(new CountingLauncher(), 0, records: false);
        FitSums host = new HostSums(Layout), device = new DeviceSums(Layout, rows.Contrasts(Layout, 2 * Questions)!);
        foreach (var add in Additions()) { add(host); add(device); }
        var (expected, actual) = (host.Solve(scaling, 0.5), device.Solve(scaling, 0.5));
        var counts = expected.Counts;
        Assert.True(counts is { Mixed: > 5, Reread: > 1, KnownWrong: > 2, Skipped: > 2, Degenerate: > 2 }, $"{counts}");
        Same(expected, actual);
        Near.EqualToScale(expected.ToVector()[Layout.Points[2]].Span, actual.ToVector()[Layout.Points[2]].Span, Tolerance.RoundedToFloat32);
    }

    [Fact]
    public void Sums_that_were_moved_to_the_host_have_its_bits_solve_any_other_way_and_merge()
    {
        using var rows = new CudaRows(new CountingLauncher(), 0, records: false);
        FitSums host = new HostSums(Layout), device = new DeviceSums(Layout, rows.Contrasts(Layout, 2 * Questions)!);
        foreach (var add in Additions()) { add(host); add(device); }
        var (expected, actual) = (host.Statistics.Value, device.Statistics.Value);
        Assert.Equal(expected.Questions, actual.Questions);
        Assert.All(expected.Questions, question => Assert.Equal(expected.Count(question), actual.Count(question)));
        Assert.Equal(expected.Rollouts, actual.Rollouts);
        foreach (double weight in (double[])[0, 0.25]) Same(expected.Solve(SoftScaling.L2Norm, weight), actual.Solve(SoftScaling.L2Norm, weight), exact: true);
        var (both, other) = (new ContrastStatistics(Layout), new ContrastStatistics(Layout));
        foreach (var (sum, shard) in ((ContrastStatistics, ContrastStatistics)[])[(both, expected), (other, actual)])
        {
            sum.AddRollout("q0000", "17", false, Row(999));
            sum.Merge(shard);
        }
        Same(both.Solve(), other.Solve(), exact: true);
    }

    [Fact]
    public void The_order_in_which_rows_end_changes_no_bit()
    {
        using var rows = new CudaRows(new CountingLauncher(), 0, records: false);
        FitSums first = new DeviceSums(Layout, rows.Contrasts(Layout, 2 * Questions)!), second = new DeviceSums(Layout, rows.Contrasts(Layout, 2 * Questions)!);
        foreach (var add in Additions()) add(first);
        foreach (var add in Additions(shuffled: true)) add(second);
        var (expected, actual) = (first.Solve(SoftScaling.MaxNorm, 0.5), second.Solve(SoftScaling.MaxNorm, 0.5));
        foreach (var point in Layout.Points) Assert.Equal(expected.Vector(point).ToArray(), actual.Vector(point).ToArray());
        foreach (var point in Layout.Points) Near.Equal([expected.MeanNorms[point]], [actual.MeanNorms[point]], expected.MeanNorms[point] * Tolerance.RoundedToFloat32);
    }

    [Theory, InlineData(1), InlineData(3000), InlineData(1 << 20)]
    public void Batches_of_any_size_give_one_vector(long mostBatchBytes)
    {
        using var launcher = new CountingLauncher();
        using var buffer = launcher.Allocate(3 * Layout.TotalWidth * sizeof(double));
        double[] sums = [.. Enumerable.Range(0, 3).SelectMany(i => Row(i)).Select(x => (double)x)];
        launcher.Upload<double>(buffer.As<double>(), sums);
        SumPair[] questions = [.. Enumerable.Range(0, 23).Select(q => new SumPair(q % 3, 1 + q % 4, (q + 1 + q % 2) % 3, 1 + q % 3, q % 5 == 0 ? 0.5 : 1))];
        using var pass = new CudaVote(launcher, questions, Layout, SoftScaling.None, mostBatchBytes);
        for (int point = 0; point < 3; point++) pass.Add(point, buffer.As<double>(), Layout.TotalWidth);
        var expected = new double[Layout.TotalWidth];
        foreach (var question in questions)
            for (int c = 0; c < expected.Length; c++)
                expected[c] += question.Weight / questions.Sum(x => x.Weight) * (sums[question.Correct * Layout.TotalWidth + c] / question.CorrectCount - sums[question.Incorrect * Layout.TotalWidth + c] / question.IncorrectCount);
        Near.EqualToScale(expected, pass.Read().Vector, Tolerance.Float64Sums);
    }

    [Theory, InlineData(float.NaN), InlineData(float.PositiveInfinity), InlineData(float.NegativeInfinity)]
    public void A_value_that_is_not_finite_has_the_hosts_message_and_is_found_before_the_fit_ends(float value)
    {
        using var rows = new CudaRows(new CountingLauncher(), 0, records: false);
        FitSums host = new HostSums(Layout), device = new DeviceSums(Layout, rows.Contrasts(Layout, 2 * Questions)!);
        float[] bad = Row(5), worse = Row(6);
        bad[40] = bad[39] = worse[3] = value;
        string expected = Assert.Throws<RoastException>(() => { for (int i = 0; i < 10; i++) host.AddRollout("q", $"{i}", i % 2 == 0, i == 7 ? bad : i == 8 ? worse : Row(i)); }).Message;
        Assert.Contains($"rollout 7: the activation at attn_out.0 has {value} in dimension 2", expected);
        device.AddQuestion("q");
        int added = 0;
        var e = Assert.Throws<RoastException>(() => { for (; added < 1000; added++) device.AddRollout("q", $"{added}", added % 2 == 0, added == 7 ? bad : added == 8 ? worse : Row(added)); });
        Assert.Equal((RoastError.NotFinite, expected), (e.Kind, e.Message));
        Assert.InRange(added, 8, 64);
        FitSums solved = new DeviceSums(Layout, rows.Contrasts(Layout, 2)!);
        solved.AddQuestion("q");
        solved.AddRollout("q", "7", true, bad);
        Assert.Equal(expected, Assert.Throws<RoastException>(() => solved.Solve(SoftScaling.None, 1)).Message);
    }

    [Fact]
    public void Sums_that_do_not_fit_into_half_of_the_free_memory_are_refused_before_anything_is_allocated()
    {
        var launcher = new CountingLauncher { FreeBytes = 2 * CudaContrasts.Bytes(Layout, 2 * Questions) - 2 };
        using var rows = new CudaRows(launcher, 0, records: false);
        var e = Assert.Throws<Roast.Cuda.CudaException>(() => rows.Contrasts(Layout, 2 * Questions));
        Assert.Equal(RoastError.Device, e.Kind);
        Assert.Contains($"{Questions} questions at 3 points take {CudaContrasts.Bytes(Layout, 2 * Questions):N0} bytes", e.Message);
        Assert.Equal(0, launcher.Alive);
        rows.Contrasts(Layout, 2 * Questions - 2)!.Dispose();
        Assert.Equal(0, launcher.Alive);
    }

    static void Same(ContrastSolution expected, ContrastSolution actual, bool exact = false)
    {
        Assert.Equal((expected.Counts, expected.Scaling), (actual.Counts, actual.Scaling));
        Assert.Equal(expected.Used, actual.Used);
        Assert.Equal(expected.DegenerateByPoint, actual.DegenerateByPoint);
        foreach (var point in Layout.Points)
        {
            Near.EqualToScale(expected.Vector(point), actual.Vector(point), exact ? 0 : Tolerance.Float64Sums, $"vector at {point}");
            Near.Equal([expected.MeanNorms[point]], [actual.MeanNorms[point]], expected.MeanNorms[point] * Tolerance.RoundedToFloat32, $"norm at {point}");
            for (int q = 0; q < expected.Used.Count; q++)
            {
                Assert.Equal(expected.Weight(q), actual.Weight(q));
                Assert.Equal(expected.Contrast(point, q).ToArray(), actual.Contrast(point, q).ToArray());
            }
        }
    }

    /// <summary>Mixed questions; such as are right, or wrong, throughout, with and without a stand-in; some whose contrast is degenerate at one point; two without an answer.</summary>
    static IEnumerable<Action<FitSums>> Additions(bool shuffled = false)
    {
        var all = new List<Action<FitSums>>();
        for (int i = 0; i < Questions; i++)
        {
            var (q, name) = (i, $"q{i * 7919 % 10000:0000}");
            if (q % 20 == 19) continue;
            for (int k = 0; k < 1 + q % 5; k++)
            {
                var (rollout, correct) = (k, q % 9 == 7 || (q % 9 != 8 && k % 2 == 0));
                all.Add(sums => sums.AddRollout(name, $"{rollout}", correct, Row(q, rollout, correct)));
            }
            if (q % 4 != 0) continue;
            if (q % 9 == 8) all.Add(sums => sums.AddReference(name, Row(q, 20, true)));
            else if (q % 9 == 7 || q % 5 == 0) all.Add(sums => sums.AddKnownWrong(name, Row(q, 21, false)));
        }
        if (shuffled) new Random(3).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(all));
        return [sums => { for (int q = 0; q < Questions; q++) sums.AddQuestion($"q{q * 7919 % 10000:0000}"); }, .. all];
    }

    /// <summary>Every third question has the same activations at the second point, whatever was answered.</summary>
    static float[] Row(int question, int rollout, bool correct)
    {
        float[] row = Row(1000 + question * 100 + rollout * 2 + (correct ? 1 : 0));
        if (question % 3 == 0) row.AsSpan(Layout.Range(1)).Fill(1.5f);
        return row;
    }

    static float[] Row(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Layout.TotalWidth).Select(_ => random.NextSingle() * 4 - 2)];
    }
}
