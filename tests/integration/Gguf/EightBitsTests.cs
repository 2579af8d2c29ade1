using Google.Protobuf;
using Roast.Graph;
using Roast.Graph.Export;
using Roast.Graph.Protobuf;
using Roast.Onnx;
using Roast.Onnx.Rows;
using Roast.Tests.Integration.TinyRandom;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Gguf;

/// <summary>Files in Q8_0, held in their blocks: every matrix is two addends of 4 bits, and means what the dequantized file means.</summary>
public class EightBitsTests
{
    static readonly RuntimeOptions InBlocks = new() { Precision = Precision.Int4 };

    [Theory]
    [InlineData("llama-tied")]
    [InlineData("qwen2")]
    [InlineData("qwen3-untied")]
    public async Task Logits_and_activations_at_every_point_are_those_of_the_dequantized_weights(string name)
    {
        using var file = new TinyGguf(name, to8Bits: true);
        using var tiny = new TinyModel(name);
        using SteerableModel blocks = SteerableModel.Open(file.Path, InBlocks), floats = SteerableModel.Open(file.Path);
        var points = PointPattern.Everything.Resolve(blocks.Shape.Layers);
        foreach (string prompt in TinyModel.Prompts)
        {
            var (read, expected) = (await blocks.ReadActivationsAsync(tiny.Prompt(prompt), points, logits: true), await floats.ReadActivationsAsync(tiny.Prompt(prompt), points, logits: true));
            Near.Equal(expected.Logits, read.Logits, Tolerance.BlockProducts, $"{prompt}.logits");
            foreach (var point in points) Near.Equal(expected.Values[point], read.Values[point], Tolerance.BlockProducts, $"{prompt}.{point}");
        }
    }

    [Theory]
    [InlineData("llama-tied")]
    [InlineData("qwen2")]
    public void Rows_steered_at_every_site_give_the_tokens_of_the_dequantized_weights_in_both_port_forms(string name)
    {
        using var file = new TinyGguf(name, to8Bits: true);
        using var tiny = new TinyModel(name);
        using SteerableModel blocks = SteerableModel.Open(file.Path, InBlocks), floats = SteerableModel.Open(file.Path);
        var vector = new SteeringVector(PointPattern.Everything.Resolve(blocks.Shape.Layers).Select(point =>
            KeyValuePair.Create(point, Enumerable.Range(0, blocks.Shape.Width(point.Site)).Select(i => (i % 5 - 2) * 0.3f).ToArray())));
        RowRequest Row(float? strength) => new() { Prompt = tiny.Prompt("p1"), MaxTokens = 16, Steering = strength is { } s ? vector.At(s, Scope.All) : null };
        int[] plain = Assert.Single(Tokens(blocks, Row(null))), steered = Assert.Single(Tokens(blocks, Row(1)));
        Assert.NotEqual(plain, steered);
        Assert.Equal([plain, steered], [.. Tokens(floats, Row(null)), .. Tokens(floats, Row(1))]);
        Assert.Equal([plain, plain, steered], Tokens(blocks, Row(null), Row(0), Row(1)));

        static int[][] Tokens(SteerableModel model, params RowRequest[] rows)
        {
            var tokens = new int[rows.Length][];
            model.Rows.Run(rows, [], (row, result) => tokens[row] = result.Tokens, TestContext.Current.CancellationToken);
            return tokens;
        }
    }

    [Theory]
    [InlineData("llama-tied")]
    [InlineData("qwen3-untied")]
    public void The_structure_of_an_export_shows_the_points_that_its_metadata_names_and_the_same_sizes(string name)
    {
        using var file = new TinyGguf(name, to8Bits: true);
        string folder = Path.Combine(Path.GetDirectoryName(file.Path)!, "exported"), path = Path.Combine(folder, "model.onnx");
        ModelExport.Export(file.Path, folder, new ExportOptions { Precision = Precision.Int4 });
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        Assert.Contains(model.Graph.Node, node => node.OpType == "Concat");
        var (said, shape) = (PointMap.Read(model, path), ModelGraph.Load(path).Shape);
        model.MetadataProps.Clear();
        File.WriteAllBytes(path, model.ToByteArray());
        var found = ModelGraph.Load(path);
        Assert.True(found.HasFoundPoints);
        var points = ModelGraph.FindPoints(model, path).Points;
        Assert.Equal(said.Points.Select(point => (point, said[point])), points.Points.Select(point => (point, points[point])));
        Assert.Equal((shape.Layers, shape.HiddenSize, shape.IntermediateSize, shape.Heads, shape.VocabularySize), (found.Shape.Layers, found.Shape.HiddenSize, found.Shape.IntermediateSize, found.Shape.Heads, found.Shape.VocabularySize));
        // Logits of one position: the gather goes in front of what the head takes twice.
        using var session = new Graph.PlanSession(found, new Plan());
        using var tiny = new TinyModel(name);
        Assert.Equal(shape.VocabularySize, session.Run([.. tiny.Prompt("p1").Select(id => (long)id)]).Logits.Length);
    }
}
