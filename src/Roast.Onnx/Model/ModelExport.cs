using Roast.Files;
using Roast.Formats;
using Roast.Graph.Export;
using Roast.Text;

namespace Roast.Onnx;

/// <summary>Exports any model that <see cref="SteerableModel.Open"/> takes from its makers: a Hugging Face folder or a .gguf file.</summary>
public static class ModelExport
{
    /// <summary>
    /// Writes a model's folder; see <see cref="ModelExporter"/>. Of a .gguf file with a tokenizer that is known, tokenizer.json and
    /// tokenizer_config.json, chat template included, are written from its metadata; of one that is not known, the result has a note.
    /// </summary>
    /// <param name="source">A Hugging Face folder or a .gguf file.</param>
    /// <param name="target">The folder to write; it need not exist, its parent must.</param>
    /// <param name="options">Precision and context; <c>null</c>: the defaults.</param>
    /// <param name="overwrite">Whether files that exist are replaced; other files of the folder stay.</param>
    /// <param name="cancellationToken">Ends the export between two tensors; nothing is left behind.</param>
    /// <exception cref="RoastException">The source cannot be used, or the target cannot be written; nothing is half-written.</exception>
    public static ExportResult Export(string source, string target, ExportOptions? options = null, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        if (!File.Exists(source)) return ModelExporter.Export(source, target, options, overwrite, cancellationToken);
        var (companions, note) = (new Dictionary<string, byte[]>(), (string?)null);
        try
        {
            using var stream = InputFile.Open(source);
            if (GgufTokenizer.Read(GgufHeader.Read(stream, source).Metadata, source) is { } files)
                (companions["tokenizer.json"], companions["tokenizer_config.json"]) = (files.Tokenizer, files.Config);
        }
        catch (RoastException e) when (e.Kind == RoastError.Unsupported) { note = $"No tokenizer was written: {e.Message}"; }
        var result = ModelExporter.ExportGguf(source, target, companions, options, overwrite, cancellationToken);
        return note is null ? result : result with { Notes = [.. result.Notes, note] };
    }
}
