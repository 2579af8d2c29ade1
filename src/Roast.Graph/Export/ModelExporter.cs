using Roast.Files;
using Roast.Formats;

namespace Roast.Graph.Export;

/// <summary>
/// Writes a model's folder: model.onnx, its weights, tokenizer and configuration files, genai_config.json and roast.json.
/// ONNX Runtime, ONNX Runtime GenAI and Roast open it as it is.
/// </summary>
public static class ModelExporter
{
    /// <summary>Exports a Hugging Face folder.</summary>
    /// <param name="source">Holds config.json and safetensors weights, whole or in shards.</param>
    /// <param name="target">
    /// The folder to write; it need not exist, its parent must. The source itself: the graph then points into the weights that are
    /// there. In another folder those weights files appear as hard links, or as copies where links are not possible.
    /// </param>
    /// <param name="options">Precision and context; <c>null</c>: the defaults, which convert and copy no weight.</param>
    /// <param name="overwrite">Whether files that exist are replaced; other files of the folder stay.</param>
    /// <param name="cancellationToken">Ends the export between two tensors; nothing is left behind.</param>
    /// <returns>What was written, and what is worth knowing about it.</returns>
    /// <exception cref="RoastException">
    /// <see cref="RoastError.NotFound"/>, <see cref="RoastError.BadFile"/>, <see cref="RoastError.Unsupported"/>: the source.
    /// <see cref="RoastError.NotFinite"/>: NaN or infinity in a weight that had to be converted.
    /// <see cref="RoastError.CannotWrite"/>: the target has such files already, or cannot be written. Nothing is half-written:
    /// a new folder appears whole; in one that exists, model.onnx is taken away first and put back last.
    /// </exception>
    public static ExportResult Export(string source, string target, ExportOptions? options = null, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        ArgumentException.ThrowIfNullOrEmpty(target);
        if (!Directory.Exists(source))
            throw new RoastException(RoastError.NotFound, $"{source}: there is no such folder. Give a Hugging Face model folder with config.json and model.safetensors.");
        options ??= new();
        var model = ExportedModel.FromHuggingFace(source, options);
        return new ModelFolderWriter(model, options.Precision, HfConfig.ReadSpecialTokens(source), Companions.Of(source)).Write(target, overwrite, cancellationToken);
    }

    /// <summary>Exports a GGUF file: all weights are written, dequantized or (<see cref="Precision.Int4"/>) in the blocks that they have.</summary>
    /// <param name="source">The .gguf file.</param>
    /// <param name="target">The folder to write; it need not exist, its parent must.</param>
    /// <param name="companions">Further files of the folder, such as tokenizer.json: name and content. config.json is written from the metadata.</param>
    /// <param name="options">Precision and context; <c>null</c>: the defaults, float32.</param>
    /// <param name="overwrite">Whether files that exist are replaced; other files of the folder stay.</param>
    /// <param name="cancellationToken">Ends the export between two tensors; nothing is left behind.</param>
    /// <exception cref="RoastException">As for a folder.</exception>
    public static ExportResult ExportGguf(string source, string target, IReadOnlyDictionary<string, byte[]> companions, ExportOptions? options = null, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        ArgumentException.ThrowIfNullOrEmpty(target);
        ArgumentNullException.ThrowIfNull(companions);
        options ??= new();
        using var stream = InputFile.Open(source);
        var reader = new GgufReader(stream, source);
        var model = ExportedModel.FromGguf(reader, source, options);
        var files = companions.ToDictionary(file => file.Key, file => (Action<Stream>)(output => output.Write(file.Value)));
        byte[] config = GgufConfig.Write(reader, source);
        files["config.json"] = output => output.Write(config);
        int? Token(string name) => (int?)reader.Header.Metadata.Integer($"tokenizer.ggml.{name}_token_id", 0, DecoderConfig.MaxVocabulary);
        return new ModelFolderWriter(model, options.Precision, new SpecialTokens(Token("bos"), Token("padding")), files).Write(target, overwrite, cancellationToken);
    }
}
