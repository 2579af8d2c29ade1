using Roast.Graph.Protobuf;
using Roast.Onnx;
using Roast.Onnx.Rows;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.TinyRandom;

/// <summary>4-bit graphs of the GenAI builder: float32 activations, block-quantized products (genai-golden.safetensors, make_genai.py).</summary>
public class BuilderInt4Tests
{
    public static TheoryData<string> Models => new("qwen3-tied", "llama3-rope");

    [Theory, MemberData(nameof(Models))]
    public void Greedy_tokens_are_those_that_onnx_runtime_genai_gave(string name)
    {
        using var model = SteerableModel.Open(SharedData.Require("models", "tiny-random", name, "genai-int4"));
        var golden = Goldens(name);
        foreach (string prompt in TinyModel.Prompts)
        {
            int[] expected = golden.Int32s($"int4.{prompt}.ids");
            RowResult? result = null;
            model.Rows.Run([new RowRequest { Prompt = Prompt(name, prompt), MaxTokens = expected.Length }], [], (_, x) => result = x, TestContext.Current.CancellationToken);
            Assert.Equal(expected, result!.Tokens);
        }
    }

    [Theory, MemberData(nameof(Models))]
    public async Task With_activations_left_unrounded_the_logits_are_exact_and_every_block_adds_what_its_points_say(string name)
    {
        using var folder = new LinkedModel(SharedData.Require("models", "tiny-random", name, "genai-int4"));
        folder.Change(model =>
        {
            foreach (var node in model.Graph.Node.Where(node => node.OpType == "MatMulNBits")) node.Find("accuracy_level")!.I = 1;
        });
        using var model = SteerableModel.Open(folder.Path);
        var golden = Goldens(name);
        var points = PointPattern.Everything.Resolve(model.Shape.Layers);
        foreach (string prompt in TinyModel.Prompts)
        {
            var read = await model.ReadActivationsAsync(Prompt(name, prompt), points, logits: true);
            Near.Equal([.. golden.Doubles($"int4.{prompt}.logits_exact").Select(x => (float)x)], read.Logits, Tolerance.ActivationsAgainstPyTorch, prompt);
            for (int layer = 1; layer < model.Shape.Layers; layer++)
            {
                float[] before = read.Values[new(Site.ResidPost, layer - 1)], attention = read.Values[new(Site.AttnOut, layer)], mlp = read.Values[new(Site.MlpOut, layer)];
                Near.Equal([.. before.Select((x, i) => x + attention[i] + mlp[i])], read.Values[new(Site.ResidPost, layer)], Tolerance.OneRounding, $"{prompt}, layer {layer}");
            }
        }
    }

    [Theory, MemberData(nameof(Models))]
    public void A_steered_run_of_all_sites_differs_from_the_plain_one_and_zeros_do_not(string name)
    {
        using var model = SteerableModel.Open(SharedData.Require("models", "tiny-random", name, "genai-int4"));
        var vector = new SteeringVector(PointPattern.Everything.Resolve(model.Shape.Layers).Select(point => KeyValuePair.Create(point, Enumerable.Range(0, model.Shape.Width(point.Site)).Select(i => (i % 5 - 2) * 0.3f).ToArray())));
        var results = new RowResult[3];
        RowRequest Row(Steering? steering) => new() { Prompt = Prompt(name, "p1"), MaxTokens = 16, Steering = steering };
        model.Rows.Run([Row(null), Row(vector.At(0f, Scope.All)), Row(vector.At(1f, Scope.All))], [], (i, x) => results[i] = x, TestContext.Current.CancellationToken);
        Assert.Equal(results[0].Tokens, results[1].Tokens);
        Assert.NotEqual(results[0].Tokens, results[2].Tokens);
    }

    static Golden Goldens(string name) => Golden.Open(SharedData.Require("models", "tiny-random", name, "genai-golden.safetensors"));

    static int[] Prompt(string name, string prompt) => Golden.Open(SharedData.Require("models", "tiny-random", name, "golden.safetensors")).Int32s($"prompt.{prompt}.ids");
}
