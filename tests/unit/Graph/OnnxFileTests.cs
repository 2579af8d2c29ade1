using Google.Protobuf;
using Roast.Graph;
using Roast.Graph.Inspect;
using Roast.Graph.Protobuf;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Graph;

public class OnnxFileTests
{
    [Fact]
    public void Fields_that_the_schema_does_not_know_survive_at_every_level()
    {
        // ModelProto: ir_version 10; domain (4) "d"; model_version (5) 7; graph with doc_string (10) "g", a node with overload (8) "o",
        // an input whose type has denotation (6) "t"; training_info (20), empty. None of these but ir_version, graph, node, input is in onnx.proto.
        byte[] node = [0x22, 1, (byte)'X', 0x42, 1, (byte)'o'];
        byte[] input = [0x0A, 1, (byte)'i', 0x12, 3, 0x32, 1, (byte)'t'];
        byte[] graph = [0x0A, (byte)node.Length, .. node, 0x52, 1, (byte)'g', 0x5A, (byte)input.Length, .. input];
        byte[] model = [0x08, 10, 0x22, 1, (byte)'d', 0x28, 7, 0x3A, (byte)graph.Length, .. graph, 0xA2, 0x01, 0];
        byte[] again = OnnxFile.Parse(model, "crafted").Clone().ToByteArray();
        // Protobuf writes known fields first and unknown ones behind them, so the bytes are the same up to order.
        Assert.Equal(model.Order(), again.Order());
        Assert.Equal(again, OnnxFile.Parse(again, "again").ToByteArray());
    }

    [Fact]
    public void A_zero_that_was_written_stays_written()
    {
        byte[] written = new AttributeProto { Name = "transB", Type = AttributeProto.Types.AttributeType.Int, I = 0 }.ToByteArray();
        var read = AttributeProto.Parser.ParseFrom(written);
        Assert.True(read.HasI);
        Assert.False(read.HasF);
        Assert.Equal(written, read.ToByteArray());
    }

    [Fact]
    public void A_graph_of_another_tool_survives_a_round_trip_in_meaning_and_size()
    {
        byte[] bytes = File.ReadAllBytes(SharedData.Require("models", "tiny-random", "qwen3-tied", "genai-int4", "model.onnx"));
        var model = OnnxFile.Parse(bytes, "genai");
        Assert.Equal(model, OnnxFile.Parse(model.ToByteArray(), "again"));
        Assert.InRange(model.CalculateSize(), bytes.Length * 0.99, bytes.Length * 1.01);      // lists of numbers are packed here: a byte more or less, nothing is lost
    }

    [Fact]
    public void Every_truncation_is_a_bad_file_or_a_graph_and_no_other_failure()
    {
        byte[] bytes = Small();
        for (int length = 0; length < bytes.Length; length++) Survives(bytes.AsSpan(0, length), $"first {length} bytes");
        Assert.Equal(RoastError.BadFile, Assert.Throws<RoastException>(() => OnnxFile.Parse(bytes.AsSpan(0, bytes.Length / 2), "half")).Kind);
        Assert.Equal(RoastError.BadFile, Assert.Throws<RoastException>(() => OnnxFile.Parse([], "empty")).Kind);
    }

    [Fact]
    public void Seeded_damage_is_a_bad_file_or_a_graph_and_no_other_failure()
    {
        byte[] bytes = Small();
        var random = new Random(7);
        for (int round = 0; round < 3000; round++)
        {
            byte[] damaged = [.. bytes];
            for (int i = random.Next(1, 4); i > 0; i--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            Survives(damaged, $"round {round}");
        }
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        // graph > node > attribute > graph > ...: protobuf counts 100 messages.
        var graph = new GraphProto();
        for (int depth = 0; depth < 200; depth++)
        {
            var node = new NodeProto { OpType = "If" };
            node.Attribute.Add(new AttributeProto { Name = "then", G = graph });
            graph = new GraphProto();
            graph.Node.Add(node);
        }
        byte[] bytes = new ModelProto { IrVersion = 10, Graph = graph }.ToByteArray();
        Assert.Equal(RoastError.BadFile, Assert.Throws<RoastException>(() => OnnxFile.Parse(bytes, "deep")).Kind);
    }

    [Fact]
    public void A_file_past_protobufs_limit_is_refused_by_its_length()
    {
        OnnxFile.CheckLength(OnnxFile.MaxBytes, "whole.onnx");
        var error = Assert.Throws<RoastException>(() => OnnxFile.CheckLength(OnnxFile.MaxBytes + 1, "huge.onnx"));
        Assert.Equal(RoastError.BadFile, error.Kind);
        Assert.Contains("external data", error.Message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_not_found() =>
        Assert.Equal(RoastError.NotFound, Assert.Throws<RoastException>(() => GraphSummary.Read(Path.Combine(Path.GetTempPath(), "no such model.onnx"))).Kind);

    // Reads as a loader does: bytes, summary, points, structure.
    static void Survives(ReadOnlySpan<byte> bytes, string what)
    {
        try
        {
            var model = OnnxFile.Parse(bytes, what);
            GraphSummary.Of(model, bytes.Length);
            Structure.Check(model.Graph, PointMap.Read(model, what), Shape, what);
        }
        catch (RoastException e) { Assert.Equal(RoastError.BadFile, e.Kind); }
        catch (Exception e) { Assert.Fail($"{what}: {e}"); }
    }

    static readonly ModelShape Shape = ModelGraph.FromHuggingFace(Repository.DefaultModel).Shape;

    static byte[] Small()
    {
        using var folder = new TinyFolder();
        var graph = ModelGraph.FromHuggingFace(folder.Write().Path, new() { MaxPositions = 1 });
        graph.Save(folder.File("model.onnx"));
        return File.ReadAllBytes(folder.File("model.onnx"));
    }
}
