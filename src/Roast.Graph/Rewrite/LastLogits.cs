using Roast.Graph.Protobuf;

namespace Roast.Graph.Rewrite;

/// <summary>The head sees the last position only: logits become [batch, 1, vocabulary], and a prefill runs the head once per row.</summary>
internal static class LastLogits
{
    const string Index = "/roast/last/index", Node = "/roast/last";

    public static void Apply(EditableGraph graph)
    {
        int at = graph.IndexOf(node => node.Output.Contains(GraphNames.Logits));
        var head = graph.Graph.Node[at];
        graph.Graph.Initializer.Add(Tensors.Integers(Index, scalar: false, -1));
        graph.Graph.Node.Insert(at, Nodes.New("Gather", Node, [head.Input[0], Index], [$"{Node}/output_0"], Nodes.Integer("axis", 1)));
        head.Input[0] = $"{Node}/output_0";
        var logits = graph.Graph.Output.First(output => output.Name == GraphNames.Logits);
        logits.Type.TensorType.Shape.Dim[1] = new TensorShapeProto.Types.Dimension { DimValue = 1 };
    }
}
