using Roast.Contrast;
using Roast.Onnx;
using Roast.Onnx.Rows;
using Roast.Sampling;
using Roast.Tests.Integration.TinyRandom;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.HalfModels;

/// <summary>Models that compute in float16: cache, logits, taps and ports are float16 too. The float32 run of the same weights is the reference.</summary>
public class HalfRunTests
{
    const int NewTokens = 24;

    public static TheoryData<string> Models => [.. TinyModel.All];

    [Theory, MemberData(nameof(Models))]
    public async Task Logits_and_activations_are_float32s_to_float16s_precision(string name)
    {
        using var single = new TinyModel(name);
        using var half = HalfModel.Tiny(name);
        var points = PointPattern.Everything.Resolve(single.Model.Shape.Layers);
        var (a, b) = (await single.Model.ReadActivationsAsync(single.Prompt("p1"), points, logits: true), await half.Model.ReadActivationsAsync(single.Prompt("p1"), points, logits: true));
        Near.EqualToScale(a.Logits!, b.Logits, Tolerance.Float16Logits, "logits");
        foreach (var point in points) Near.EqualToScale(a.Values[point], b.Values[point], Tolerance.Float16Logits, $"{point}");
    }

    [Theory, MemberData(nameof(Models))]
    public void Rows_of_a_batch_that_are_steered_each_by_itself_choose_float32s_tokens_wherever_float16_can_tell(string name)
    {
        using var single = new TinyModel(name);
        using var half = HalfModel.Tiny(name);
        var expected = Run(single.Model, Requests(single));
        var actual = Run(half.Model, Requests(single));
        int compared = 0;
        for (int row = 0; row < expected.Length; row++)
            for (int step = 0; step < NewTokens; step++)
            {
                var (logits, token) = expected[row][step];
                double tolerance = Tolerance.Float16Logits * logits.Max(MathF.Abs), margin = Margin(logits);
                Near.EqualToScale(logits, actual[row][step].Logits, Tolerance.Float16Logits, $"row {row}, step {step}");
                if (margin > 2 * tolerance) Assert.True(token == actual[row][step].Token, $"row {row}, step {step}: {actual[row][step].Token}, expected {token}; margin {margin}");
                if (token != actual[row][step].Token) break;                     // a near tie: from here on the rows are others
                compared++;
            }
        Assert.True(compared >= 2 * NewTokens, $"{compared} tokens were compared.");
        TestContext.Current.TestOutputHelper!.WriteLine($"{name}: {compared} of {expected.Length * NewTokens} greedy tokens before a near tie");
    }

    [Theory, MemberData(nameof(Pools))]
    public void What_is_captured_is_what_a_second_pass_reads(Pool pool)
    {
        using var single = new TinyModel("qwen3-tied");
        using var half = HalfModel.Tiny("qwen3-tied");
        var points = PointPattern.Everything.Resolve(single.Model.Shape.Layers);
        var requests = Enumerable.Range(0, 6).Select(i => new RowRequest
        {
            Prompt = single.Prompt(TinyModel.Prompts[i % 3]), Sampler = SamplerOptions.Rollouts, Seed = new RowSeed(3, (uint)i, 0), MaxTokens = 3 + i, Capture = [pool],
        }).ToList();
        var results = new RowResult[requests.Count];
        half.Model.Rows.Run(requests, points, (i, result) => results[i] = result, TestContext.Current.CancellationToken);
        using var reader = new Roast.Onnx.Fit.AnswerReader(half.Model, points, [pool]);
        for (int i = 0; i < results.Length; i++)
            Near.EqualToScale(reader.Read(requests[i].Prompt, results[i].Tokens, TestContext.Current.CancellationToken)[0], results[i].Activations[0], Tolerance.Float16Logits, $"row {i}");
    }

    public static TheoryData<Pool> Pools => [.. Enum.GetValues<Pool>()];

    [Fact]
    public void The_cache_takes_half_the_bytes_and_says_so_where_it_is_refused()
    {
        string Refusal(Func<RuntimeOptions, SteerableModel> open)
        {
            using var model = open(new RuntimeOptions { MaxKvBytes = 100 });
            return Assert.Throws<RoastException>(() => model.Rows.Run([new RowRequest { Prompt = [1], MaxTokens = 9 }], [], (_, _) => { }, default)).Message;
        }
        var shape = ModelSummary.Read(SharedData.Require("models", "tiny-random", "qwen2")).Shape;
        long bytes = 2L * shape.Layers * shape.KeyValueHeads * shape.HeadSize * 10 * sizeof(float);
        using var half = HalfModel.Tiny("qwen2");
        Assert.Contains($"needs {bytes:N0} bytes, above the limit of 100.", Refusal(options => SteerableModel.Open(SharedData.Require("models", "tiny-random", "qwen2"), options)));
        Assert.Contains($"needs {bytes / 2:N0} bytes, above the limit of 100.", Refusal(options => SteerableModel.Open(half.Folder, options)));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_steering_that_float16_cannot_hold_is_refused_with_its_point(bool onDevice)
    {
        using var half = HalfModel.Tiny("qwen2", onDevice ? Device.DeviceModel.Twins() : null);
        var point = new Point(Site.ResidPost, 1);
        var vector = new SteeringVector([KeyValuePair.Create(point, Enumerable.Repeat(1f, half.Model.Shape.HiddenSize).ToArray())]);
        await half.Model.CompleteAsync([1, 2], new() { Steering = vector.At(1f), MaxTokens = 1 });
        var e = await Assert.ThrowsAsync<RoastException>(() => half.Model.CompleteAsync([1, 2], new() { Steering = vector.At(65520f), MaxTokens = 1 }));
        Assert.Equal(RoastError.VectorDoesNotFit, e.Kind);
        Assert.Contains("adds 65520 at resid_post.1", e.Message);
    }

    /// <summary>A row per prompt unsteered, and one per prompt with a random vector of its own.</summary>
    static List<RowRequest> Requests(TinyModel tiny)
    {
        var ones = new SteeringVector(PointPattern.Parse("resid_post.1,mlp_act.2,attn_out.0,mlp_out.3").Resolve(tiny.Model.Shape.Layers)
            .Select(point => KeyValuePair.Create(point, Enumerable.Repeat(0.05f, tiny.Model.Shape.Width(point.Site)).ToArray())));
        return [.. Enumerable.Range(0, 6).Select(i => new RowRequest
        {
            Prompt = tiny.Prompt(TinyModel.Prompts[i % 3]),
            Steering = i < 3 ? null : ones.RandomOfEqualNorm((ulong)i).At(0.5f, (Scope)(i - 3)),
            MaxTokens = NewTokens,
        })];
    }

    static (float[] Logits, int Token)[][] Run(SteerableModel model, List<RowRequest> requests)
    {
        var steps = requests.Select(_ => new (float[] Logits, int Token)[NewTokens]).ToArray();
        var count = new int[requests.Count];
        model.Rows.Run([.. requests.Select((request, row) => request with
        {
            OnLogits = (step, logits) => steps[row][step].Logits = logits.ToArray(),
            OnToken = token => { steps[row][count[row]++].Token = token; return true; },
        })], [], (_, _) => { }, TestContext.Current.CancellationToken);
        return steps;
    }

    static double Margin(float[] logits)
    {
        var ordered = logits.OrderDescending().Take(2).ToArray();
        return (double)ordered[0] - ordered[1];
    }
}
