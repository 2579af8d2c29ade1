using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Roast.Formats;
using Roast.Graph.Protobuf;

namespace Roast.GenAI;

/// <summary>
/// Which of two active adapters that name one parameter counts. No document says; ONNX Runtime 1.31.1 takes the last, and another version was seen to
/// take the first. So this process's ONNX Runtime is asked, once, by a graph of one node.
/// </summary>
internal static class AdapterRule
{
    const string Parameter = "p", Result = "y";

    static readonly Lazy<bool> Asked = new(Ask);

    /// <summary>Whether the adapter that was activated last counts.</summary>
    public static bool LastWins => Asked.Value;

    static bool Ask()
    {
        using var session = new InferenceSession(Model());
        using var options = new RunOptions();
        using OrtLoraAdapter one = Adapter(1), two = Adapter(2);
        options.AddActiveLoraAdapter(one);
        options.AddActiveLoraAdapter(two);
        using var outputs = session.Run(options, [], [], [Result]);
        return outputs[0].GetTensorDataAsSpan<float>()[0] == 2;
    }

    static OrtLoraAdapter Adapter(float value)
    {
        using var file = new MemoryStream();
        OnnxAdapterWriter.Write(file, new OnnxAdapter([OnnxAdapterParameter.Float32(Parameter, [value], 1)]));
        return OrtLoraAdapter.Create(file.ToArray(), null);
    }

    static byte[] Model()
    {
        var graph = new GraphProto { Name = "rule" };
        graph.Input.Add(Tensors.Value(Parameter, Tensors.Float, 1));
        graph.Initializer.Add(Tensors.Floats(Parameter, [1], new byte[sizeof(float)]));
        graph.Node.Add(Nodes.New("Identity", "rule", [Parameter], [Result]));
        graph.Output.Add(Tensors.Value(Result, Tensors.Float, 1));
        var model = new ModelProto { IrVersion = 10, Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 21 });
        return model.ToByteArray();
    }
}
