using Roast.Graph;
using Roast.Graph.Protobuf;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Graph;

/// <summary>Wiring that the goldens do not reach, or that ONNX Runtime would not complain about.</summary>
public class FamilyGraphTests
{
    public static TheoryData<string> Models => ["qwen3-untied", "qwen2", "llama3-rope", "llama-tied", "glm4", "gemma2", "gemma3"];

    [Theory, MemberData(nameof(Models))]
    public void A_saved_graph_of_every_family_comes_back_and_makes_the_same_plans(string model)
    {
        using var folder = new TinyFolder();
        foreach (string name in new[] { "config.json", "model.safetensors" }) File.Copy(SharedData.Require("models", "tiny-random", model, name), folder.File(name));
        var graph = ModelGraph.FromHuggingFace(folder.Path);
        Assert.Equal(PointPattern.Everything.Resolve(graph.Shape.Layers), graph.Points);
        graph.Save(folder.File("model.onnx"));
        var again = ModelGraph.Load(folder.File("model.onnx"));
        foreach (var form in Enum.GetValues<PortForm>())
        {
            var plan = new Plan { Taps = graph.Points, Ports = graph.Points, PortForm = form };
            Assert.Equal(graph.ForPlan(plan), again.ForPlan(plan));
        }
    }

    [Theory, MemberData(nameof(Models))]
    public void The_last_position_is_picked_before_the_head(string model)
    {
        var graph = OnnxFile.Parse(ModelGraph.FromHuggingFace(SharedData.Require("models", "tiny-random", model)).ForPlan(Plan.Empty), "plan").Graph;
        Assert.Equal("/roast/last/output_0", graph.Node.Single(node => node.Name == "/lm_head").Input[0]);
    }

    [Fact]
    public void A_llama_with_biases_adds_every_one_of_them_once()
    {
        using var folder = Llama();
        (folder.Config["attention_bias"], folder.Config["mlp_bias"]) = (true, true);
        string[] modules = ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj", "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj"];
        foreach (string weight in folder.Tensors.Keys.Where(name => modules.Any(name.Contains)).ToArray())
            folder.Add(weight.Replace(".weight", ".bias"), folder.Tensors[weight].Shape[0]);
        var nodes = OnnxFile.Parse(ModelGraph.FromHuggingFace(folder.Write().Path).ForPlan(Plan.Empty), "plan").Graph.Node;
        for (int layer = 0; layer < TinyFolder.Layers; layer++)
            foreach (string module in modules)
            {
                var add = Assert.Single(nodes, node => node.Input.Contains($"model.layers.{layer}.{module}.bias"));
                Assert.Equal("Add", add.OpType);
                Assert.Contains($"model.layers.{layer}.{module}.weight", nodes.Single(node => node.Output.Contains(add.Input[0])).Input);
            }
        // attn_out and mlp_out are what the modules give, bias included: the norm behind them adds the point's own value.
        Assert.Contains(nodes, node => node.OpType == "SkipSimplifiedLayerNormalization" && node.Input[1] == "/model/layers.0/attn/o_proj/bias/output_0");
    }

    [Fact]
    public void A_bias_that_the_config_does_not_announce_is_refused()
    {
        using var folder = Llama();
        folder.Add("model.layers.0.self_attn.o_proj.bias", TinyFolder.Hidden);
        var error = Assert.Throws<RoastException>(() => ModelGraph.FromHuggingFace(folder.Write().Path));
        Assert.Equal(RoastError.Unsupported, error.Kind);
        Assert.Contains("o_proj.bias", error.Message);
    }

    [Fact]
    public void A_window_reaches_attention_in_the_layers_that_have_one()
    {
        using var folder = Llama();
        (folder.Config["model_type"], folder.Config["sliding_window"]) = ("mistral", 16);
        var nodes = OnnxFile.Parse(ModelGraph.FromHuggingFace(folder.Write().Path).ForPlan(Plan.Empty), "plan").Graph.Node;
        Assert.All(nodes.Where(node => node.OpType == "GroupQueryAttention"), node => Assert.Equal(16, node.Attribute.Single(x => x.Name == "local_window_size").I));
    }

    static TinyFolder Llama()
    {
        var folder = new TinyFolder();
        folder.Config["model_type"] = "llama";
        foreach (string name in folder.Tensors.Keys.Where(name => name.Contains("q_norm") || name.Contains("k_norm")).ToArray()) folder.Tensors.Remove(name);
        return folder;
    }
}
