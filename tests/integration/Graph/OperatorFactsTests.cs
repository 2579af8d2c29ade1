using System.Runtime.InteropServices;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Roast.Graph.Protobuf;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Graph;

/// <summary>What the exporter takes for granted about ONNX Runtime, asked of ONNX Runtime itself.</summary>
public class OperatorFactsTests
{
    [Fact]
    public void QuickGelu_with_alpha_one_is_silu()
    {
        float[] x = [.. Enumerable.Range(-4000, 8001).Select(i => i / 200f)];
        float[] expected = Array.ConvertAll(x, v => (float)(v / (1 + Math.Exp(-(double)v))));
        var node = Nodes.New("QuickGelu", "act", ["x"], ["y"], Nodes.Real("alpha", 1));
        Near.Equal(expected, Run(node, x, [x.Length], [], null), Tolerance.Silu);
    }

    // safetensors writers pad headers to 8 bytes, but the format does not ask for it.
    [Theory, InlineData(0), InlineData(8), InlineData(64), InlineData(3), InlineData(13)]
    public void FusedMatMul_reads_transposed_weights_at_any_byte_of_another_file(int offset)
    {
        string folder = Directory.CreateTempSubdirectory("roast-").FullName;
        try
        {
            const int Outputs = 5, Inputs = 3;
            float[] weights = [.. Enumerable.Range(0, Outputs * Inputs).Select(i => i * 0.25f - 1)];
            File.WriteAllBytes(Path.Combine(folder, "weights.bin"), [.. new byte[offset], .. MemoryMarshal.AsBytes<float>(weights)]);
            var node = Nodes.New("FusedMatMul", "product", ["x", "w"], ["y"], Nodes.Integer("transB", 1));
            float[] x = [1, -2, 0.5f];
            float[] expected = [.. Enumerable.Range(0, Outputs).Select(o => Enumerable.Range(0, Inputs).Sum(i => x[i] * weights[o * Inputs + i]))];
            var weight = Tensors.External("w", Tensors.Float, [Outputs, Inputs], "weights.bin", offset, weights.Length * sizeof(float));
            Near.Equal(expected, Run(node, x, [1, Inputs], [weight], folder), 0);
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    static float[] Run(NodeProto node, float[] x, long[] shape, TensorProto[] initializers, string? folder)
    {
        var graph = new GraphProto { Name = "fact" };
        graph.Node.Add(node);
        graph.Input.Add(Tensors.Value("x", Tensors.Float, [.. shape.Select(n => (object)n)]));
        graph.Output.Add(new ValueInfoProto { Name = "y", Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = Tensors.Float } } });
        graph.Initializer.Add(initializers);
        var model = new ModelProto { IrVersion = 10, Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 21 });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = Nodes.Microsoft, Version = 1 });
        using var options = new SessionOptions();
        if (folder is not null) options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", folder);
        using var session = new InferenceSession(model.ToByteArray(), options);
        using var input = OrtValue.CreateTensorValueFromMemory(x, shape);
        using var run = new RunOptions();
        using var outputs = session.Run(run, new Dictionary<string, OrtValue> { ["x"] = input }, ["y"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
