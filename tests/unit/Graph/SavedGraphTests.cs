using Google.Protobuf;
using Roast.Graph;
using Roast.Graph.Inspect;
using Roast.Graph.Protobuf;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Graph;

public class SavedGraphTests
{
    [Fact]
    public void A_saved_graph_comes_back_with_shape_points_and_the_same_plans()
    {
        using var folder = new TinyFolder();
        var graph = ModelGraph.FromHuggingFace(folder.Write().Path);
        graph.Save(folder.File("model.onnx"));
        var again = ModelGraph.Load(folder.File("model.onnx"));
        Assert.Equal(graph.Shape.EndTokenIds, again.Shape.EndTokenIds);
        Assert.Equal(graph.Shape with { EndTokenIds = [] }, again.Shape with { EndTokenIds = [] });
        Assert.Equal(graph.Points, again.Points);
        Assert.Equal(graph.WeightsFolder, again.WeightsFolder);
        var plan = new Plan { Taps = graph.Points, Ports = graph.Points };
        Assert.Equal(graph.ForPlan(plan), again.ForPlan(plan));
        var summary = GraphSummary.Read(folder.File("model.onnx"));
        Assert.Equal(graph.Points, summary.Points);
        Assert.Equal(graph.Summarize().GraphBytes, summary.GraphBytes);
    }

    [Fact]
    public void A_graph_is_saved_beside_its_weights_only_and_replaces_nothing_unasked()
    {
        using var folder = new TinyFolder();
        using var other = new TinyFolder();
        var graph = ModelGraph.FromHuggingFace(folder.Write().Path);
        Assert.Contains(folder.Path, Assert.Throws<ArgumentException>(() => graph.Save(other.File("model.onnx"))).Message);
        graph.Save(folder.File("model.onnx"));
        Assert.Equal(RoastError.CannotWrite, Assert.Throws<RoastException>(() => graph.Save(folder.File("model.onnx"))).Kind);
        graph.Save(folder.File("model.onnx"), overwrite: true);
    }

    [Fact]
    public void A_graph_made_for_a_plan_cannot_be_planned_again()
    {
        using var folder = new TinyFolder();
        File.WriteAllBytes(folder.File("model.onnx"), ModelGraph.FromHuggingFace(folder.Write().Path).ForPlan(Plan.Empty));
        Assert.Equal(RoastError.Unsupported, Assert.Throws<RoastException>(() => ModelGraph.Load(folder.File("model.onnx"))).Kind);
    }

    public static TheoryData<string, string> Changes => new()
    {
        { "point without a value", "no node of the graph makes" }, { "point that is none", "ends in no point" }, { "point twice", "occurs twice" },
        { "point past the layers", "2 layers" }, { "input renamed", "no input input_ids" }, { "logits renamed", "logits" }, { "logits flat", "three dimensions" },
        { "norm removed", "no node of the graph makes" }, { "norm replaced", "adds the value" }, { "nodes reversed", "nothing before it makes" },
        { "value twice", "made twice" }, { "points share a value", "another point's value" }, { "point is an output", "is an output" }, { "name of ours", "taps and ports" }, { "subgraph", "subgraph" }, { "shape damaged", "'hidden_size'" },
        { "location outside", "own folder" }, { "location rooted", "own folder" }, { "bytes past the end", "which has" }, { "offset no number", "number of bytes" },
    };

