using Roast.Graph.Protobuf;

namespace Roast.Graph.Inspect;

/// <summary>What the edits rely on. Graphs fresh from the exporter have it; files are checked, so that no edit meets a surprise.</summary>
internal static class Structure
{
    /// <summary>Checks a graph that was read from a file.</summary>
    /// <exception cref="RoastException">BadFile: which part is not as the exporter writes it.</exception>
    public static void Check(GraphProto graph, PointMap points, ModelShape shape, string file)
    {
        if (graph.Input.Count == 0 || graph.Input[0].Name != GraphNames.InputIds) throw Bad(file, $"its first input is not {GraphNames.InputIds}");
        CheckNodes(graph, file);
        if (graph.Output.FirstOrDefault(output => output.Name == GraphNames.Logits)?.Type?.TensorType?.Shape?.Dim.Count != 3)
            throw Bad(file, $"it has no output {GraphNames.Logits} of three dimensions");
        if (graph.Node.FirstOrDefault(node => node.Output.Contains(GraphNames.Logits)) is not { Input.Count: > 0 })
            throw Bad(file, $"no node makes {GraphNames.Logits}");
        var outputs = graph.Output.Select(output => output.Name).ToHashSet();
        foreach (var point in points.Points)
        {
            // A tap renames its value: that value must be the point's own, and no output yet.
            if (!outputs.Add(points[point])) throw Bad(file, $"the value '{points[point]}' of {point} is an output or another point's value");
            if (point.Layer >= shape.Layers) throw Bad(file, $"it has the point {point}, but {shape.Layers} layers");
            if (point.Site == Site.MlpAct || graph.Node.Any(node => node.OpType == "SimplifiedLayerNormalization" && node.Input.At(0) == points[point])) continue;
            if (FindNorm(graph, point, points[point]) is null)
                throw Bad(file, $"no SkipSimplifiedLayerNormalization adds the value '{points[point]}' of {point} to the residual");
        }
    }

    /// <summary>The norm that adds a point to the residual: behind attn_out and mlp_out the one that takes it, for resid_post the one that makes it.</summary>
    public static NodeProto? FindNorm(GraphProto graph, Point point, string value) => graph.Node.FirstOrDefault(node =>
        node.OpType == "SkipSimplifiedLayerNormalization" && node.Input.Count >= 3
        && (point.Site == Site.ResidPost ? node.Output.At(3) == value : node.Input[1] == value));

    // Sorted and flat: an edit then needs one pass, and a value has one maker.
    static void CheckNodes(GraphProto graph, string file)
    {
        var known = graph.Input.Select(input => input.Name).Concat(graph.Initializer.Select(tensor => tensor.Name)).Append("").ToHashSet();
        foreach (string name in graph.Input.Select(input => input.Name).Concat(graph.Node.SelectMany(node => node.Output)))
            if (name.StartsWith("roast.", StringComparison.Ordinal) || name.StartsWith("/roast/", StringComparison.Ordinal)) throw Bad(file, $"its value '{name}' has a name that Roast gives to taps and ports");
        foreach (var node in graph.Node)
        {
            if (node.Attribute.Any(attribute => attribute.G is not null || attribute.Graphs.Count > 0)) throw Bad(file, $"its node '{node.Name}' has a subgraph");
            foreach (string input in node.Input) if (!known.Contains(input)) throw Bad(file, $"its node '{node.Name}' takes '{input}', which nothing before it makes");
            foreach (string output in node.Output) if (output.Length > 0 && !known.Add(output)) throw Bad(file, $"its value '{output}' is made twice");
        }
    }

    static RoastException Bad(string file, string why) =>
        new(RoastError.BadFile, $"{file}: {why}. The graph was changed after its export: export it again from the Hugging Face folder.");
}
