using Roast.Graph.Protobuf;

namespace Roast.Graph.Inspect;

/// <summary>How a graph takes and gives keys and values.</summary>
/// <param name="Layers">Layers with keys and values.</param>
/// <param name="IsShared">Whether past and present can be one buffer: every layer attends by GroupQueryAttention. Else each run gives longer tensors.</param>
/// <param name="Type">Element type, for example <c>float32</c>.</param>
/// <param name="Shape">Dimensions of a past tensor as text: a number, a symbol, or <c>?</c>.</param>
public sealed record KeyValueForm(int Layers, bool IsShared, string Type, IReadOnlyList<string> Shape)
{
    /// <summary><c>shared, float32 [batch_size, 2, past_sequence_length, 32], 4 layers</c>.</summary>
    public override string ToString() => $"{(IsShared ? "shared" : "separate")}, {Type} [{string.Join(", ", Shape)}], {Layers} layers";

    internal static KeyValueForm? Of(GraphProto graph)
    {
        var keys = graph.Input.Where(input => Cone.PastLayer(input.Name) is not null && input.Name.EndsWith(".key", StringComparison.Ordinal)).ToArray();
        if (keys.Length == 0) return null;
        var shared = graph.Node.Where(node => node.OpType == "GroupQueryAttention").Select(node => node.Input.At(3)).ToHashSet();
        var first = GraphValue.Of(keys[0]);
        return new KeyValueForm(keys.Length, keys.All(key => shared.Contains(key.Name)), first.Type, first.Shape);
    }
}
