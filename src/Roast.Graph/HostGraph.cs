using Google.Protobuf;
using Roast.Graph.Protobuf;

namespace Roast.Graph;

/// <summary>
/// The graph of a folder as hosts such as ONNX Runtime GenAI open it: with an attention mask, and perhaps with ports. Unlike
/// <see cref="ModelGraph"/> it may have been made for a fixed plan, or by another tool. Immutable.
/// </summary>
public sealed class HostGraph
{
    readonly ModelProto _model;
    readonly ModelGraph? _base;

    HostGraph(ModelProto model, ModelGraph? graph, string path)
    {
        (_model, _base, FullPath) = (model, graph, Path.GetFullPath(path));
        Ports = PortsOf(model, path);
        string? stated = model.MetadataProps.FirstOrDefault(entry => entry.Key == ModelGraph.ShapeKey)?.Value;
        Shape = stated is null ? graph?.Shape : Export.HfConfig.Parse(System.Text.Encoding.UTF8.GetBytes(stated), $"{path}, metadata '{ModelGraph.ShapeKey}'");
    }

    /// <summary>The file.</summary>
    public string FullPath { get; }

    /// <summary>The model's sizes; <c>null</c> where the graph does not say them and they are not found in it.</summary>
    public ModelShape? Shape { get; }

    /// <summary>The ports that the file has.</summary>
    public IReadOnlyDictionary<Point, HostPort> Ports { get; }

    /// <summary>Points that can be steered: those of the file's ports, else every point of a graph that says where they are, or in which they are found; else none.</summary>
    public IReadOnlyList<Point> Steerable => Ports.Count > 0 ? [.. Ports.Keys.Order()] : _base?.Points ?? [];

    /// <summary>Absolute paths of the files that hold the weights, in ordinal order; the graph itself where it has no others.</summary>
    public IReadOnlyList<string> WeightsFiles
    {
        get
        {
            string folder = Path.GetDirectoryName(FullPath)!;
            string[] external = [.. _model.Graph.Initializer.Where(ExternalData.IsExternal).Select(ExternalData.Location).Distinct().Order(StringComparer.Ordinal).Select(name => Path.Combine(folder, name))];
            return external.Length > 0 ? external : [FullPath];
        }
    }

    /// <summary>Opens a graph.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.NotFound"/> or <see cref="RoastError.BadFile"/>.</exception>
    public static HostGraph Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var model = OnnxFile.Read(path);
        ModelGraph? graph = null;
        try { graph = ModelGraph.Load(path); }
        catch (RoastException e) when (e.Kind == RoastError.Unsupported) { }        // a fixed plan, float16, or unknown nodes: it runs as it is
        return new HostGraph(model, graph, path);
    }

    /// <summary>The port at a point: the file's own, or the shared one that <see cref="With"/> adds.</summary>
    /// <exception cref="KeyNotFoundException">The point is not <see cref="Steerable"/>.</exception>
    public HostPort Port(Point point) => Ports.TryGetValue(point, out var port) ? port
        : Ports.Count == 0 && _base is not null && Steerable.Contains(point) ? new HostPort(_base.Shape.Width(point.Site), PortForm.Shared)
        : throw new KeyNotFoundException($"{FullPath} has no port at {point}.");

    /// <summary>The graph with ports of two kinds; every other port of the file stays as it is.</summary>
    /// <param name="inputs">
    /// Ports without a default, which a host has to set. GenAI sets an input only where it has none: what is set for another is dropped in silence.
    /// </param>
    /// <param name="overridable">Ports that are zero unless an adapter, or a host that can, overrides them.</param>
    /// <returns>A serialized model; <c>null</c>: the file is that already.</returns>
    public byte[]? With(IReadOnlyList<Point> inputs, IReadOnlyList<Point> overridable)
    {
        foreach (var point in inputs.Concat(overridable)) _ = Port(point);
        if (inputs.Count == 0 && (overridable.Count == 0 || Ports.Count > 0)) return null;
        var model = Ports.Count > 0 ? _model.Clone()
            : ModelProto.Parser.ParseFrom(_base!.Instrument(new Plan { Ports = [.. inputs, .. overridable], Logits = LogitPositions.All }));
        var names = inputs.Select(GraphNames.Port).ToHashSet();
        for (int i = model.Graph.Initializer.Count - 1; i >= 0; i--)
            if (names.Contains(model.Graph.Initializer[i].Name)) model.Graph.Initializer.RemoveAt(i);
        return model.ToByteArray();
    }

    static SortedDictionary<Point, HostPort> PortsOf(ModelProto model, string path)
    {
        var ports = new SortedDictionary<Point, HostPort>();
        foreach (var input in model.Graph.Input)
        {
            if (!input.Name.StartsWith(GraphNames.PortPrefix, StringComparison.Ordinal)) continue;
            var dimensions = input.Type?.TensorType?.Shape?.Dim;
            if (!Point.TryParse(input.Name.AsSpan(GraphNames.PortPrefix.Length), null, out var point) || dimensions is not { Count: 1 or 3 } || dimensions[^1].DimValue is < 1 or > int.MaxValue)
                throw new RoastException(RoastError.BadFile, $"{path}: the input '{input.Name}' is no port: expected a point's name and the shape [width] or [rows, 1, width]. Write the folder again.");
            ports[point] = new HostPort((int)dimensions[^1].DimValue, dimensions.Count == 1 ? PortForm.Shared : PortForm.PerRow);
        }
        return ports;
    }
}

/// <summary>A port of a graph.</summary>
/// <param name="Width">Values of one vector.</param>
/// <param name="Form">[width], or [rows or 1, 1, width].</param>
public readonly record struct HostPort(int Width, PortForm Form);
