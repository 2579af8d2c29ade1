using Roast.Graph.Protobuf;

namespace Roast.Graph.Rewrite;

/// <summary>Shows activations: a value is renamed to its tap and made an output, so that nothing is computed or copied for it.</summary>
internal static class Taps
{
    public static void Apply(EditableGraph graph, IReadOnlyList<Point> taps)
    {
        foreach (var point in taps)
        {
            string tap = GraphNames.Tap(point);
            graph.Rename(graph.Points[point], tap);
            graph.Points[point] = tap;
            graph.Graph.Output.Add(Tensors.Value(tap, graph.ElementType(point), "batch_size", "sequence_length", graph.Shape.Width(point.Site)));
            // An output describes its value itself; ONNX wants one description of each.
            for (int i = graph.Graph.ValueInfo.Count - 1; i >= 0; i--)
                if (graph.Graph.ValueInfo[i].Name == tap) graph.Graph.ValueInfo.RemoveAt(i);
        }
    }
}
