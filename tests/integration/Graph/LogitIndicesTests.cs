using Roast.Graph;
using Roast.Graph.Export;
using Roast.Onnx;
using Roast.Onnx.Devices;
using Roast.Onnx.Rows;
using Roast.Onnx.Sessions;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Graph;

/// <summary>A run names the positions of which it wants logits; a prefill wants none, and then the head does nothing.</summary>
public class LogitIndicesTests
{
    static readonly long[] Ids = [5, 17, 42, 300, 9, 77];

    public static TheoryData<string> Families => [.. TinyRandom.TinyModel.All];

    [Theory, MemberData(nameof(Families))]
    public void No_positions_give_no_logits_and_the_same_keys_and_values_and_positions_give_their_own(string name)
    {
        var graph = ModelGraph.FromHuggingFace(SharedData.Require("models", "tiny-random", name));
        using PlanSession last = new(graph, new Plan()), all = new(graph, new Plan { Logits = LogitPositions.All });
        AssertSkips(last, graph.Shape);
        var (whole, some) = (all.Run(Ids), last.Run(Ids, logitIndices: [1, 4]));
        int vocabulary = graph.Shape.VocabularySize;
        Near.Equal([.. whole.Logits[vocabulary..(2 * vocabulary)], .. whole.Logits[(4 * vocabulary)..(5 * vocabulary)]], some.Logits, Tolerance.SameGraphOtherShape, name);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Heads_in_blocks_do_without_positions_too(bool in8Bits)
    {
        using var file = new Gguf.TinyGguf("llama-tied", to8Bits: true);
        string folder = Path.Combine(Path.GetDirectoryName(file.Path)!, "exported");
        ModelExport.Export(file.Path, folder, new ExportOptions { Precision = Precision.Int4, AccuracyLevel = in8Bits ? 4 : 0 });
        var graph = ModelGraph.Load(Path.Combine(folder, "model.onnx"));
        using var session = new PlanSession(graph, new Plan());
        AssertSkips(session, graph.Shape);
    }

    [Fact]
    public void A_prefill_skips_the_head_on_the_cpu_and_runs_it_where_the_graph_or_the_device_wants_positions()
    {
        var (graph, options) = (ModelGraph.FromHuggingFace(Repository.DefaultModel), new RuntimeOptions { Threads = 1 });
        using var weights = new WeightStore(graph);
        using var device = new HostDevice();
        Assert.True(Skips(Plan.Empty));
        Assert.False(Skips(new Plan { Logits = LogitPositions.All }));

        bool Skips(Plan plan)
        {
            using var session = Onnx.Sessions.PlanSession.Open(graph, weights, plan, options, device);
            using var cache = new KvCache(session, 1, 8, 1 << 20);
            using var prefill = new Prefill(session, cache);
            prefill.Run(0, [5, 17, 42], null, TestContext.Current.CancellationToken);
            return prefill.SkipsHead;
        }
    }

    static void AssertSkips(PlanSession session, ModelShape shape)
    {
        var (expected, none) = (session.Run(Ids), session.Run(Ids, logitIndices: []));
        Assert.Equal(shape.VocabularySize, expected.Logits.Length);
        Assert.Empty(none.Logits);
        for (int layer = 0; layer < shape.Layers; layer++)
        {
            Near.SameBits(expected[GraphNames.PresentKey(layer)], none[GraphNames.PresentKey(layer)], $"keys of layer {layer}");
            Near.SameBits(expected[GraphNames.PresentValue(layer)], none[GraphNames.PresentValue(layer)], $"values of layer {layer}");
        }
    }
}
