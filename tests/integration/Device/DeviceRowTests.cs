using Roast.Contrast;
using Roast.Onnx;
using Roast.Onnx.Rows;
using Roast.Sampling;
using Roast.Tests.Integration.DefaultModel;
using Roast.Tests.Integration.HalfModels;
using Roast.Tests.Integration.TinyRandom;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Device;

/// <summary>Rows on a device answer, and capture, as rows on the host do: the same session over the same values, so to the bit.</summary>
public class DeviceRowTests(TwoAnnotators reference)
{
    static readonly string[] Places = ["mlp_act.*,attn_out.*", "resid_post.1", "attn_out.last", "resid_post.*", "mlp_out.2"];

    [Theory, InlineData(1, false), InlineData(7, false), InlineData(7, true), InlineData(64, false)]
    public void Rows_of_every_kind_that_join_move_and_leave_have_the_hosts_tokens(int maxRows, bool recordSteps)
    {
        var requests = Requests();
        using var host = SteerableModel.Open(Repository.DefaultModel, new RuntimeOptions { MaxRows = maxRows });
        using var device = DeviceModel.Open(DeviceModel.Twins(recordSteps) with { MaxRows = maxRows });
        var (expected, actual) = (Run(host, requests, []), Run(device, requests, []));
        for (int i = 0; i < requests.Count; i++) Assert.True(expected[i].Tokens.SequenceEqual(actual[i].Tokens), $"row {i}: {string.Join(',', actual[i].Tokens)}, expected {string.Join(',', expected[i].Tokens)}");
    }

