using Roast.Graph;
using Roast.Graph.Bake;
using Roast.Onnx.Model;

namespace Roast.Onnx;

/// <summary>
/// Writes ONNX folders for other hosts: a model with fixed taps and ports, or one with a steering in its weights. Also of
/// models that <see cref="SteerableModel"/> cannot run, such as those whose attention is no GroupQueryAttention. No session is opened and no weight is read.
/// </summary>
public static class ModelRewriter
{
    /// <summary>Writes a model with fixed taps and ports. It runs without its ports being fed: their defaults are zeros.</summary>
    /// <param name="path">Model folder, or an .onnx file with its weights and configs beside it.</param>
    /// <param name="taps">Points that the graph shows; <c>null</c>: none.</param>
    /// <param name="ports">Points that the graph can be steered at; <c>null</c>: none. One of the two must be given.</param>
    /// <param name="form">The form of every port.</param>
    /// <param name="output">Folder to write; its parent exists.</param>
    /// <param name="overwrite">Whether a model folder that exists is replaced.</param>
    /// <exception cref="ArgumentException">Neither taps nor ports.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A layer that the model does not have.</exception>
    /// <exception cref="RoastException">The model cannot be read or has no such points, or the folder cannot be written.</exception>
    public static InstrumentResult Instrument(string path, PointPattern? taps, PointPattern? ports, PortForm form, string output, bool overwrite = false)
    {
        if (taps is null && ports is null) throw new ArgumentException("Name taps, ports, or both: a graph without them is the one that is there already.", nameof(taps));
        var model = Open(path, output, overwrite);
        var plan = new Plan
        {
            Taps = taps?.Resolve(model.Shape.Layers) ?? [],
            Ports = ports?.Resolve(model.Shape.Layers) ?? [],
            PortForm = form,
            Logits = LogitPositions.All,                     // what the host had before
        };
        return new InstrumentResult(plan.Taps, plan.Ports, form, GraphFolder.Write(model, model.Instrument(plan), output, overwrite));
    }

    /// <summary>Writes a plain model that behaves as the given one does under a steering in scope <c>all</c>.</summary>
    /// <param name="path">Model folder, or an .onnx file with its weights and configs beside it.</param>
    /// <param name="steering">Vector and strength; its scope must be <see cref="Scope.All"/>.</param>
    /// <param name="output">Folder to write; its parent exists.</param>
    /// <param name="overwrite">Whether a model folder that exists is replaced.</param>
    /// <exception cref="ArgumentException">Another scope: a plain graph cannot tell positions apart.</exception>
    /// <exception cref="RoastException">The model cannot be read, the vector does not fit it, or the folder cannot be written.</exception>
    public static BakeResult Bake(string path, Steering steering, string output, bool overwrite = false)
    {
        ArgumentNullException.ThrowIfNull(steering);
        var model = Open(path, output, overwrite);
        var doubts = steering.Vector.CheckFits(ModelFolder.Identify(model, ModelFolder.HashTokenizer(model.WeightsFolder)));
        return new BakeResult(steering.Vector.Points, steering.Strength, doubts, GraphFolder.Write(model, model.Bake(steering), output, overwrite));
    }

    static ModelGraph Open(string path, string output, bool overwrite)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var model = ModelFolder.OpenGraph(path);
        GraphFolder.Require(output, model.WeightsFolder, overwrite);
        return model;
    }
}

/// <summary>What <see cref="ModelRewriter.Instrument"/> wrote.</summary>
/// <param name="Taps">Points with a tap, ordered.</param>
/// <param name="Ports">Points with a port, ordered.</param>
/// <param name="PortForm">The form of every port.</param>
/// <param name="Output">The folder.</param>
public sealed record InstrumentResult(IReadOnlyList<Point> Taps, IReadOnlyList<Point> Ports, PortForm PortForm, GraphFolder Output);

/// <summary>What <see cref="ModelRewriter.Bake"/> wrote.</summary>
/// <param name="Points">Points that are steered.</param>
/// <param name="Strength">How strongly.</param>
/// <param name="Doubts">What is doubtful about the vector on this model; a sentence each.</param>
/// <param name="Output">The folder.</param>
public sealed record BakeResult(IReadOnlyList<Point> Points, Strength Strength, IReadOnlyList<string> Doubts, GraphFolder Output);
