using Roast.Graph.Inspect;
using Roast.Graph.Protobuf;

namespace Roast.Graph.Rewrite;

/// <summary>
/// The head sees the last position only: logits become [batch, 1, vocabulary], and a prefill runs the head once per row.
/// A graph that gives one position already stays as it is.
/// </summary>
internal static class LastLogits
{
    const string Index = "/roast/last/index", Node = "/roast/last", Positions = "logit_positions";

    // What may lie between the gathered positions and the logits where there may be none of them.
    static readonly HashSet<string> Positionless = ["MatMul", "FusedMatMul", "MatMulNBits", "Concat", "Cast", "Identity", "Add", "Sub", "Mul", "Div", "Tanh"];

    /// <param name="graph">Changed.</param>
    /// <param name="asInput">Whether a run may name the positions (<see cref="GraphNames.LogitIndices"/>), where the head allows that.</param>
    public static void Apply(EditableGraph graph, bool asInput)
    {
        var logits = graph.Graph.Output.First(output => output.Name == GraphNames.Logits);
        if (GivesOne(logits)) return;
        string normed = HeadInput(new GraphIndex(graph.Graph)), last = $"{Node}/output_0";
        // All users: a head of quantized weights may take its input twice.
        foreach (var node in graph.Graph.Node)
            for (int i = 0; i < node.Input.Count; i++)
                if (node.Input[i] == normed) node.Input[i] = last;
        int maker = graph.IndexOf(node => node.Output.Contains(normed));
        asInput &= IsPositionless(graph.Graph.Node.Skip(maker + 1), last);
        string index = asInput ? GraphNames.LogitIndices : Index;
        graph.Graph.Initializer.Add(Tensors.Integers(index, scalar: false, -1));
        graph.Graph.Node.Insert(maker + 1, Nodes.New("Gather", Node, [normed, index], [last], Nodes.Integer("axis", 1)));
        // What lies behind has another shape now than the file said.
        var behind = graph.Graph.Node.Skip(maker + 1).SelectMany(node => node.Output).ToHashSet();
        for (int i = graph.Graph.ValueInfo.Count - 1; i >= 0; i--) if (behind.Contains(graph.Graph.ValueInfo[i].Name)) graph.Graph.ValueInfo.RemoveAt(i);
        logits.Type.TensorType.Shape.Dim[1] = asInput ? new TensorShapeProto.Types.Dimension { DimParam = Positions } : new TensorShapeProto.Types.Dimension { DimValue = 1 };
        if (asInput) graph.Graph.Input.Add(Tensors.Value(GraphNames.LogitIndices, Tensors.Int64, Positions));
    }

    /// <summary>Whether everything behind a value can do without positions.</summary>
    static bool IsPositionless(IEnumerable<NodeProto> nodes, string value)
    {
        var behind = new HashSet<string> { value };
        foreach (var node in nodes)
        {
            if (!node.Input.Any(behind.Contains)) continue;
            if (!Positionless.Contains(node.OpType)) return false;
            behind.UnionWith(node.Output);
        }
        return true;
    }

    /// <summary>Whether a graph gives the logits of one position and no others.</summary>
    public static bool GivesOne(ValueInfoProto logits) =>
        logits.Type.TensorType.Shape.Dim[1] is { ValueCase: TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue, DimValue: 1 };

    // Between the head's product and the logits may be a softcap, a cast, or the sum of two products.
    static string HeadInput(GraphIndex index)
    {
        var logits = index.Maker(GraphNames.Logits)!;
        for (var head = logits; head is not null; head = index.Maker(head.Input.At(0)))
            if (Products.Behind(index, head.Output[0]) is { } product && Products.InputOf(index, product) is var input && index.Maker(input) is not null) return input;
        return logits.Input[0];
    }
}
