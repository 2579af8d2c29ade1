using Roast.Graph;
using Roast.Graph.Inspect;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Graph;

public class GraphSummaryTests
{
    [Fact]
    public void The_default_models_graph_is_summed_up()
    {
        var summary = ModelGraph.FromHuggingFace(Repository.DefaultModel).Summarize();
        Assert.StartsWith("roast ", summary.Producer);
        Assert.Equal((10L, 21L, 1L), (summary.IrVersion, summary.Opsets["ai.onnx"], summary.Opsets["com.microsoft"]));
        Assert.Equal(4, summary.Nodes["GroupQueryAttention"]);
        Assert.Equal(8, summary.Nodes["SkipSimplifiedLayerNormalization"]);
        Assert.Equal(4 * 7 + 1, summary.Nodes["FusedMatMul"]);
        Assert.Equal((0, 16, 0, 0), (summary.QuantizedProducts, summary.Points.Count, summary.Taps.Count, summary.Ports.Count));
        Assert.Equal("input_ids int64 [batch_size, sequence_length]", summary.Inputs[0].ToString());
        Assert.Equal("logits float32 [batch_size, sequence_length, 275]", summary.Outputs[0].ToString());
        Assert.InRange(summary.GraphBytes, 1, 100_000);
    }

    [Fact]
    public void A_quantized_graph_of_another_tool_is_summed_up_too()
    {
        var summary = GraphSummary.Read(SharedData.Require("models", "tiny-random", "qwen3-tied", "genai-int4", "model.onnx"));
        Assert.StartsWith("onnxruntime-genai", summary.Producer);
        Assert.True(summary.QuantizedProducts > 4, $"{summary.QuantizedProducts} MatMulNBits");
        Assert.Equal((16, true, null), (summary.Points.Count, summary.PointsAreFound, summary.PointsProblem));
        Assert.Equal("shared, float32 [batch_size, 2, past_sequence_length, kv_cache_dim], 4 layers", summary.KeyValues!.ToString());
        Assert.Equal(["1 GatherBlockQuantized of 4 bits, block 32", "21 MatMulNBits of 4 bits, block 32, accuracy level 4"], summary.Quantization.Select(kind => kind.ToString()));
        Assert.True(summary.ExternalBytes > 0);
    }
}
