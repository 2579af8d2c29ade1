using Roast.Graph.Protobuf;

namespace Roast.Graph.Inspect;

/// <summary>What the edits rely on. Graphs fresh from the exporter have it; files are checked, so that no edit meets a surprise.</summary>
internal static class Structure
{
    /// <summary>Checks a graph that was read from a file.</summary>
    /// <exception cref="RoastException">BadFile: which part is not as the exporter writes it.</exception>
    public static void Check(GraphProto graph, PointMap points, ModelShape shape, string file)
    {
        CheckNodes(graph, file, Changed, RoastError.BadFile);
        var outputs = graph.Output.Select(output => output.Name).ToHashSet();
        foreach (var point in points.Points)
        {
            // A tap renames its value: that value must be the point's own, and no output yet.
            if (!outputs.Add(points[point])) throw Bad(file, $"the value '{points[point]}' of {point} is an output or another point's value");
            if (point.Layer >= shape.Layers) throw Bad(file, $"it has the point {point}, but {shape.Layers} layers");
            if (point.Site == Site.ResidPost && FindNorm(graph, point, points[point]) is null && !graph.Node.Any(node => node.OpType == "Add" && node.Output.Contains(points[point])))
                throw Bad(file, $"no skip norm and no Add adds the value '{points[point]}' of {point}");
        }
    }

    /// <summary>The skip norm that adds a point to the residual: behind attn_out and mlp_out the one that takes it, for resid_post the one that makes it; <c>null</c> where there is none.</summary>
    public static NodeProto? FindNorm(GraphProto graph, Point point, string value) => graph.Node.FirstOrDefault(node => ResidualStream.IsSkipNorm(node)
        && (point.Site == Site.ResidPost ? node.Output.At(3) == value : point.Site != Site.MlpAct && (node.Input[0] == value || node.Input[1] == value)));

    /// <summary>Checks what every edit relies on: inputs and outputs, sorted nodes, one maker a value. An edit then needs one pass.</summary>
    /// <param name="graph">From a file.</param>
    /// <param name="file">For messages.</param>
    /// <param name="advice">Ends every message.</param>
    /// <param name="other">The kind of error for a sound graph that is built otherwise.</param>
    /// <exception cref="RoastException">Which part is not so: BadFile, or <paramref name="other"/>.</exception>
    public static void CheckNodes(GraphProto graph, string file, string advice, RoastError other)
    {
        if (!graph.Input.Any(input => input.Name == GraphNames.InputIds)) throw Bad(file, $"it has no input {GraphNames.InputIds}", advice, other);
        var known = graph.Input.Select(input => input.Name).Concat(graph.Initializer.Select(tensor => tensor.Name)).Append("").ToHashSet();
        if (ReservedName(graph) is { } reserved) throw Bad(file, $"its value '{reserved}' has a name that Roast gives to taps and ports", advice);
        foreach (var node in graph.Node)
        {
            if (node.Attribute.Any(attribute => attribute.G is not null || attribute.Graphs.Count > 0)) throw Bad(file, $"its node '{node.Name}' has a subgraph", advice, other);
            foreach (string input in node.Input) if (!known.Contains(input)) throw Bad(file, $"its node '{node.Name}' takes '{input}', which nothing before it makes", advice);
            foreach (string output in node.Output) if (output.Length > 0 && !known.Add(output)) throw Bad(file, $"its value '{output}' is made twice", advice);
            if (node.Output.Count == 0) throw Bad(file, $"its node '{node.Name}' makes nothing", advice);
        }
        if (graph.Output.FirstOrDefault(output => output.Name == GraphNames.Logits)?.Type?.TensorType?.Shape?.Dim.Count != 3)
            throw Bad(file, $"it has no output {GraphNames.Logits} of three dimensions", advice, other);
        if (graph.Node.FirstOrDefault(node => node.Output.Contains(GraphNames.Logits)) is not { Input.Count: > 0 })
            throw Bad(file, $"no node makes {GraphNames.Logits}", advice, other);
    }

    /// <summary>A value with a name that only Roast gives; <c>null</c>: there is none.</summary>
    public static string? ReservedName(GraphProto graph) => graph.Input.Select(input => input.Name).Concat(graph.Node.SelectMany(node => node.Output))
        .FirstOrDefault(name => name.StartsWith("roast.", StringComparison.Ordinal) || name.StartsWith("/roast/", StringComparison.Ordinal));

    const string Changed = "The graph was changed after its export: export it again from the Hugging Face folder.";

    static RoastException Bad(string file, string why, string advice = Changed, RoastError kind = RoastError.BadFile) => new(kind, $"{file}: {why}. {advice}");
}
