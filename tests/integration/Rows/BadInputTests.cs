using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Roast.Graph;
using Roast.Onnx;
using Roast.Onnx.Devices;
using Roast.Onnx.Rows;
using Roast.Onnx.Sessions;
using Roast.Tasks;
using Roast.Tests.Integration.DefaultModel;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Rows;

public class BadInputTests(TwoAnnotators reference)
{
    [Fact]
    public async Task A_prompt_that_fills_the_context_is_refused_with_both_sizes()
    {
        var e = await Assert.ThrowsAsync<RoastException>(() => reference.Model.CompleteAsync([.. Enumerable.Repeat(1, 256)], new() { MaxTokens = 1 }));
        Assert.Equal(RoastError.TooLarge, e.Kind);
        Assert.Contains("256", e.Message);
    }

    [Fact]
    public async Task A_most_beyond_all_contexts_is_refused_as_any_other_that_does_not_fit()
    {
        var e = await Assert.ThrowsAsync<RoastException>(() => reference.Model.CompleteAsync([1], new() { MaxTokens = int.MaxValue }));
        Assert.Equal(RoastError.TooLarge, e.Kind);
        Assert.Contains("2147483647", e.Message);
    }

    [Fact]
    public void More_values_than_an_array_holds_are_refused_before_they_are_computed()
    {
        SteerableModel.RequireArray(14_122, 152_064, "The logits");
        var e = Assert.Throws<RoastException>(() => SteerableModel.RequireArray(14_123, 152_064, "The logits"));
        Assert.Equal(RoastError.TooLarge, e.Kind);
        Assert.StartsWith("The logits of 14,123 positions", e.Message);
    }

    [Fact]
    public void A_sequence_that_has_no_room_leaves_a_reader_that_reads_the_next_one()
    {
        // Room for 100 tokens: 4 layers, keys and values, 4 bytes.
        var shape = reference.Model.Shape;
        long token = 2L * shape.Layers * shape.KeyValueHeads * shape.HeadSize * sizeof(float);
        using var model = SteerableModel.Open(Repository.DefaultModel, new RuntimeOptions { MaxKvBytes = 100 * token });
        var point = Point.Parse("resid_post.1");
        using var reader = model.OpenReader([point]);
        int[] ids = [.. Enumerable.Range(0, 101).Select(i => i % 200)];
        reader.Read(ids.AsSpan(0, 60), default);
        float[] before = reader.At(0, 59).ToArray();
        Assert.Equal(RoastError.TooLarge, Assert.Throws<RoastException>(() => reader.Read(ids, default)).Kind);
        reader.Read(ids.AsSpan(0, 60), default);
        Assert.Equal(before, reader.At(0, 59).ToArray());
        reader.Read(ids.AsSpan(0, 90), default);             // twice 60 would not fit, and 90 do
        Assert.Equal(90, reader.Positions);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void A_device_that_is_full_gets_back_what_a_batch_had_already_taken(int fits)
    {
        var device = new FullDevice { Fits = fits };
        var plan = new Plan { Taps = [Point.Parse("resid_post.1")], Ports = [Point.Parse("attn_out.0")], PortForm = PortForm.Shared };
        using var cache = new SessionCache(ModelGraph.FromHuggingFace(Repository.DefaultModel), new RuntimeOptions { Threads = 1 }, device);
        using var lease = cache.Rent(plan);
        Assert.Equal(RoastError.Device, Assert.Throws<RoastException>(() => new DecodeLoop(lease.Session, 2, 32, 1L << 30)).Kind);
        Assert.Equal(fits, device.Given.Count);              // cache, inputs, logits, tap; then a port
        Assert.All(device.Given, tensor => Assert.Throws<ObjectDisposedException>(() => { tensor.Read(0, 1); }));
    }

    /// <summary>The host, with room for so many tensors.</summary>
    sealed class FullDevice : RowDevice
    {
        readonly HostDevice _host = new();

        public int Fits { get; init; }
        public List<TensorMemory> Given { get; } = [];
        public override string Name => _host.Name;
        public override string? Note => null;
        public override void Configure(SessionOptions options) { }
        public override void Check(PlanSession session) { }
        public override TensorMemory Allocate(TensorElementType type, long length)
        {
            if (Given.Count == Fits) throw new RoastException(RoastError.Device, "full");
            Given.Add(_host.Allocate(type, length));
            return Given[^1];
        }
        public override PortMemory Ports(PlanSession session, int rows) => _host.Ports(session, rows);
        public override TapCaptures Captures(IReadOnlyList<TensorMemory> taps, IReadOnlyList<int> widths, int rows) => _host.Captures(taps, widths, rows);
        public override RunOptions RunOptions(bool repeats) => _host.RunOptions(repeats);
        public override void Run(InferenceSession session, RunOptions options, OrtIoBinding binding) => _host.Run(session, options, binding);
        public override void Dispose() { }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(275)]
    [InlineData(int.MaxValue)]
    public async Task A_token_id_outside_the_vocabulary_is_refused_before_it_reaches_the_model(int id)
    {
        var e = await Assert.ThrowsAsync<ArgumentException>(() => reference.Model.CompleteAsync([1, id]));
        Assert.Contains(id.ToString(System.Globalization.CultureInfo.InvariantCulture), e.Message);
    }

    [Fact]
    public async Task An_empty_prompt_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => reference.Model.CompleteAsync([]));

