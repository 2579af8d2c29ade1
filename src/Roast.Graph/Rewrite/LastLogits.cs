using Roast.Graph.Protobuf;

namespace Roast.Graph.Rewrite;

/// <summary>The head sees the last position only: logits become [batch, 1, vocabulary], and a prefill runs the head once per row.</summary>
internal static class LastLogits
{
    const string Index = "/roast/last/index", Node = "/roast/last";

    public static void Apply(EditableGraph graph)
    {
        string normed = HeadInput(graph.Graph), last = $"{Node}/output_0";
        // All users: a head of quantized weights may take its input twice.
        foreach (var node in graph.Graph.Node)
            for (int i = 0; i < node.Input.Count; i++)
                if (node.Input[i] == normed) node.Input[i] = last;
        graph.Graph.Initializer.Add(Tensors.Integers(Index, scalar: false, -1));
        int maker = graph.IndexOf(node => node.Output.Contains(normed));
        graph.Graph.Node.Insert(maker + 1, Nodes.New("Gather", Node, [normed, Index], [last], Nodes.Integer("axis", 1)));
        var logits = graph.Graph.Output.First(output => output.Name == GraphNames.Logits);
        logits.Type.TensorType.Shape.Dim[1] = new TensorShapeProto.Types.Dimension { DimValue = 1 };
    }

    // Between the head's product and the logits may be a softcap.
    static string HeadInput(GraphProto graph)
    {
        var makers = new Dictionary<string, NodeProto>();
        foreach (var node in graph.Node) foreach (string output in node.Output) makers[output] = node;
        var logits = makers[GraphNames.Logits];
        var head = logits;
        while (head.OpType is not ("FusedMatMul" or "MatMulNBits" or "MatMul"))
            if (!makers.TryGetValue(head.Input.At(0), out head!)) return logits.Input[0];
        return head.Input[0];
    }
}
