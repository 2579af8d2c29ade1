using Roast.Graph.Protobuf;

namespace Roast.Graph.Inspect;

/// <summary>Why the decode loop cannot run a graph: it binds float32 or float16 buffers, and one buffer for past and present.</summary>
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
            int type = Type(key);
            if (!Taken(type)) return $"its keys and values are {GraphValue.TypeName(type)}; the decode loop takes float32 and float16";
            if (Other(graph, layer, type) is { } odd) return $"its keys and values are {GraphValue.TypeName(type)}, but {GraphValue.Of(odd)} is not; the decode loop keeps all of them in one block";
            if (index.Maker(GraphNames.PresentKey(layer)) != attention || index.Maker(GraphNames.PresentValue(layer)) != attention) return $"layer {layer} has no outputs {GraphNames.PresentKey(layer)} and {GraphNames.PresentValue(layer)} straight from its attention";
        }
        var logits = graph.Output.First(output => output.Name == GraphNames.Logits);
        if (!Taken(Type(logits))) return $"its logits are {GraphValue.TypeName(Type(logits))}; the decode loop takes float32 and float16";
        if (points.Points.FirstOrDefault(point => !Taken(index.ElementType(points[point])), new Point(Site.ResidPost, -1)) is { Layer: >= 0 } strange)
            return $"its activations are {GraphValue.TypeName(index.ElementType(points[strange]))} at {strange}; the decode loop takes float32 and float16";
        return null;
    }

    static bool Taken(int type) => type is Tensors.Float or Tensors.Float16;

    /// <summary>A key or value, going in or out, that has another type; also of the first layer, whose type the caller has looked at.</summary>
    static ValueInfoProto? Other(GraphProto graph, int layer, int type)
    {
        string[] names = [GraphNames.PastKey(0), GraphNames.PastValue(layer), GraphNames.PresentKey(layer), GraphNames.PresentValue(layer)];
        return graph.Input.Concat(graph.Output).FirstOrDefault(value => names.Contains(value.Name) && Type(value) != type);
    }

    static int Type(ValueInfoProto value) => value.Type?.TensorType?.ElemType ?? 0;
}