    [Theory, InlineData(Pool.Last), InlineData(Pool.LastContent), InlineData(Pool.Mean), InlineData(Pool.MeanContent), InlineData(Pool.Mean, Pool.LastContent, Pool.Last, Pool.MeanContent)]
    public void What_a_rollout_captures_has_the_hosts_bits(params Pool[] pools)
    {
        var points = PointPattern.Everything.Resolve(reference.Model.Shape.Layers);
        var requests = Requests().Select((request, i) => request with { Capture = pools, Sampler = SamplerOptions.Rollouts, MaxTokens = 1 + i % 8 }).ToList();
        using var host = SteerableModel.Open(Repository.DefaultModel, new RuntimeOptions { MaxRows = 9 });
        using var device = DeviceModel.Open(DeviceModel.Twins() with { MaxRows = 9 });
        var (expected, actual) = (Run(host, requests, points), Run(device, requests, points));
        for (int i = 0; i < requests.Count; i++)
            for (int p = 0; p < pools.Length; p++) Near.SameBits(expected[i].Activations[p], actual[i].Activations[p], $"row {i}, {pools[p]}, {expected[i].Stop}");
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Steps_logits_have_the_hosts_bits_in_float32_and_in_float16(bool half)
    {
        using var tiny = half ? HalfModel.Tiny("qwen3-tied") : null;
        string path = tiny?.Folder ?? SharedData.Require("models", "tiny-random", "qwen3-tied");
        using var host = SteerableModel.Open(path);
        using var device = SteerableModel.Open(path, DeviceModel.Twins());
        var vector = new SteeringVector([KeyValuePair.Create(new Point(Site.ResidPost, 1), Enumerable.Range(0, host.Shape.HiddenSize).Select(i => (i % 5 - 2) / 7f).ToArray())]);
        List<float[]> Logits(SteerableModel model, params Steering?[] rows)
        {
            var all = new List<float[]>();
            model.Rows.Run([.. rows.Select((steering, i) => new RowRequest { Prompt = [3 + i, 5, 7], Steering = steering, MaxTokens = 6, OnLogits = (_, logits) => all.Add(logits.ToArray()) })], [], (_, _) => { }, default);
            return all;
        }
        foreach (Steering?[] rows in (Steering?[][])[[null], [vector.At(0.7f)], [vector.At(0.7f), null, vector.At(-1.3f, Scope.All), vector.At(0f)]])
        {
            var (expected, actual) = (Logits(host, rows), Logits(device, rows));
            Assert.Equal(6 * rows.Length, actual.Count);
            for (int i = 0; i < expected.Count; i++) Near.SameBits(expected[i], actual[i], $"{rows.Length} rows, {i}");
        }
    }

    [Theory, MemberData(nameof(Models))]
    public async Task Sequences_that_are_read_have_the_hosts_bits(string name)
    {
        using var host = new TinyModel(name);
        using var device = SteerableModel.Open(host.Model.FullPath, DeviceModel.Twins());
        var points = PointPattern.Everything.Resolve(host.Model.Shape.Layers);
        var (expected, actual) = (await host.Model.ReadActivationsAsync(host.Prompt("p2"), points, logits: true), await device.ReadActivationsAsync(host.Prompt("p2"), points, logits: true));
        Near.SameBits(expected.Logits!, actual.Logits!, "logits");
        foreach (var point in points) Near.SameBits(expected.Values[point], actual.Values[point], $"{point}");
    }

    public static TheoryData<string> Models => [.. TinyModel.All];

    [Fact]
    public async Task Loops_side_by_side_on_one_device_take_turns_and_give_everything_back()
    {
        var launcher = new CountingLauncher();
        int[] prompt = reference.Model.EncodePrompt("457+385=");
        using (var device = DeviceModel.Open(DeviceModel.Twins(launcher: launcher)))
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => device.CompleteAsync(prompt, new()
            {
                MaxTokens = 12, IgnoreEnd = true, Sampler = SamplerOptions.Rollouts, Seed = (ulong)i, Steering = reference.Vector("max_norm", Places[i % Places.Length]).At(0.3f),
            }))));
            for (int i = 0; i < answers.Length; i++)
                Assert.Equal((await reference.Model.CompleteAsync(prompt, new()
                {
                    MaxTokens = 12, IgnoreEnd = true, Sampler = SamplerOptions.Rollouts, Seed = (ulong)i, Steering = reference.Vector("max_norm", Places[i % Places.Length]).At(0.3f),
                })).Ids, answers[i].Ids);
            Assert.Equal(("twins", null), (device.DeviceName, device.DeviceNote));
            Assert.False(launcher.IsDisposed);
        }
        Assert.Equal((false, 0, true), (launcher.WasEnteredTwice, launcher.Alive, launcher.IsDisposed));
    }

    [Fact]
    public void A_run_that_is_cancelled_in_a_step_leaves_the_model_as_it_was()
    {
        using var device = DeviceModel.Open();
        int[] prompt = reference.Model.EncodePrompt("457+385=");
        using var cancel = new CancellationTokenSource();
        int seen = 0;
        var request = new RowRequest { Prompt = prompt, MaxTokens = 100, OnToken = _ => { if (++seen == 5) cancel.Cancel(); return true; } };
        Assert.Throws<OperationCanceledException>(() => device.Rows.Run([request, request with { Seed = new RowSeed(1, 1, 1) }], [], (_, _) => { }, cancel.Token));
        var again = new RowRequest { Prompt = prompt, MaxTokens = 8 };
        Assert.Equal(Run(reference.Model, [again], [])[0].Tokens, Run(device, [again], [])[0].Tokens);
    }

    [Fact]
    public void A_model_that_computes_no_number_is_the_hosts_error_with_the_place()
    {
        // Two blocks add 3e38 each: the residual becomes infinite, and the norm behind it NaN.
        Point[] points = [new(Site.ResidPost, 0), new(Site.ResidPost, 1)];
        var vector = new SteeringVector(points.Select(point => KeyValuePair.Create(point, Enumerable.Repeat(1e38f, reference.Model.Shape.HiddenSize).ToArray())));
        string Error(SteerableModel model)
        {
            var e = Assert.Throws<RoastException>(() => model.Rows.Run([new RowRequest { Prompt = [1, 2], Steering = vector.At(3f), MaxTokens = 2 }], points, (_, _) => { }, default));
            Assert.Equal(RoastError.NotFinite, e.Kind);
            return e.Message;
        }
        using var device = DeviceModel.Open();
        Assert.Equal(Error(reference.Model), Error(device));
    }

    static RowResult[] Run(SteerableModel model, List<RowRequest> requests, IReadOnlyList<Point> points)
    {
        var results = new RowResult[requests.Count];
        model.Rows.Run(requests, points, (i, result) => results[i] = result, TestContext.Current.CancellationToken);
        return results;
    }

    /// <summary>Prompts that repeat, some of them sharing a prefill; each row its own steering, scope, sampler and length.</summary>
    List<RowRequest> Requests()
    {
        var random = new Random(19);
        var questions = TwoAnnotators.Problems("dev").Questions;
        return [.. Enumerable.Range(0, 48).Select(i => new RowRequest
        {
            Prompt = reference.Model.EncodePrompt(questions[i / 4].Prompt),
            Steering = random.Next(4) == 0 ? null : reference.Vector("max_norm", Places[random.Next(Places.Length)]).At(random.Next(-4, 5) / 4f, (Scope)random.Next(4)),
            Sampler = random.Next(2) == 0 ? SamplerOptions.Greedy : SamplerOptions.Rollouts,
            Seed = new RowSeed(3, (uint)i, 0),
            MaxTokens = random.Next(1, 12),
            EndTokens = random.Next(5) == 0 ? [] : reference.Model.EndTokenArray,
        })];
    }
}
