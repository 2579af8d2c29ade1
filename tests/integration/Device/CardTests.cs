using Roast.Contrast;
using Roast.Cuda;
using Roast.Onnx;
using Roast.Onnx.Rows;
using Roast.Sampling;
using Roast.Tests.Integration.DefaultModel;
using Roast.Tests.Integration.HalfModels;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Device;

/// <summary>
/// The device path on a card, where the build has ONNX Runtime's CUDA provider and there is one (in such a build ROAST_EXPECT_GPU=1 makes the card's
/// absence a failure), and on the twins, so that the tests themselves are tested. The reference is the same float16 model on the CPU, whose products sum in another order.
/// </summary>
public class CardTests(TwoAnnotators reference)
{
    [Theory, InlineData("card", false), InlineData("card", true), InlineData("twins", false), InlineData("twins", true)]
    public void Rows_on_a_card_choose_the_cpus_tokens_wherever_float16_can_tell(string where, bool recordSteps)
    {
        if (!IsThere(where)) return;
        using var half = new HalfModel(Repository.DefaultModel);
        using var card = SteerableModel.Open(half.Folder, Device(where, recordSteps));
        var requests = Requests(SamplerOptions.Greedy);
        var expected = requests.Select(_ => new List<(int Token, double Margin)>()).ToArray();
        half.Model.Rows.Run([.. requests.Select((request, row) => request with
        {
            OnLogits = (_, logits) => { var two = logits.ToArray().OrderDescending().Take(2).ToArray(); expected[row].Add((logits.IndexOf(two[0]), two[0] - two[1])); },
        })], [], (_, _) => { }, default);
        int compared = 0;
        card.Rows.Run(requests, [], (row, result) =>
        {
            for (int step = 0; step < result.Tokens.Length; step++)
            {
                var (token, margin) = expected[row][step];
                Assert.True(result.Tokens[step] == token || margin < 1, $"row {row}, step {step}: {result.Tokens[step]}, expected {token}; margin {margin}");
                if (result.Tokens[step] != token) return;
                compared++;
            }
        }, default);
        Assert.True(compared > requests.Count, $"{compared} tokens were compared.");
    }

    [Theory, InlineData("card", Pool.Last), InlineData("card", Pool.Mean), InlineData("twins", Pool.Last), InlineData("twins", Pool.Mean)]
    public void Captures_on_a_card_are_what_its_second_pass_reads(string where, Pool pool)
    {
        if (!IsThere(where)) return;
        using var half = new HalfModel(Repository.DefaultModel, Device(where, recordSteps: false));
        var points = PointPattern.Everything.Resolve(half.Model.Shape.Layers);
        var requests = Requests(SamplerOptions.Rollouts).Select(request => request with { Steering = null, Capture = [pool] }).ToList();
        var results = new RowResult[requests.Count];
        half.Model.Rows.Run(requests, points, (i, result) => results[i] = result, default);
        using var reader = new Roast.Onnx.Fit.AnswerReader(half.Model, points, [pool]);
        for (int i = 0; i < results.Length; i++) Near.EqualToScale(reader.Read(requests[i].Prompt, results[i].Tokens, default)[0], results[i].Activations[0], Tolerance.Float16Logits, $"row {i}");
    }

    List<RowRequest> Requests(SamplerOptions sampler) => [.. TwoAnnotators.Problems("dev").Questions.Take(12).Select((question, i) => new RowRequest
    {
        Prompt = reference.Model.EncodePrompt(question.Prompt),
        Steering = i % 3 == 0 ? null : reference.Vector("max_norm", "attn_out.last").At(i % 3 * 0.2f),
        Sampler = sampler, Seed = new RowSeed(2, (uint)i, 0), MaxTokens = 6 + i % 3, EndTokens = reference.Model.EndTokenArray,
    })];

    static RuntimeOptions Device(string where, bool recordSteps) => where == "twins" ? DeviceModel.Twins(recordSteps) : new RuntimeOptions { Device = new CudaModelDevice { RecordSteps = recordSteps } };

    static bool IsThere(string where)
    {
        if (where == "twins") return true;
        bool hasProvider = ExecutionProviders.Available.Contains("CUDAExecutionProvider");
        string? why = hasProvider ? CudaDevices.Discover().WhyNoneUsable : "This build has no CUDAExecutionProvider.";
        if (why is null) return true;
        if (hasProvider && Environment.GetEnvironmentVariable("ROAST_EXPECT_GPU") == "1") Assert.Fail($"ROAST_EXPECT_GPU=1 promises a card. {why}");
        Assert.Skip($"{why} In a build with the provider, ROAST_EXPECT_GPU=1 makes this a failure.");
        return false;
    }
}
