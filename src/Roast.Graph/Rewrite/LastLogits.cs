using Roast.Graph.Inspect;
using Roast.Graph.Protobuf;

namespace Roast.Graph.Rewrite;

/// <summary>
/// The head sees the last position only: logits become [batch, 1, vocabulary], and a prefill runs the head once per row.
/// A graph that gives one position already stays as it is.
/// </summary>
internal static class LastLogits
{
    const string Index = "/roast/last/index", Node = "/roast/last";

    public static void Apply(EditableGraph graph)
    {
        var logits = graph.Graph.Output.First(output => output.Name == GraphNames.Logits);
        if (GivesOne(logits)) return;
        // A cap or a cast may stand behind the head; where no product is found, the last node alone sees one position.
        var head = Products.Behind(new GraphIndex(graph.Graph), GraphNames.Logits);
        int at = graph.IndexOf(node => head is null ? node.Output.Contains(GraphNames.Logits) : ReferenceEquals(node, head));
        head = graph.Graph.Node[at];
        graph.Graph.Initializer.Add(Tensors.Integers(Index, scalar: false, -1));
        graph.Graph.Node.Insert(at, Nodes.New("Gather", Node, [head.Input[0], Index], [$"{Node}/output_0"], Nodes.Integer("axis", 1)));
        head.Input[0] = $"{Node}/output_0";
        // What lies behind the head has another shape now than the file said.
        var behind = graph.Graph.Node.Skip(at + 1).SelectMany(node => node.Output).ToHashSet();
        for (int i = graph.Graph.ValueInfo.Count - 1; i >= 0; i--) if (behind.Contains(graph.Graph.ValueInfo[i].Name)) graph.Graph.ValueInfo.RemoveAt(i);
        logits.Type.TensorType.Shape.Dim[1] = new TensorShapeProto.Types.Dimension { DimValue = 1 };
    }

    /// <summary>Whether a graph gives the logits of one position and no others.</summary>
    public static bool GivesOne(ValueInfoProto logits) =>
        logits.Type.TensorType.Shape.Dim[1] is { ValueCase: TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue, DimValue: 1 };
}
