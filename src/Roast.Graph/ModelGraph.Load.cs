using System.Text;
using Roast.Graph.Export;
using Roast.Graph.Inspect;
using Roast.Graph.Protobuf;
using Roast.Graph.Rewrite;

namespace Roast.Graph;

public sealed partial class ModelGraph
{
    /// <summary>Whether the points were found in a graph of another tool, by its structure; else the graph says where they are.</summary>
    public bool HasFoundPoints { get; private init; }

    /// <summary>
    /// Why <see cref="ForPlan"/> cannot be run by a loop that binds float32 or float16 buffers, one for past and present: the end of a
    /// sentence about the graph. <c>null</c>: it can be run. Other hosts may run it either way.
    /// </summary>
    public string? RunObstacle { get; private init; }

    /// <summary>Opens a graph: one that <see cref="Save"/> wrote, or one that the ONNX Runtime GenAI builder or a Hugging Face exporter wrote, whose points are found by structure.</summary>
    /// <param name="path">The .onnx file; its weights lie in the same folder, and so do config.json or genai_config.json.</param>
    /// <exception cref="RoastException">
    /// <see cref="RoastError.NotFound"/>: the graph or its weights are absent. <see cref="RoastError.BadFile"/>: damaged, or graph and config disagree.
    /// <see cref="RoastError.Unsupported"/>: a graph whose points cannot be found (the message says which were), or one made for a fixed plan.
    /// </exception>
    public static ModelGraph Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Load(OnnxFile.Read(path), path);
    }

    /// <summary>As above, of a file that was read.</summary>
    internal static ModelGraph Load(ModelProto model, string path)
    {
        var points = PointMap.Read(model, path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string? stated = model.MetadataProps.FirstOrDefault(entry => entry.Key == ShapeKey)?.Value;
        if (points.Points.Count > 0 && stated is not null)
        {
            var shape = HfConfig.Parse(Encoding.UTF8.GetBytes(stated), $"{path}, metadata '{ShapeKey}'");
            Structure.Check(model.Graph, points, shape, path);
            return Open(model, shape, points, path, hasFoundPoints: false);
        }
        var found = FindPoints(model, path);
        return Open(model, FoundShape.Read(new GraphIndex(model.Graph), found, folder, path), found.Points, path, hasFoundPoints: true);
    }

    /// <summary>Finds the points of a graph that does not say where they are; sorts it first where it is not sorted.</summary>
    internal static FoundDecoder FindPoints(ModelProto model, string path)
    {
        if (Structure.ReservedName(model.Graph) is { } reserved)
            throw new RoastException(RoastError.Unsupported, $"{path}: has the value '{reserved}': it was made for a fixed plan, with its taps and ports, and other plans cannot be made from it. Open the model that it was made from.");
        NodeOrder.Sort(model.Graph);
        Structure.CheckNodes(model.Graph, path, "Roast finds points in decoder graphs of the ONNX Runtime GenAI builder and of Hugging Face exporters: export the model again, or open its Hugging Face folder.", RoastError.Unsupported);
        return PointFinder.Find(new GraphIndex(model.Graph), path);
    }

    static ModelGraph Open(ModelProto model, ModelShape shape, PointMap points, string path, bool hasFoundPoints)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        ExternalData.Check(model.Graph, folder, path);
        return new ModelGraph(model, shape, points, folder)
        {
            FileName = Path.GetFileName(path),
            HasFoundPoints = hasFoundPoints,
            RunObstacle = Obstacle.Of(new GraphIndex(model.Graph), points, shape),
        };
    }
}