    [Theory, MemberData(nameof(Changes))]
    public void A_graph_that_was_changed_is_a_bad_file_that_says_where(string change, string words)
    {
        using var folder = new TinyFolder();
        ModelGraph.FromHuggingFace(folder.Write().Path).Save(folder.File("model.onnx"));
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(folder.File("model.onnx")));
        Change(model, change);
        File.WriteAllBytes(folder.File("model.onnx"), model.ToByteArray());
        var error = Assert.Throws<RoastException>(() => ModelGraph.Load(folder.File("model.onnx")));
        Assert.Equal(RoastError.BadFile, error.Kind);
        Assert.Contains(words, error.Message);
    }

    [Fact]
    public void Weights_that_are_gone_are_not_found()
    {
        using var folder = new TinyFolder();
        ModelGraph.FromHuggingFace(folder.Write().Path).Save(folder.File("model.onnx"));
        File.Delete(folder.File("model.safetensors"));
        Assert.Equal(RoastError.NotFound, Assert.Throws<RoastException>(() => ModelGraph.Load(folder.File("model.onnx"))).Kind);
    }

    static void Change(ModelProto model, string change)
    {
        var (graph, points) = (model.Graph, model.MetadataProps.Where(entry => entry.Key.StartsWith("roast.point.", StringComparison.Ordinal)).ToArray());
        var norm = graph.Node.Last(node => node.OpType == "SkipSimplifiedLayerNormalization");
        var weight = graph.Initializer.First(ExternalData.IsExternal).ExternalData;
        var logits = graph.Output.Single(output => output.Name == GraphNames.Logits);
        switch (change)
        {
            case "point without a value": points[0].Value = "nowhere"; break;
            case "points share a value": points.Single(x => x.Key.EndsWith("mlp_act.0", StringComparison.Ordinal)).Value = points.Single(x => x.Key.EndsWith("mlp_act.1", StringComparison.Ordinal)).Value; break;
            case "point is an output": points.Single(x => x.Key.EndsWith("mlp_act.0", StringComparison.Ordinal)).Value = GraphNames.PresentKey(0); break;
            case "name of ours": graph.Node.Add(Nodes.New("Identity", "extra", [GraphNames.InputIds], ["roast.tap.mlp_act.0"])); break;
            case "point that is none": points[0].Key = "roast.point.resid_pre.0"; break;
            case "point twice": points[0].Key = points[1].Key; break;
            case "point past the layers": points[0].Key = "roast.point.mlp_act.2"; break;
            case "input renamed": graph.Input[0].Name = "ids"; break;
            case "logits renamed": logits.Name = "scores"; break;
            case "logits flat": logits.Type.TensorType.Shape.Dim.RemoveAt(0); break;
            case "norm removed": graph.Node.Remove(norm); break;
            case "norm replaced": norm.OpType = "SkipGroupNorm"; break;
            case "nodes reversed": { var nodes = graph.Node.Reverse().ToArray(); graph.Node.Clear(); graph.Node.Add(nodes); break; }
            case "value twice": graph.Node.Add(graph.Node[^1].Clone()); break;
            case "subgraph": graph.Node[0].Attribute.Add(new AttributeProto { Name = "body", G = new GraphProto() }); break;
            case "shape damaged": { var shape = model.MetadataProps.Single(entry => entry.Key == "roast.shape"); shape.Value = shape.Value.Replace("\"hidden_size\":32", "\"hidden_size\":-32"); break; }
            case "location outside": weight.Single(entry => entry.Key == "location").Value = "../model.safetensors"; break;
            case "location rooted": weight.Single(entry => entry.Key == "location").Value = "/etc/passwd"; break;
            case "bytes past the end": weight.Single(entry => entry.Key == "offset").Value = "9223372036854775807"; break;
            case "offset no number": weight.Single(entry => entry.Key == "offset").Value = "-1"; break;
            default: throw new ArgumentException(change);
        }
    }

    [Fact]
    public void Weights_behind_a_link_out_of_the_folder_are_refused()
    {
        using TinyFolder folder = new(), other = new();
        ModelGraph.FromHuggingFace(folder.Write().Path).Save(folder.File("model.onnx"));
        string weights = folder.File("model.safetensors"), outside = other.File("outside.safetensors");
        File.Move(weights, outside);
        try { File.CreateSymbolicLink(weights, outside); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { Assert.Skip($"This system makes no symbolic links: {e.Message}"); }
        var refusal = Assert.Throws<RoastException>(() => ModelGraph.Load(folder.File("model.onnx")));
        Assert.Equal(RoastError.BadFile, refusal.Kind);
        Assert.Contains("link", refusal.Message);
    }
}
