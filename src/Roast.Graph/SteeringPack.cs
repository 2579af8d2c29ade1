using Roast.Files;
using Roast.Formats;

namespace Roast.Graph;

/// <summary>
/// A steering as an ONNX Runtime adapter: for each point the value of its port, <c>s*v</c>. An adapter has no scope (it steers whatever runs
/// while it is active), no strength of its own and no provenance.
/// </summary>
public static class SteeringPack
{
    /// <summary>The adapter of a steering.</summary>
    /// <param name="steering">Vector and strength; the scope is up to whoever activates the adapter.</param>
    /// <param name="port">The port at a point of the model, which says its form.</param>
    /// <exception cref="RoastException"><see cref="RoastError.VectorDoesNotFit"/>: a width that the port does not have.</exception>
    public static OnnxAdapter Of(Steering steering, Func<Point, HostPort> port)
    {
        ArgumentNullException.ThrowIfNull(steering);
        ArgumentNullException.ThrowIfNull(port);
        return new OnnxAdapter([.. steering.Vector.Points.Select(point =>
        {
            var (width, form) = port(point);
            if (steering.Vector[point].Length != width)
                throw new RoastException(RoastError.VectorDoesNotFit, $"The vector has width {steering.Vector[point].Length} at {point}, the model's port {width}. Take a vector of this model.");
            var values = new float[width];
            steering.WriteOffset(point, values);
            return OnnxAdapterParameter.Float32(GraphNames.Port(point), values, form == PortForm.Shared ? [width] : [1, 1, width]);
        })]);
    }

    /// <summary>Writes the adapter of a steering for a model's folder.</summary>
    /// <param name="path">The .onnx_adapter file; whole, or not at all.</param>
    /// <param name="steering">Vector and strength.</param>
    /// <param name="graph">The folder's graph.</param>
    /// <param name="overwrite">Whether a file that exists is replaced.</param>
    /// <exception cref="RoastException"><see cref="RoastError.VectorDoesNotFit"/>, <see cref="RoastError.Unsupported"/>: the graph cannot be steered. <see cref="RoastError.CannotWrite"/>.</exception>
    public static void Save(string path, Steering steering, HostGraph graph, bool overwrite = true)
    {
        ArgumentNullException.ThrowIfNull(steering);
        ArgumentNullException.ThrowIfNull(graph);
        RequirePorts(graph, steering.Vector.Points, "The vector");
        var adapter = Of(steering, graph.Port);
        AtomicFile.Write(path, overwrite, stream => OnnxAdapterWriter.Write(stream, adapter));
    }

    /// <summary>The vector that an adapter adds, at strength 1.</summary>
    /// <param name="adapter">Every parameter must be a port: float32, [width] or [1, 1, width].</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: a parameter that is no port. <see cref="RoastError.BadFile"/>: a port twice. <see cref="RoastError.NotFinite"/>.</exception>
    public static SteeringVector ToVector(OnnxAdapter adapter, string file)
    {
        ArgumentNullException.ThrowIfNull(adapter);
        if (adapter.Parameters.Count == 0) throw new RoastException(RoastError.Unsupported, $"{file}: has no parameters, so it steers nothing. Write it again with 'roast convert'.");
        if (adapter.Parameters.GroupBy(parameter => parameter.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new RoastException(RoastError.BadFile, $"{file}: names the parameter '{twice.Key}' {twice.Count()} times; expected each port once. Which of them counts is not defined: write it again with 'roast convert'.");
        return new SteeringVector(adapter.Parameters.Select(parameter =>
        {
            if (!parameter.Name.StartsWith(GraphNames.PortPrefix, StringComparison.Ordinal) || !Point.TryParse(parameter.Name.AsSpan(GraphNames.PortPrefix.Length), null, out var point)
                || parameter.Type != OnnxAdapterType.Float32 || parameter.Shape is not ([>= 1] or [1, 1, >= 1]))
                throw new RoastException(RoastError.Unsupported, $"{file}: the parameter '{parameter.Name}' ({parameter.Type} [{string.Join(", ", parameter.Shape)}]) is no port of Roast; expected {GraphNames.PortPrefix}POINT, float32, [width] or [1, 1, width]. Adapters of other kinds, such as LoRA, are for other hosts.");
            return KeyValuePair.Create(point, parameter.ToFloat32());
        }));
    }

    /// <summary>Refuses points that a graph cannot be steered at.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="points">Points of a vector or an adapter.</param>
    /// <param name="who">Whose points, to begin a sentence with.</param>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: it can be steered nowhere. <see cref="RoastError.VectorDoesNotFit"/>: not at these points.</exception>
    public static void RequirePorts(HostGraph graph, IEnumerable<Point> points, string who)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var steerable = graph.Steerable;
        if (steerable.Count == 0)
            throw new RoastException(RoastError.Unsupported, $"{graph.FullPath}: has no ports, and does not say where its points are, so it cannot be steered as it is. Write the folder with 'roast export' or 'roast instrument'.");
        var missing = points.Except(steerable).ToArray();
        if (missing.Length > 0)
            throw new RoastException(RoastError.VectorDoesNotFit, $"{who} steers {string.Join(", ", missing.Take(5))}{(missing.Length > 5 ? $" and {missing.Length - 5} more points" : "")}, where {graph.FullPath} has no port; it has {string.Join(", ", steerable.Take(20))}{(steerable.Count > 20 ? ", ..." : "")}. Take a vector of this model, or write a folder with those ports.");
    }
}
