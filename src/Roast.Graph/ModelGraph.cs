using Google.Protobuf;
using Roast.Files;
using Roast.Graph.Export;
using Roast.Graph.Export.Quantize;
using Roast.Graph.Inspect;
using Roast.Graph.Protobuf;
using Roast.Graph.Rewrite;

namespace Roast.Graph;

/// <summary>
/// A decoder model as an ONNX graph that knows its points. The weights stay in their file; the graph is small and is made
/// anew for each plan. Immutable; safe to use from several threads.
/// </summary>
public sealed partial class ModelGraph
{
    /// <summary>Metadata key of the shape: JSON in config.json's spelling.</summary>
    internal const string ShapeKey = "roast.shape";

    const long IrVersion = 10, OnnxOpset = 21, MicrosoftOpset = 1;
    readonly ModelProto _model;
    readonly PointMap _points;

    ModelGraph(ModelProto model, ModelShape shape, PointMap points, string folder) =>
        (_model, Shape, _points, WeightsFolder) = (model, shape, points, Path.GetFullPath(folder));

    /// <summary>The model's sizes.</summary>
    public ModelShape Shape { get; }

    /// <summary>Every point that can be tapped and steered, by layer and site.</summary>
    public IReadOnlyList<Point> Points => _points.Points;

    /// <summary>Absolute path of the folder that the weights lie in: the session option <c>session.model_external_initializers_file_folder_path</c>.</summary>
    public string WeightsFolder { get; }

    /// <summary>Absolute paths of the files that hold the weights, in ordinal order.</summary>
    /// <remarks>The graph's own file where that holds all weights.</remarks>
    public IReadOnlyList<string> WeightsFiles
    {
        get
        {
            if (SourceFiles is { } sources) return [.. sources.Select(name => Path.Combine(WeightsFolder, name))];
            string[] external = [.. _model.Graph.Initializer.Where(ExternalData.IsExternal).Select(ExternalData.Location).Distinct().Order(StringComparer.Ordinal)];
            return [.. (external.Length > 0 ? external : [FileName]).Select(name => Path.Combine(WeightsFolder, name))];
        }
    }

    /// <summary>Name of the graph's file: the one that was loaded, else model.onnx.</summary>
    public string FileName { get; private init; } = "model.onnx";

    /// <summary>Whether keys and values, and with them the attention, are float16.</summary>
    public bool ComputesInFloat16 => _model.Graph.Input.FirstOrDefault(input => input.Name == GraphNames.PastKey(0))?.Type.TensorType.ElemType == Tensors.Float16;

    /// <summary>What the graph consists of.</summary>
    public GraphSummary Summarize() => GraphSummary.Of(_model, _model.CalculateSize()) with { Points = Points, PointsAreFound = HasFoundPoints };

    /// <summary>Writes the graph of a Hugging Face folder: config.json and the headers of the safetensors files are read, no weight is.</summary>
    /// <param name="folder">Holds config.json and model.safetensors, or model.safetensors.index.json and its shards; F32, F16 or BF16.</param>
    /// <param name="options">
    /// <c>null</c>: the defaults. <see cref="Precision.Float16"/>: unless all weights are float16 already, they become a <see cref="HeldFile"/>.
    /// <see cref="Precision.Int4"/> is for <see cref="ModelExporter"/>.
    /// </param>
    /// <exception cref="ArgumentException"><see cref="Precision.Int4"/>.</exception>
    /// <exception cref="RoastException">
    /// <see cref="RoastError.NotFound"/>: a file is absent. <see cref="RoastError.BadFile"/>: damaged, or config and weights disagree.
    /// <see cref="RoastError.Unsupported"/>: another family, number format or rotation.
    /// </exception>
    public static ModelGraph FromHuggingFace(string folder, ExportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new();
        if (options.Precision == Precision.Int4)
            throw new ArgumentException($"Precision {options.Precision} writes weights of its own; this graph only refers to weights that are there. Use {nameof(ModelExporter)} and open its folder.", nameof(options));
        var weights = SafetensorsWeights.Open(folder);
        if (options.Precision == Precision.Float32) return Build(HfConfig.Read(folder), weights, options);
        var data = new DataFile(DataFile.HeldName);
        return Build(HfConfig.Read(folder), new HalfWeights(weights, data, takesAll: !weights.AreHalf), options).Holding(data, weights.Files);
    }

