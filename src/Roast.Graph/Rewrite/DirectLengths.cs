using Roast.Graph.Protobuf;

namespace Roast.Graph.Rewrite;

/// <summary>
/// Attention takes its two lengths from inputs instead of counting a mask: a decode loop binds fixed buffers, and no
/// input changes its shape from step to step.
/// </summary>
internal static class DirectLengths
{
    const int SeqLensInput = 5, TotalInput = 6;

    public static void Apply(EditableGraph graph)
    {
        foreach (var node in graph.Graph.Node.Where(node => node.OpType == "GroupQueryAttention"))
        {
            node.SetInput(SeqLensInput, GraphNames.SeqLensK);
            node.SetInput(TotalInput, GraphNames.TotalSequenceLength);
        }
        graph.Graph.Input.Insert(1, Tensors.Value(GraphNames.SeqLensK, Tensors.Int32, "batch_size"));
        graph.Graph.Input.Insert(2, Tensors.Value(GraphNames.TotalSequenceLength, Tensors.Int32, 1));
    }
}
