using Roast.Contrast;
using Roast.Onnx;
using Roast.Tasks;
using Roast.Tests.Integration.DefaultModel;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Device;

/// <summary>A fit on a device: the host's vector, and what crosses to get it.</summary>
public class DeviceFitTests(TwoAnnotators reference)
{
    const int Rollouts = 3;
    static readonly RoastOptions Options = new() { MaxAnswerTokens = TwoAnnotators.MaxAnswerTokens, Rollouts = Rollouts, Points = PointPattern.Everything };

    /// <summary>Of which some questions are mixed, some re-read, some have a known wrong answer, and some are skipped.</summary>
    static RoastTask Questions { get; } = Of(TwoAnnotators.Problems("train").Take(36));

    static RoastTask Of(RoastTask task) => new(task.Name, [.. task.Questions.Select((x, i) => i % 2 == 0 ? x : x with { Wrong = null })], task.Verifier);

    public static TheoryData<Pool, SoftScaling> Kinds
    {
        get
        {
            var kinds = new TheoryData<Pool, SoftScaling>();
            foreach (var pool in Enum.GetValues<Pool>())
                foreach (var scaling in Enum.GetValues<SoftScaling>()) kinds.Add(pool, scaling);
            return kinds;
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_fit_gives_the_hosts_vector_to_float32s_rounding(Pool pool, SoftScaling scaling)
    {
        using var device = DeviceModel.Open(DeviceModel.Twins() with { MaxRows = 11 });
        using var host = SteerableModel.Open(Repository.DefaultModel, new RuntimeOptions { MaxRows = 11 });
        var (expected, actual) = (await FitAsync(host, pool, scaling), await FitAsync(device, pool, scaling));
        var counts = expected.Solution.Counts;
        Assert.True(counts is { Mixed: > 2, Reread: > 0, KnownWrong: > 0, Skipped: > 0 }, $"{counts}");
        Assert.Equal(expected.Rollouts.Select(x => string.Join(',', x.Ids)), actual.Rollouts.Select(x => string.Join(',', x.Ids)));
        Assert.Equal((counts, expected.TooLong, (string?)null), (actual.Solution.Counts, actual.TooLong, actual.Note));
        Assert.Equal((expected.Vector.Provenance.Method, expected.Vector.Provenance.Counts), (actual.Vector.Provenance.Method, actual.Vector.Provenance.Counts));
        Assert.Equal(expected.Solution.DegenerateByPoint, actual.Solution.DegenerateByPoint);
        foreach (var point in expected.Vector.Points)
        {
            Near.EqualToScale(expected.Vector[point].Span, actual.Vector[point].Span, Tolerance.RoundedToFloat32, $"{point}");
            float norm = expected.Vector.Provenance.MeanNorms[point];
            Near.Equal([norm], [actual.Vector.Provenance.MeanNorms[point]], norm * Tolerance.RoundedToFloat32, $"norm at {point}");
        }
        foreach (var other in Enum.GetValues<SoftScaling>())
        {
            var (a, b) = (expected.Statistics.Solve(other, 0.25).ToVector(), actual.Statistics.Solve(other, 0.25).ToVector());
            foreach (var point in a.Points) Near.SameBits(a[point].Span, b[point].Span, $"{other} at {point} from the statistics");
        }
    }

    [Fact]
    public async Task Fits_by_all_pools_from_one_sampling_give_the_hosts_vectors()
    {
        using var device = DeviceModel.Open(DeviceModel.Twins() with { MaxRows = 11 });
        using var host = SteerableModel.Open(Repository.DefaultModel, new RuntimeOptions { MaxRows = 11 });
        var pools = Enum.GetValues<Pool>();
        var (expected, actual) = (await Roaster.FitByAllAsync(host, Questions, Options, pools, null, TestContext.Current.CancellationToken),
            await Roaster.FitByAllAsync(device, Questions, Options, pools, null, TestContext.Current.CancellationToken));
        Assert.Equal(pools, actual.Select(fit => fit.Vector.Provenance.Pool!.Value));
        foreach (var (one, other) in expected.Zip(actual))
        {
            Assert.Equal(one.Solution.Counts, other.Solution.Counts);
            foreach (var point in one.Vector.Points) Near.EqualToScale(one.Vector[point].Span, other.Vector[point].Span, Tolerance.RoundedToFloat32, $"{one.Vector.Provenance.Pool} at {point}");
        }
    }

    [Theory, InlineData(Pool.Last), InlineData(Pool.Mean)]
    public async Task The_vector_states_and_norms_cross_and_no_rollouts_activations(Pool pool)
    {
        var launcher = new CountingLauncher();
        using var device = DeviceModel.Open(DeviceModel.Twins(launcher: launcher));
        var fit = await FitAsync(device, pool, SoftScaling.MaxNorm);
        var (points, counts) = (fit.Solution.Layout.Points.Count, fit.Solution.Counts);
        long total = fit.Solution.Layout.TotalWidth;
        Assert.DoesNotContain(total * sizeof(float), launcher.Downloads);
        Assert.Single(launcher.Downloads, total * sizeof(double));                                       // the vector
        Assert.Single(launcher.Downloads, (long)points * fit.Solution.Used.Count * sizeof(int));         // the states
        int looks = (Questions.Questions.Count * Rollouts + counts.Reread + counts.KnownWrong) / 64 + 1;
        Assert.Equal(looks + 2, launcher.Downloads.Count(bytes => bytes == points * sizeof(double)));    // and norms of rollouts and of stand-ins
        Assert.Equal(counts.Reread + counts.KnownWrong, launcher.Uploads.Count(bytes => bytes == total * sizeof(float)));
        int before = launcher.Downloads.Count;
        Assert.True(fit.ToString().Length > 20 && launcher.Downloads.Count == before && launcher.Alive > 0);
        int sums = Questions.Questions.Sum(question => fit.Rollouts.Where(x => x.QuestionId == question.Id).Select(x => x.IsCorrect).Distinct().Count()) + counts.Reread + counts.KnownWrong;
        Assert.Equal(Questions.Questions.Count, fit.Statistics.Questions.Count);
        Assert.Equal(sums, launcher.Downloads.Skip(before).Count(bytes => bytes == total * sizeof(double)));
        Assert.Equal(sums + 2, launcher.Downloads.Count - before);
        Assert.Equal(0, launcher.Alive);
        _ = (fit.Statistics.Rollouts, fit.Solution.Contrast(fit.Vector.Points[0], 0));
        Assert.Equal(sums + 2, launcher.Downloads.Count - before);
    }

    [Fact]
    public async Task Contrasts_of_single_questions_are_the_hosts_once_somebody_looks()
    {
        using var device = DeviceModel.Open();
        var (expected, actual) = (await FitAsync(reference.Model, Pool.Last, SoftScaling.L2Norm), await FitAsync(device, Pool.Last, SoftScaling.L2Norm));
        Assert.Equal(expected.Solution.Used, actual.Solution.Used);
        for (int q = 0; q < expected.Solution.Used.Count; q++)
            foreach (var point in expected.Vector.Points) Assert.Equal(expected.Solution.Contrast(point, q).ToArray(), actual.Solution.Contrast(point, q).ToArray());
        var found = await FitAnalysis.RunAsync(actual, new AnalysisOptions { Resamples = 20 });
        Assert.Equal((await FitAnalysis.RunAsync(expected, new AnalysisOptions { Resamples = 20 })).Points.Select(x => x.Point), found.Points.Select(x => x.Point));
    }

    [Fact]
    public async Task Statistics_that_nobody_asked_for_are_gone_with_the_model_and_the_error_says_so()
    {
        FitResult asked, forgotten;
        var launcher = new CountingLauncher();
        using (var device = DeviceModel.Open(DeviceModel.Twins(launcher: launcher)))
        {
            (asked, forgotten) = (await FitAsync(device, Pool.Last, SoftScaling.MaxNorm), await FitAsync(device, Pool.Last, SoftScaling.MaxNorm));
            Assert.NotEmpty(asked.Statistics.Questions);
        }
        Assert.Equal(0, launcher.Alive);
        Assert.Equal(Questions.Questions.Count * Rollouts, asked.Statistics.Rollouts);
        Assert.Contains("before closing", Assert.Throws<ObjectDisposedException>(() => forgotten.Statistics).Message);
        Assert.Contains("before closing", Assert.Throws<ObjectDisposedException>(() => forgotten.Solution.Contrast(forgotten.Vector.Points[0], 0)).Message);
        Assert.NotEmpty(forgotten.Solution.MeanNorms);
    }

    [Fact]
    public async Task A_fit_that_is_wanted_for_its_vector_alone_and_one_that_fails_leave_nothing_on_the_device()
    {
        var launcher = new CountingLauncher();
        using var device = DeviceModel.Open(DeviceModel.Twins(launcher: launcher));
        await Roaster.FitAsync(device, Questions, Options);
        Assert.Equal(0, launcher.Alive);
        var right = new RoastTask("right", [.. Questions.Questions.Take(4).Select(x => x with { Wrong = null })], new Always());
        var e = await Assert.ThrowsAsync<RoastException>(() => Roaster.FitInDetailAsync(device, right, Options));
        Assert.Equal((RoastError.NoContrast, 0), (e.Kind, launcher.Alive));
        var onHost = await Assert.ThrowsAsync<RoastException>(() => Roaster.FitInDetailAsync(reference.Model, right, Options));
        Assert.Equal(onHost.Message, e.Message);
    }

    [Fact]
    public async Task Where_the_device_has_no_room_the_host_makes_the_same_vector_and_a_note_says_why()
    {
        var launcher = new CountingLauncher { FreeBytes = 1 << 20 };
        using var device = DeviceModel.Open(DeviceModel.Twins(launcher: launcher));
        var (expected, actual) = (await FitAsync(reference.Model, Pool.Last, SoftScaling.MaxNorm), await FitAsync(device, Pool.Last, SoftScaling.MaxNorm));
        foreach (var point in expected.Vector.Points) Near.SameBits(expected.Vector[point].Span, actual.Vector[point].Span, $"{point}");
        Assert.Matches("^The contrast is made on the host: The sums of 36 questions .* 1,048,576 .*at a time", actual.Note);
    }

    [Theory, InlineData(FitMethod.Roast, true), InlineData(FitMethod.MeanDifference, false), InlineData(FitMethod.Caa, false)]
    public async Task What_needs_single_rollouts_or_reads_its_answers_is_made_on_the_host_to_the_bit(FitMethod method, bool keeps)
    {
        var options = Options with { Method = method, KeepActivations = keeps };
        using var device = DeviceModel.Open();
        var (expected, actual) = (await Roaster.FitInDetailAsync(reference.Model, Questions, options), await Roaster.FitInDetailAsync(device, Questions, options));
        foreach (var point in expected.Vector.Points) Near.SameBits(expected.Vector[point].Span, actual.Vector[point].Span, $"{point}");
        Assert.Equal((expected.Activations?.Count, (string?)null), (actual.Activations?.Count, actual.Note));
    }

    [Fact]
    public async Task Damaged_weights_are_named_by_question_rollout_and_point_as_on_the_host()
    {
        using var damaged = DamagedModel.WithNaNIn("model.layers.3.self_attn.o_proj.weight");
        using var host = SteerableModel.Open(damaged.Folder);
        using var device = SteerableModel.Open(damaged.Folder, DeviceModel.Twins());
        var expected = await Assert.ThrowsAsync<RoastException>(() => Roaster.FitAsync(host, Questions, Options));
        var actual = await Assert.ThrowsAsync<RoastException>(() => Roaster.FitAsync(device, Questions, Options));
        Assert.Equal((RoastError.NotFinite, expected.Message), (actual.Kind, actual.Message));
    }

    static Task<FitResult> FitAsync(SteerableModel model, Pool pool, SoftScaling scaling) => Roaster.FitInDetailAsync(model, Questions, Options with { Pool = pool, Scaling = scaling });

    sealed class Always : IVerifier
    {
        public Verdict Check(Question question, string response) => new(true, "always");
    }
}
