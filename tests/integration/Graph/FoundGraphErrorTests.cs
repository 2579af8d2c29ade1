using Roast.Graph;
using Roast.Graph.Inspect;
using Roast.Graph.Protobuf;
using Roast.Onnx;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Graph;

/// <summary>Graphs of another tool that are damaged, or not what a decoder is: each says what is wrong, and nothing is written.</summary>
public class FoundGraphErrorTests
{
    public static TheoryData<string, RoastError, string> Changes => new()
    {
        { "unknown operator for attn_out", RoastError.Unsupported, "in layer 1 the attention adds '/model/layers.1/attn/o_proj/MatMul/output_0', made by Mystery" },
        { "unknown operator for mlp_out", RoastError.Unsupported, "in layer 1 the MLP adds '/model/layers.1/mlp/down_proj/MatMul/output_0', made by Mystery" },
        { "unknown operator for mlp_act", RoastError.Unsupported, "expected an activation function" },
        { "unknown operator for attention", RoastError.Unsupported, "no attention" },
        { "unknown operator for the norm", RoastError.Unsupported, "the inputs have keys and values of 4 layers" },
        { "what was found", RoastError.Unsupported, "Found before that: resid_post.0, attn_out.0..1, mlp_out.0..1, mlp_act.0." },
        { "no embedding", RoastError.Unsupported, "embedding" },
        { "layers crossed", RoastError.Unsupported, "layer 1 reads the keys of layer 2" },
        { "point is an output", RoastError.Unsupported, "is an output of the graph already" },
        { "a layer of keys too many", RoastError.Unsupported, "the inputs have keys and values of 5 layers" },
        { "no logits", RoastError.Unsupported, "no output logits" },
        { "subgraph", RoastError.Unsupported, "subgraph" },
        { "cycle", RoastError.BadFile, "which nothing before it makes" },
        { "head size of the config", RoastError.BadFile, "head size" },
        { "heads of the config", RoastError.BadFile, "number of heads is 4" },
        { "hidden size of the config", RoastError.BadFile, "hidden size is 64" },
        { "head size that does not divide", RoastError.BadFile, "number of heads is 3" },
        { "widths differ among blocks", RoastError.BadFile, "in another block one side is" },
        { "config is no JSON", RoastError.BadFile, "is not JSON" },
        { "config is a list", RoastError.BadFile, "expected an object" },
        { "no config", RoastError.Unsupported, "Put the model's config.json" },
        { "cut short", RoastError.BadFile, "cut short" },
        { "empty", RoastError.BadFile, "no ONNX graph" },
        { "weights outside", RoastError.BadFile, "own folder" },
        { "weights cut short", RoastError.BadFile, "which has" },
        { "weights gone", RoastError.NotFound, "model.onnx.data" },
    };

    [Theory, MemberData(nameof(Changes))]
    public void A_wrong_graph_is_refused_with_the_place_and_nothing_is_written(string change, RoastError kind, string words)
    {
        using var folder = new LinkedModel(SharedData.Require("models", "tiny-random", "qwen3-tied", "genai-fp32"));
        Apply(folder, change);
        string output = $"{folder.Path}-out";
        var error = Assert.Throws<RoastException>(() => ModelRewriter.Instrument(folder.Path, PointPattern.Everything, null, PortForm.Shared, output));
        Assert.Contains(words, error.Message);
        Assert.Equal(kind, error.Kind);
        Assert.Equal(kind, Assert.Throws<RoastException>(() => SteerableModel.Open(folder.Path)).Kind);
        Assert.Single(Directory.EnumerateDirectories(Path.GetDirectoryName(folder.Path)!, $"{Path.GetFileName(folder.Path)}*"));
    }

    [Fact]
    public void Inspect_shows_a_graph_whose_points_are_not_found_and_why()
    {
        using var folder = new LinkedModel(SharedData.Require("models", "tiny-random", "qwen3-tied", "genai-fp32"));
        Apply(folder, "unknown operator for mlp_out");
        var summary = GraphSummary.Read(folder.Graph);
        Assert.Empty(summary.Points);
        Assert.Contains("made by Mystery", summary.PointsProblem);
    }

    [Fact]
    public void Models_that_cannot_be_run_are_refused_by_open_and_say_what_does_not_fit()
    {
        string half = SharedData.Require("onnx", "hf-internal-testing", "tiny-random-LlamaForCausalLM-fp16");
        Assert.Contains("MultiHeadAttention", ModelGraph.Load(Path.Combine(half, "model.onnx")).RunObstacle);
        using var folder = new LinkedModel(SharedData.Require("models", "tiny-random", "qwen2", "genai-fp32"));
        foreach (var (type, words) in new[] { (Tensors.Float16, "its keys and values are float16, but present.0.key"), (Tensors.BFloat16, "its keys and values are bfloat16; the decode loop takes float32 and float16") })
        {
            folder.Change(model => { foreach (var input in model.Graph.Input.Where(input => input.Name.StartsWith("past", StringComparison.Ordinal))) input.Type.TensorType.ElemType = type; });
            var error = Assert.Throws<RoastException>(() => SteerableModel.Open(folder.Path));
            Assert.Equal(RoastError.Unsupported, error.Kind);
            Assert.Contains(words, error.Message);
        }
    }

