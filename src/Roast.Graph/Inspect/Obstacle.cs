using Roast.Graph.Protobuf;

namespace Roast.Graph.Inspect;

/// <summary>Why the decode loop cannot run a graph: it binds float32 buffers and one buffer for past and present.</summary>
internal static class Obstacle
{
    static readonly HashSet<string> Known = [GraphNames.InputIds, GraphNames.AttentionMask, GraphNames.PositionIds];

    /// <summary>The reason, as the end of a sentence about the graph; <c>null</c>: there is none.</summary>
    public static string? Of(GraphIndex index, PointMap points, ModelShape shape)
    {
        var graph = index.Graph;
        var defaults = graph.Initializer.Select(tensor => tensor.Name).ToHashSet();
        if (graph.Input.FirstOrDefault(input => !Known.Contains(input.Name) && Cone.PastLayer(input.Name) is null && !defaults.Contains(input.Name)) is { } other)
            return $"it takes the input {GraphValue.Of(other)}, which the decode loop does not know";
        for (int layer = 0; layer < shape.Layers; layer++)
        {
            var key = graph.Input.FirstOrDefault(input => input.Name == GraphNames.PastKey(layer));
            if (key is null || !graph.Input.Any(input => input.Name == GraphNames.PastValue(layer))) return $"it has no input {(key is null ? GraphNames.PastKey(layer) : GraphNames.PastValue(layer))}: the decode loop keeps keys and values between steps";
            if (index.Users(key.Name).FirstOrDefault(node => node.OpType == "GroupQueryAttention") is not { } attention)
                return $"layer {layer} does not attend by GroupQueryAttention ({index.Users(key.Name).FirstOrDefault(node => node.OpType != "Shape")?.OpType ?? "no operator"} takes {key.Name}), so past and present cannot share a buffer";
            if (attention.Find("sliding_window_cache")?.I == 1) return $"layer {layer} keeps keys in a sliding window of fixed size; build the model with windowed_kv_cache=false";
            if (Type(key) != Tensors.Float) return $"its keys and values are {GraphValue.TypeName(Type(key))}; the decode loop takes float32";
            if (index.Maker(GraphNames.PresentKey(layer)) != attention || index.Maker(GraphNames.PresentValue(layer)) != attention) return $"layer {layer} has no outputs {GraphNames.PresentKey(layer)} and {GraphNames.PresentValue(layer)} straight from its attention";
        }
        var logits = graph.Output.First(output => output.Name == GraphNames.Logits);
        if (Type(logits) != Tensors.Float) return $"its logits are {GraphValue.TypeName(Type(logits))}; the decode loop takes float32";
        if (points.Points.FirstOrDefault(point => index.ElementType(points[point]) != Tensors.Float, new Point(Site.ResidPost, -1)) is { Layer: >= 0 } half)
            return $"its activations are {GraphValue.TypeName(index.ElementType(points[half]))} at {half}; the decode loop takes float32";
        return null;
    }

    static int Type(ValueInfoProto value) => value.Type?.TensorType?.ElemType ?? 0;
}