    [Fact]
    public void A_vector_of_another_width_is_refused_with_the_point_and_both_widths()
    {
        var vector = new SteeringVector([KeyValuePair.Create(Point.Parse("resid_post.1"), new float[64])]);
        var e = Assert.Throws<RoastException>(() => { reference.Model.Check(vector); });
        Assert.Equal(RoastError.VectorDoesNotFit, e.Kind);
        Assert.Contains("resid_post.1", e.Message);
        Assert.Contains("64", e.Message);
        Assert.Contains("96", e.Message);
    }

    [Fact]
    public void A_vector_with_a_layer_that_the_model_does_not_have_is_refused()
    {
        var vector = new SteeringVector([KeyValuePair.Create(Point.Parse("attn_out.4"), new float[96])]);
        Assert.Equal(RoastError.VectorDoesNotFit, Assert.Throws<RoastException>(() => { reference.Model.Check(vector); }).Kind);
    }

    [Fact]
    public async Task Damaged_weights_are_found_and_named_by_question_rollout_and_point()
    {
        using var damaged = DamagedModel.WithNaNIn("model.layers.2.self_attn.o_proj.weight");
        using var model = SteerableModel.Open(damaged.Folder);
        var e = await Assert.ThrowsAsync<RoastException>(() => Roaster.FitAsync(model, TwoAnnotators.Problems("train"), new RoastOptions { MaxAnswerTokens = 8 }));
        Assert.Equal(RoastError.NotFinite, e.Kind);
        Assert.Contains("train-0000", e.Message);
        Assert.Contains("rollout 0", e.Message);
        Assert.Contains("attn_out.2", e.Message);
    }

    [Fact]
    public async Task A_task_whose_answers_are_all_right_has_nothing_to_teach()
    {
        var task = new RoastTask("yes", [.. TwoAnnotators.Problems("train").Questions.Take(4).Select(x => x with { Wrong = null })], new Always(true));
        var e = await Assert.ThrowsAsync<RoastException>(() => Roaster.FitAsync(reference.Model, task, new RoastOptions { MaxAnswerTokens = 8 }));
        Assert.Equal(RoastError.NoContrast, e.Kind);
        Assert.Contains("4", e.Message);
    }

    [Fact]
    public async Task A_task_whose_answers_are_all_wrong_is_fitted_by_re_reading_the_references()
    {
        var task = new RoastTask("no", [.. TwoAnnotators.Problems("train").Questions.Take(4)], new Always(false));
        var fit = await Roaster.FitInDetailAsync(reference.Model, task, new RoastOptions { MaxAnswerTokens = 8 });
        Assert.Equal((4, 0, 4), (fit.Solution.Counts.Questions, fit.Solution.Counts.Mixed, fit.Solution.Counts.Reread));
        Assert.All(Enumerable.Range(0, 4), i => Assert.Equal(0.5, fit.Solution.Weight(i)));
    }

    [Fact]
    public async Task An_unknown_layer_is_refused_with_the_layers_that_there_are()
    {
        var e = await Assert.ThrowsAnyAsync<ArgumentException>(() => Roaster.FitAsync(reference.Model, TwoAnnotators.Problems("train"), new RoastOptions { Points = PointPattern.Parse("attn_out.7") }));
        Assert.Contains("0..3", e.Message);
    }

    [Fact]
    public async Task Cancelling_a_fit_ends_it_with_a_cancellation()
    {
        using var cancel = new CancellationTokenSource();
        var progress = new Inline(x => { if (x.Done == 5) cancel.Cancel(); });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Roaster.FitAsync(reference.Model, TwoAnnotators.Problems("train"), new RoastOptions { MaxAnswerTokens = 8 }, progress, cancel.Token));
    }

    [Fact]
    public void A_cache_above_the_limit_is_refused_with_the_bytes_it_needs()
    {
        using var model = SteerableModel.Open(Repository.DefaultModel, new RuntimeOptions { MaxKvBytes = 1000 });
        var e = Assert.Throws<RoastException>(() => model.CompleteAsync([1], new() { MaxTokens = 8 }).GetAwaiter().GetResult());
        Assert.Equal(RoastError.TooLarge, e.Kind);
        Assert.Contains("bytes", e.Message);
    }

    [Fact]
    public void A_model_that_was_disposed_says_so()
    {
        var model = SteerableModel.Open(Repository.DefaultModel);
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.CompleteAsync([1], new() { MaxTokens = 1 }).GetAwaiter().GetResult());
    }

    sealed class Always(bool verdict) : IVerifier
    {
        public Verdict Check(Question question, string response) => new(verdict, "always");
    }

    sealed class Inline(Action<WorkProgress> action) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => action(value);
    }
}