    [Fact]
    public void Damaged_bytes_never_surprise()
    {
        using var folder = new LinkedModel(SharedData.Require("models", "tiny-random", "qwen2", "genai-fp32"));
        byte[] good = File.ReadAllBytes(folder.Graph);
        var random = new Random(42);
        for (int round = 0; round < 300; round++)
        {
            byte[] bytes = [.. good];
            for (int i = 0; i < 4; i++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(folder.Graph, bytes);
            try { ModelGraph.Load(folder.Graph).ForPlan(new Plan { Taps = [new(Site.MlpAct, 1)], Ports = [new(Site.ResidPost, 1)] }); }
            catch (RoastException) { }
        }
    }

    static void Apply(LinkedModel folder, string change)
    {
        void Config(string from, string to) => File.WriteAllText(folder["genai_config.json"], File.ReadAllText(folder["genai_config.json"]).Replace(from, to));
        switch (change)
        {
            case "cut short": File.WriteAllBytes(folder.Graph, File.ReadAllBytes(folder.Graph)[..5000]); return;
            case "empty": File.WriteAllBytes(folder.Graph, []); return;
            case "weights gone": File.Delete(folder["model.onnx.data"]); return;
            case "weights cut short": File.WriteAllBytes(folder["model.onnx.data"], File.ReadAllBytes(folder["model.onnx.data"])[..5000]); return;
            case "head size of the config": Config("\"head_size\": 32", "\"head_size\": 16"); return;
            case "heads of the config": Config("\"num_attention_heads\": 4", "\"num_attention_heads\": 8"); return;
            case "hidden size of the config": Config("\"hidden_size\": 64", "\"hidden_size\": 128"); return;
            case "config is no JSON": Config("{", "{{"); return;
            case "config is a list": File.WriteAllText(folder["genai_config.json"], "[]"); return;
            case "no config": File.Delete(folder["genai_config.json"]); break;
        }
        folder.Change(model =>
        {
            var graph = model.Graph;
            NodeProto Node(string name) => graph.Node.Single(node => node.Name == name);
            switch (change)
            {
                case "unknown operator for attn_out": Node("/model/layers.1/attn/o_proj/MatMul").OpType = "Mystery"; break;
                case "unknown operator for mlp_out": Node("/model/layers.1/mlp/down_proj/MatMul").OpType = "Mystery"; break;
                case "unknown operator for mlp_act": Node("/model/layers.1/mlp/act_fn/Sigmoid").OpType = "Mystery"; break;
                case "what was found": Node("/model/layers.1/mlp/act_fn/Sigmoid").OpType = "Mystery"; break;
                case "unknown operator for attention": Node("/model/layers.1/attn/GroupQueryAttention").OpType = "Mystery"; break;
                case "unknown operator for the norm": Node("/model/layers.2/post_attention_layernorm/SkipLayerNorm").OpType = "Mystery"; break;
                case "no embedding": graph.Node.Single(node => node.Input.Contains("input_ids")).OpType = "Mystery"; break;
                case "layers crossed": Node("/model/layers.1/attn/GroupQueryAttention").Input[3] = "past_key_values.2.key"; break;
                case "point is an output": graph.Output.Add(Tensors.Value("/model/layers.1/mlp/down_proj/MatMul/output_0", Tensors.Float, "a", "b", 64)); break;
                case "a layer of keys too many": graph.Input.Add(Tensors.Value("past_key_values.4.key", Tensors.Float, "a", 2, "b", 32)); break;
                case "no logits": graph.Output.RemoveAt(0); break;
                case "subgraph": graph.Node[0].Attribute.Add(new AttributeProto { Name = "body", G = new GraphProto() }); break;
                case "cycle": Node("/model/layers.0/mlp/Mul").Input[0] = "/model/layers.3/mlp/Mul/output_0"; break;
                case "head size that does not divide": foreach (var node in graph.Node.Where(node => node.OpType == "GroupQueryAttention")) node.Find("num_heads")!.I = 3; break;
                case "widths differ among blocks": graph.Initializer.Single(tensor => tensor.Name == "model.layers.2.mlp.down_proj.MatMul.weight").Dims[0] = 80; break;
                case "weights outside": graph.Initializer.First(ExternalData.IsExternal).ExternalData.Single(entry => entry.Key == "location").Value = "../model.onnx.data"; break;
                case "no config": foreach (var tensor in graph.Initializer.Where(tensor => tensor.Name is "cos_cache" or "sin_cache")) tensor.Dims.Clear(); break;
                default: throw new ArgumentException(change);
            }
        });
    }
}
