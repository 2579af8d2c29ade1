using Google.Protobuf;
using Roast.Graph;
using Roast.Onnx;
using Roast.Tests.Integration.Bake;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Graph;

/// <summary>Graphs without fused operators, as Hugging Face's exporters write them: found by structure, compared with PyTorch.</summary>
public sealed class UnfusedGraphTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("roast-unfused-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_taps_of_an_unfused_graph_show_the_references_activations_and_ports_move_them()
    {
        var golden = Golden.Open(SharedData.Require("models", "tiny-random", "llama-tied", "golden.safetensors"));
        string path = Write(postNorms: false, tanhGelu: false);
        ModelRewriter.Instrument(path, PointPattern.Everything, PointPattern.Everything, PortForm.Shared, Out);
        foreach (string prompt in new[] { "p0", "p1", "p2" })
        {
            int[] ids = golden.Int32s($"prompt.{prompt}.ids");
            var outputs = HostRun.Run(Path.Combine(Out, "model.onnx"), ids);
            Near.Equal(golden[$"{prompt}.logits"], outputs["logits"], Tolerance.ActivationsAgainstPyTorch, $"{prompt} logits");
            foreach (var point in PointPattern.Everything.Resolve(4))
                Near.Equal(golden[point.Site == Site.ResidPost ? $"{prompt}.resid.{point.Layer + 1}" : $"{prompt}.{point}"], outputs[GraphNames.Tap(point)], Tolerance.ActivationsAgainstPyTorch, $"{prompt} {point}");
            foreach (var point in PointPattern.Everything.Resolve(4))
            {
                float[] vector = Enumerable.Repeat(0.5f, point.Site == Site.MlpAct ? 192 : 96).ToArray();
                var steered = HostRun.Run(Path.Combine(Out, "model.onnx"), ids, (GraphNames.Port(point), vector, [vector.Length]));
                Near.Equal([.. outputs[GraphNames.Tap(point)].Select(x => x + 0.5f)], steered[GraphNames.Tap(point)], Tolerance.OneRounding, $"{point}");
                Assert.NotEqual(outputs["logits"], steered["logits"]);
            }
        }
    }

    [Theory, InlineData("resid.all"), InlineData("attn_out.all")]
    public void An_unfused_graph_is_baked_as_the_reference_was_steered(string name)
    {
        using var tiny = System.Text.Json.JsonDocument.Parse(File.ReadAllText(SharedData.Require("models", "tiny-random", "llama-tied", "golden.json")));
        var golden = Golden.Open(SharedData.Require("models", "tiny-random", "llama-tied", "golden.safetensors"));
        var one = tiny.RootElement.GetProperty("steer_cases").EnumerateArray().Select(TinyRandom.SteerCase.Read).Single(x => x.Name == name);
        ModelRewriter.Bake(Write(postNorms: false, tanhGelu: false), one.Steering(golden, 0), Out);
        foreach (string prompt in new[] { "p0", "p1", "p2" })
        {
            float[] logits = HostRun.Run(Path.Combine(Out, "model.onnx"), golden.Int32s($"prompt.{prompt}.ids"))["logits"];
            float[] expected = golden[$"steer.{name}.{prompt}.logits_prefill"];
            Near.Equal(expected, logits.AsSpan()[^expected.Length..], Tolerance.ActivationsAgainstPyTorch, $"{name} {prompt}");
        }
    }

    [Theory, InlineData(true, false), InlineData(false, true), InlineData(true, true)]
    public void Norms_behind_modules_and_gelu_as_a_formula_are_seen_through(bool postNorms, bool tanhGelu)
    {
        string path = Write(postNorms, tanhGelu);
        var graph = ModelGraph.Load(path);
        Assert.Equal(16, graph.Points.Count);
        Assert.Contains("does not attend by GroupQueryAttention", graph.RunObstacle);
        Assert.Equal((96, 192, 6, 3, 16, 4), (graph.Shape.HiddenSize, graph.Shape.IntermediateSize, graph.Shape.Heads, graph.Shape.KeyValueHeads, graph.Shape.HeadSize, graph.Shape.Layers));
        // Adding a vector at attn_out in front of a norm is not adding it behind: the residual moves by less than the vector says.
        ModelRewriter.Instrument(path, PointPattern.Everything, PointPattern.Everything, PortForm.PerRow, Out);
        var plain = HostRun.Run(Path.Combine(Out, "model.onnx"), [5, 6, 7]);
        var steered = HostRun.Run(Path.Combine(Out, "model.onnx"), [5, 6, 7], ("roast.port.mlp_out.3", Enumerable.Repeat(100f, 96).ToArray(), [1, 1, 96]));
        float moved = plain["roast.tap.resid_post.3"].Zip(steered["roast.tap.resid_post.3"], (a, b) => Math.Abs(a - b)).Max();
        Assert.True(postNorms ? moved < 50 : moved > 99, $"The residual moved by {moved}.");
        Near.Equal([.. plain["roast.tap.mlp_out.3"].Select(x => x + 100)], steered["roast.tap.mlp_out.3"], Tolerance.OneRounding);
    }

    [Fact]
    public void Such_a_model_is_not_run_here_and_the_reason_is_given()
    {
        Write(postNorms: false, tanhGelu: false);
        var error = Assert.Throws<RoastException>(() => SteerableModel.Open(_folder));
        Assert.Equal(RoastError.Unsupported, error.Kind);
        Assert.Contains("past and present cannot share a buffer", error.Message);
    }

    string Out => Path.Combine(_folder, "out");

    string Write(bool postNorms, bool tanhGelu)
    {
        string source = SharedData.Require("models", "tiny-random", "llama-tied");
        var decoder = new UnfusedDecoder(Golden.Open(Path.Combine(source, "model.safetensors")), layers: 4, heads: 6, keyValueHeads: 3, headSize: 16, Theta(source), 1e-5f, postNorms, tanhGelu);
        string path = Path.Combine(_folder, "model.onnx");
        File.WriteAllBytes(path, decoder.Build().ToByteArray());
        File.Copy(Path.Combine(source, "config.json"), Path.Combine(_folder, "config.json"), overwrite: true);
        File.SetAttributes(Path.Combine(_folder, "config.json"), FileAttributes.Normal);
        return path;
    }

    static double Theta(string source)
    {
        using var config = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(source, "config.json")));
        return config.RootElement.GetProperty("rope_parameters").GetProperty("rope_theta").GetDouble();
    }
}
