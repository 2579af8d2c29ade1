using Roast.Formats;
using Roast.Graph.Export.Quantize;

namespace Roast.Graph.Export;

/// <summary>A model that is ready to be written: its graph, and the weights that the graph has of its own.</summary>
/// <param name="Graph">Refers to <paramref name="Data"/> by name; that file need not be there yet.</param>
/// <param name="Data">Computed weights; of length 0 where the graph refers to the source's files alone.</param>
internal sealed record ExportedModel(ModelGraph Graph, DataFile Data)
{
    /// <summary>Of a Hugging Face folder. Headers are read, no weight is.</summary>
    /// <exception cref="RoastException">NotFound, BadFile, Unsupported or TooLarge.</exception>
    public static ExportedModel FromHuggingFace(string folder, ExportOptions options)
    {
        var shape = HfConfig.Read(folder);
        var source = SafetensorsWeights.Open(folder);
        var data = new DataFile(DataFile.DefaultName);
        IWeightSource weights = options.Precision switch
        {
            Precision.Float16 => new HalfWeights(source, data),
            Precision.Int4 => new Int4Weights(source, data, options.Asymmetric, options.AccuracyLevel),
            _ => source,
        };
        return new ExportedModel(ModelGraph.Build(shape, weights, options), data);
    }

    /// <summary>Of a GGUF file: every weight goes into the export's own data.</summary>
    /// <exception cref="RoastException">NotFound, BadFile, Unsupported or TooLarge.</exception>
    public static ExportedModel FromGguf(GgufReader reader, string path, ExportOptions options)
    {
        var data = new DataFile(DataFile.DefaultName);
        // No weight lies beside the graph yet, wherever it is written: the "folder" is the file, which no target can be.
        var graph = ModelGraph.FromGguf(reader, Path.GetFullPath(path), Path.GetFullPath(path), options,
            (_, name, type, shape, bytes, write) => data.Add(name, type, shape, bytes, write));
        return new ExportedModel(graph, data);
    }
}
