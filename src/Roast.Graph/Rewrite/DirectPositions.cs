using Roast.Graph.Protobuf;

namespace Roast.Graph.Rewrite;

/// <summary>
/// Computes <c>position_ids</c>, where a graph of another tool takes them, from the lengths: a row's tokens end at its
/// length, so they stand at length - sequence and on. Goes behind <see cref="DirectLengths"/>.
/// </summary>
internal static class DirectPositions
{
    const string At = "/roast/positions";

    public static void Apply(EditableGraph graph)
    {
        var given = graph.Graph.Input.FirstOrDefault(input => input.Name == GraphNames.PositionIds);
        if (given is null) return;
        graph.Graph.Input.Remove(given);
        foreach (var node in graph.Graph.Node)
            for (int i = 0; i < node.Input.Count; i++) if (node.Input[i] == GraphNames.PositionIds) node.Input[i] = $"{At}/ids";
        foreach (var (name, scalar, value) in new[] { ("one_axis", false, 1L), ("one", true, 1L), ("zero", true, 0L) })
            graph.Graph.Initializer.Add(Tensors.Integers($"{At}/{name}", scalar, value));
        NodeProto[] nodes =
        [
            Node("Shape", "shape", GraphNames.InputIds),
            Node("Gather", "tokens", $"{At}/shape", $"{At}/one"),                               // scalar
            Node("Range", "range", $"{At}/zero", $"{At}/tokens", $"{At}/one"),                  // [sequence]
            Nodes.New("Cast", $"{At}/last", [GraphNames.SeqLensK], [$"{At}/last"], Nodes.Integer("to", Tensors.Int64)),
            Node("Sub", "past_and_one", $"{At}/last", $"{At}/tokens"),
            Node("Add", "past", $"{At}/past_and_one", $"{At}/one"),                             // [batch]
            Node("Unsqueeze", "rows", $"{At}/past", $"{At}/one_axis"),                          // [batch, 1]
            Node("Add", "ids", $"{At}/rows", $"{At}/range"),                                    // [batch, sequence]
        ];
        for (int i = 0; i < nodes.Length; i++) graph.Graph.Node.Insert(i, nodes[i]);
    }

    static NodeProto Node(string operation, string name, params ReadOnlySpan<string> inputs) => Nodes.New(operation, $"{At}/{name}", inputs, [$"{At}/{name}"]);
}
