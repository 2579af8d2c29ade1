using Google.Protobuf;
using Roast.Graph.Protobuf;

namespace Roast.Graph.Inspect;

/// <summary>What an ONNX file consists of. Made from any graph, also ones that Roast cannot steer.</summary>
public sealed record GraphSummary
{
    /// <summary>The tool that wrote it and its version; empty where the file does not say.</summary>
    public required string Producer { get; init; }
    /// <summary>Version of the file format.</summary>
    public required long IrVersion { get; init; }
    /// <summary>Operator set versions by domain; ONNX's own is <c>ai.onnx</c>.</summary>
    public required IReadOnlyDictionary<string, long> Opsets { get; init; }
    /// <summary>Number of nodes by operator, those in subgraphs included; by name.</summary>
    public required IReadOnlyDictionary<string, int> Nodes { get; init; }
    /// <summary>Inputs that a run must or may bind, ports included, in order.</summary>
    public required IReadOnlyList<GraphValue> Inputs { get; init; }
    /// <summary>Outputs, taps included, in order.</summary>
    public required IReadOnlyList<GraphValue> Outputs { get; init; }
    /// <summary>Points with a tap.</summary>
    public required IReadOnlyList<Point> Taps { get; init; }
    /// <summary>Points with a port.</summary>
    public required IReadOnlyList<Point> Ports { get; init; }
    /// <summary>Points that a plan can name: those in the file's point map, or those that its structure shows.</summary>
    public required IReadOnlyList<Point> Points { get; init; }
    /// <summary>Whether the points were found by structure: the file does not say where they are.</summary>
    public bool PointsAreFound { get; init; }
    /// <summary>Why there are no points; <c>null</c> where there are.</summary>
    public string? PointsProblem { get; init; }
    /// <summary>How keys and values come and go; <c>null</c> where the graph has none.</summary>
    public KeyValueForm? KeyValues { get; init; }
    /// <summary>What is quantized; empty where nothing is.</summary>
    public IReadOnlyList<Quantization> Quantization { get; init; } = [];
    /// <summary>Number of block-quantized products (<c>MatMulNBits</c>).</summary>
    public int QuantizedProducts => Nodes.GetValueOrDefault("MatMulNBits");
    /// <summary>Size of the graph file in bytes.</summary>
    public required long GraphBytes { get; init; }
    /// <summary>Bytes of initializers that lie in other files; a tensor that does not state its length counts as 0.</summary>
    public required long ExternalBytes { get; init; }

    /// <summary>Reads a .onnx file; weights in other files are not opened.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.NotFound"/> or <see cref="RoastError.BadFile"/>.</exception>
    public static GraphSummary Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var model = OnnxFile.Read(path);
        var summary = Of(model, new FileInfo(path).Length);
        if (summary.Points.Count > 0) return summary;
        try
        {
            return summary with { Points = ModelGraph.FindPoints(model, path).Points.Points, PointsAreFound = true };
        }
        catch (RoastException e)
        {
            return summary with { PointsProblem = e.Message };
        }
    }

    internal static GraphSummary Of(ModelProto model, long bytes)
    {
        var nodes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        Count(model.Graph, nodes);
        var opsets = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var opset in model.OpsetImport) opsets[opset.Domain.Length == 0 ? "ai.onnx" : opset.Domain] = opset.Version;
        var inputs = model.Graph.Input.Select(GraphValue.Of).ToArray();
        var outputs = model.Graph.Output.Select(GraphValue.Of).ToArray();
        // Sums of untrusted numbers: saturating, so that a silly file gives a silly size and no exception.
        long external = model.Graph.Initializer.Where(ExternalData.IsExternal).Select(ExternalData.Length)
            .Aggregate(0L, (sum, length) => length > long.MaxValue - sum ? long.MaxValue : sum + length);
        return new GraphSummary
        {
            Producer = $"{model.ProducerName} {model.ProducerVersion}".Trim(),
            IrVersion = model.IrVersion,
            Opsets = opsets,
            Nodes = nodes,
            Inputs = inputs,
            Outputs = outputs,
            Taps = Named(outputs.Select(output => output.Name), GraphNames.TapPrefix),
            Ports = Named(inputs.Select(input => input.Name), GraphNames.PortPrefix),
            Points = Named(model.MetadataProps.Select(entry => entry.Key), PointMap.KeyPrefix),
            KeyValues = KeyValueForm.Of(model.Graph),
            Quantization = Inspect.Quantization.Of(model.Graph),
            GraphBytes = bytes,
            ExternalBytes = external,
        };
    }

    static void Count(GraphProto graph, SortedDictionary<string, int> nodes)
    {
        foreach (var node in graph.Node)
        {
            nodes[node.OpType] = nodes.GetValueOrDefault(node.OpType) + 1;
            foreach (var attribute in node.Attribute)
            {
                if (attribute.G is { } inner) Count(inner, nodes);
                foreach (var other in attribute.Graphs) Count(other, nodes);
            }
        }
    }

    static Point[] Named(IEnumerable<string> names, string prefix) =>
        [.. names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(name => Point.TryParse(name.AsSpan(prefix.Length), null, out var point) ? point : (Point?)null)
            .OfType<Point>().Distinct().Order()];
}
