using Roast.Files;
using Roast.Formats;
using Roast.Graph;

namespace Roast.GenAI;

/// <summary>A steering pack: an .onnx_adapter file whose parameters are ports. Checked when it is opened, read again by GenAI when a run loads it.</summary>
public sealed class AdapterPack
{
    AdapterPack(string path, SteeringVector vector, IReadOnlyList<OnnxAdapterParameter> parameters) =>
        (FullPath, Vector, Parameters) = (path, vector, parameters);

    /// <summary>The file, as an absolute path.</summary>
    public string FullPath { get; }

    /// <summary>What the pack adds at each point, strength included.</summary>
    public SteeringVector Vector { get; }

    /// <summary>The points that the pack steers.</summary>
    public IReadOnlyList<Point> Points => Vector.Points;

    internal IReadOnlyList<OnnxAdapterParameter> Parameters { get; }

    /// <summary>Opens a pack.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.NotFound"/>, <see cref="RoastError.BadFile"/>, <see cref="RoastError.NotFinite"/>, or <see cref="RoastError.Unsupported"/>: an adapter that is no steering pack.</exception>
    public static AdapterPack Open(string path)
    {
        using var stream = InputFile.Open(path);
        var adapter = OnnxAdapterReader.Read(stream, path);
        return new AdapterPack(Path.GetFullPath(path), SteeringPack.ToVector(adapter, path), adapter.Parameters);
    }

    /// <summary>Refuses a model that lacks what the pack names: GenAI would fail in the middle of a run.</summary>
    internal void CheckFits(HostGraph graph)
    {
        SteeringPack.RequirePorts(graph, Points, $"{FullPath}");
        foreach (var (point, parameter) in Points.Select(point => (point, Parameters.First(parameter => parameter.Name == GraphNames.Port(point)))))
        {
            var (width, form) = graph.Port(point);
            int rank = form == PortForm.Shared ? 1 : 3;
            if (parameter.Shape.Count != rank || parameter.Shape[^1] != width)
                throw new RoastException(RoastError.VectorDoesNotFit, $"{FullPath}: has [{string.Join(", ", parameter.Shape)}] at {point}, where {graph.FullPath} takes {(rank == 1 ? $"[{width}]" : $"[1, 1, {width}]")}: it is for another model. Convert the vector for this one: 'roast convert --model'.");
        }
    }
}