    /// <summary>Writes the graph of a model whose shape and weights may come from anywhere.</summary>
    /// <param name="shape">Its family must be one of <see cref="Families"/>.</param>
    /// <param name="weights">Asked for every tensor of the family, once each; then for what was left over.</param>
    /// <param name="options"><c>null</c>: the defaults.</param>
    /// <exception cref="RoastException">What the source refuses; TooLarge: the rotation tables.</exception>
    internal static ModelGraph Build(ModelShape shape, IWeightSource weights, ExportOptions? options = null)
    {
        options ??= new();
        shape = shape with { MaxPositions = Math.Min(shape.MaxPositions, options.MaxPositions) };
        var decoder = new DecoderBuilder(shape, weights, options.Precision == Precision.Float16 ? Tensors.Float16 : Tensors.Float);
        Families.Of(shape).Build(decoder);
        weights.RefuseLeftovers(shape.Family);

        var model = new ModelProto { IrVersion = IrVersion, ProducerName = "roast", ProducerVersion = typeof(ModelGraph).Assembly.GetName().Version!.ToString(3), Graph = decoder.Graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = OnnxOpset });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = Nodes.Microsoft, Version = MicrosoftOpset });
        model.MetadataProps.Add(new StringStringEntryProto { Key = ShapeKey, Value = ShapeJson.Write(shape) });
        decoder.Points.Write(model);
        return new ModelGraph(model, shape, decoder.Points, weights.Folder);
    }

    /// <summary>Writes the graph, without taps and ports, beside its weights. A file is whole or not there.</summary>
    /// <param name="path">A file in <see cref="WeightsFolder"/>, usually model.onnx.</param>
    /// <param name="overwrite">Whether a file that exists is replaced.</param>
    /// <exception cref="ArgumentException">Another folder: the graph's references to its weights would lead nowhere.</exception>
    /// <exception cref="InvalidOperationException">The graph has <see cref="HeldWeights"/> or a <see cref="HeldFile"/>, which no file holds: export the model instead.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.CannotWrite"/>: it exists, or the folder cannot be written.</exception>
    public void Save(string path, bool overwrite = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (HeldWeights.Count > 0 || HeldFile is not null) throw new InvalidOperationException($"Weights of this graph are computed from {WeightsFiles[0]} and lie in no file; export the model, which writes them.");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (Path.TrimEndingDirectorySeparator(folder) != Path.TrimEndingDirectorySeparator(WeightsFolder))
            throw new ArgumentException($"The graph refers to its weights in {WeightsFolder} and must be saved there, not in {folder}. Copy the weights first, then export the copy.", nameof(path));
        AtomicFile.Write(path, overwrite, WriteTo);
    }

    /// <summary>Writes the graph's bytes, wherever they go.</summary>
    internal void WriteTo(Stream stream) => _model.WriteTo(stream);

    /// <summary>
    /// The graph for a session: the plan's taps and ports and no others, the two lengths as inputs in place of the mask
    /// (<see cref="GraphNames.SeqLensK"/>, <see cref="GraphNames.TotalSequenceLength"/>), logits as the plan asks, or of the positions that a run
    /// names (<see cref="GraphNames.LogitIndices"/>).
    /// </summary>
    /// <returns>A serialized ONNX model. Its weights are found through <see cref="WeightsFolder"/>.</returns>
    /// <remarks>
    /// A tap shows what later layers see: the activation with its own port added. A port whose vector is zero leaves every
    /// bit of the logits as it is without the port (a tap of the same point may show +0 where it was -0).
    /// </remarks>
    /// <exception cref="ArgumentException">A point that the model does not have.</exception>
    public byte[] ForPlan(Plan plan) => Edit(plan, directLengths: true);

    /// <summary>Like <see cref="ForPlan"/>, but with <c>attention_mask</c>: for hosts that know nothing of Roast, such as ONNX Runtime GenAI.</summary>
    /// <exception cref="ArgumentException">A point that the model does not have.</exception>
    public byte[] Instrument(Plan plan) => Edit(plan, directLengths: false);

    byte[] Edit(Plan plan, bool directLengths)
    {
        ArgumentNullException.ThrowIfNull(plan);
        RequirePoints(plan.Taps.Concat(plan.Ports), nameof(plan));
        if (plan.Logits == LogitPositions.All && LastLogits.GivesOne(_model.Graph.Output.First(output => output.Name == GraphNames.Logits)) && directLengths)
            throw new RoastException(RoastError.Unsupported, $"{WeightsFolder}: the graph gives the logits of the last position only, not of all. Ask for the last ones, or export the model again without that option.");
        var graph = new EditableGraph(_model, _points, Shape);
        if (directLengths)
        {
            DirectLengths.Apply(graph);
            DirectPositions.Apply(graph);
        }
        if (plan.Logits == LogitPositions.Last) LastLogits.Apply(graph, asInput: directLengths);
        if (plan.PortForm == PortForm.Shared) SharedPorts.Apply(graph, plan);
        else PerRowPorts.Apply(graph, plan);
        Taps.Apply(graph, plan.Taps);
        DeadCode.Remove(graph.Graph);
        if (directLengths && graph.Graph.Input.Any(input => input.Name == GraphNames.AttentionMask))
            throw new RoastException(RoastError.Unsupported, $"{WeightsFolder}: the graph uses {GraphNames.AttentionMask} for more than the lengths of its rows, so the decode loop cannot drive it. Instrument it for another host (roast instrument), or open the model's Hugging Face folder.");
        return graph.ToBytes();
    }

    void RequirePoints(IEnumerable<Point> points, string parameter)
    {
        foreach (var point in points)
            if (!Points.Contains(point))
                throw new ArgumentException($"The model has no point {point}. It has layers 0 to {Shape.Layers - 1} with the sites {string.Join(", ", Points.Select(p => p.Site).Distinct().Select(site => site.Name()))}.", parameter);
    }
}
