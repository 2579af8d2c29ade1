using Roast.Files;
using Roast.Formats;
using Roast.Graph.Export;
using Roast.Graph.Protobuf;

namespace Roast.Graph;

public sealed partial class ModelGraph
{
    /// <summary>
    /// Weights that lie in no file as the graph declares them, but are computed: all of a GGUF file's, none of a Hugging Face
    /// folder's. A session needs every one of them that its graph still has.
    /// </summary>
    public IReadOnlyList<HeldWeight> HeldWeights { get; private init; } = [];

    /// <summary>Weights that the graph declares in a file that is not on the disk: those of a graph in float16 whose source has others. <c>null</c>: there are none.</summary>
    public HeldFile? HeldFile { get; private init; }

    /// <summary>The names of the source's files, where the graph states none of them.</summary>
    IReadOnlyList<string>? SourceFiles { get; init; }

    ModelGraph Holding(DataFile data, IReadOnlyList<string> sources) =>
        new(_model, Shape, _points, WeightsFolder) { HeldFile = data.Length > 0 ? data.Hold() : null, SourceFiles = sources };

    /// <summary>Writes the graph of a GGUF file; its header is read, no weight is.</summary>
    /// <param name="path">The .gguf file: architecture llama, qwen2 or qwen3; tensors F32, F16, BF16, Q4_0, Q4_1, Q8_0, Q4_K, Q6_K.</param>
    /// <param name="options">
    /// <c>null</c>: the defaults. <see cref="Precision.Float32"/> dequantizes; <see cref="Precision.Int4"/> keeps matrices in Q4_0, Q4_1 and
    /// Q8_0 in the blocks that they have, losing nothing, and dequantizes the others. <see cref="Precision.Float16"/> dequantizes and rounds
    /// to float16: its weights are one <see cref="HeldFile"/>.
    /// </param>
    /// <exception cref="RoastException">
    /// <see cref="RoastError.NotFound"/>: no such file. <see cref="RoastError.BadFile"/>: damaged, or metadata and tensors disagree.
    /// <see cref="RoastError.Unsupported"/>: another architecture, variant or number format.
    /// </exception>
    public static ModelGraph FromGguf(string path, ExportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = InputFile.Open(path);
        return FromGguf(new GgufReader(stream, path), path, options);
    }

    /// <summary>The same, of a file that is open.</summary>
    /// <param name="reader">Reads the file.</param>
    /// <param name="path">The .gguf file; opened again when weights are computed.</param>
    /// <param name="options"><c>null</c>: the defaults; see above.</param>
    /// <exception cref="RoastException">As above.</exception>
    public static ModelGraph FromGguf(GgufReader reader, string path, ExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        options ??= new();
        string full = Path.GetFullPath(path), name = Path.GetFileName(full);
        if (options.Precision == Precision.Float16)
        {
            var data = new DataFile(DataFile.HeldName);
            return FromGguf(reader, full, Path.GetDirectoryName(full)!, options, (_, tensor, type, shape, bytes, write) => data.Add(tensor, type, shape, bytes, write)).Holding(data, [name]);
        }
        var held = new List<HeldWeight>();
        TensorProto Hold(GgufTensor source, string tensor, int type, ReadOnlySpan<long> shape, long bytes, Action<Stream> write)
        {
            held.Add(new HeldWeight(tensor, (HeldType)type, shape.ToArray(), bytes, write));
            // ONNX Runtime checks that the location exists, even of an initializer that it is given: here is what it is computed from.
            return Tensors.External(tensor, type, shape, name, reader.Header.DataStart + source.Begin, source.Bytes);
        }
        var graph = FromGguf(reader, full, Path.GetDirectoryName(full)!, options, Hold);
        return new ModelGraph(graph._model, graph.Shape, graph._points, graph.WeightsFolder) { HeldWeights = held };
    }

    /// <summary>The graph with its weights wherever <paramref name="place"/> puts them.</summary>
    internal static ModelGraph FromGguf(GgufReader reader, string path, string folder, ExportOptions options, PlaceTensor place)
    {
        var shape = HfConfig.Parse(GgufConfig.Write(reader, path), $"{path}, metadata as config.json");
        var weights = new GgufWeights(reader.Header, path, folder, shape, options.Precision == Precision.Float16, place);
        return Build(shape, options.Precision == Precision.Int4 ? new GgufBlockWeights(weights, place, options.AccuracyLevel) : weights, options);
    }
}
