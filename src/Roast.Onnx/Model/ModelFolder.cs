using Roast.Files;
using Roast.Formats;
using Roast.Graph;
using Roast.Graph.Export;
using Roast.Text;

namespace Roast.Onnx.Model;

/// <summary>What a model's folder, or its GGUF file, holds, opened and checked.</summary>
/// <param name="Graph">The decoder.</param>
/// <param name="Tokenizer"><c>null</c>: there is no tokenizer.json or GGUF tokenizer, or one of a kind that is not known, so the model takes token ids only.</param>
/// <param name="Template"><c>null</c>: the model has no chat template, so prompts are plain text.</param>
/// <param name="NoText">Why tokenizer or template is <c>null</c> although the model has one; thrown where it is first needed.</param>
/// <param name="EndTokens">Tokens that end an answer.</param>
internal sealed record ModelFolder(ModelGraph Graph, TextTokenizer? Tokenizer, ChatTemplate? Template, RoastException? NoText, int[] EndTokens)
{
    /// <summary>Opens graph, tokenizer and template.</summary>
    public static ModelFolder Open(string path, Precision precision)
    {
        if (File.Exists(path) && IsGguf(path)) return OpenGguf(path, precision);
        var graph = OpenGraph(path, precision);
        var (tokenizer, template, noText) = OpenText(FolderOf(path));
        return new ModelFolder(graph, tokenizer, template, noText, [.. graph.Shape.EndTokenIds]);
    }

    internal static (TextTokenizer?, ChatTemplate?, RoastException?) OpenText(string path) => TextTokenizer.IsIn(path)
        ? OpenText(() => TextTokenizer.Load(path), () => ChatTemplate.Load(path))
        : (null, null, null);

    // A model whose tokenizer or template is of a kind that Roast does not know still works with token ids; a damaged file is refused here and now.
    static (TextTokenizer?, ChatTemplate?, RoastException?) OpenText(Func<TextTokenizer?> loadTokenizer, Func<ChatTemplate?> loadTemplate)
    {
        TextTokenizer? tokenizer = null;
        try
        {
            tokenizer = loadTokenizer();
            return (tokenizer, loadTemplate(), null);
        }
        catch (RoastException e) when (e.Kind == RoastError.Unsupported) { return (tokenizer, null, e); }
    }

    /// <summary>Opens the graph of a folder or an .onnx file, whatever the tokenizer is.</summary>
    public static ModelGraph OpenGraph(string path, Precision precision = Precision.Float32)
    {
        if (File.Exists(path) && path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase)) return Exported(path, precision);
        if (File.Exists(path) && IsGguf(path))
            throw new RoastException(RoastError.Unsupported, $"{path}: a .gguf file has no ONNX graph to rewrite. Make one first, 'roast export', then name its folder.");
        if (File.Exists(path))
            throw new RoastException(RoastError.Unsupported, $"{path}: is a file, but no .gguf and no .onnx file; this version opens those, and folders: a Hugging Face folder (config.json, model.safetensors, tokenizer.json), or one with a model.onnx. Give the folder.");
        if (!Directory.Exists(path))
            throw new RoastException(RoastError.NotFound, $"{path}: there is no such folder. Give a model folder with config.json and model.safetensors; 'two-annotators' names the model that Roast brings along.");
        return File.Exists(Path.Combine(path, "model.onnx"))
            ? Exported(Path.Combine(path, "model.onnx"), precision)
            : precision == Precision.Int4
            ? throw new RoastException(RoastError.Unsupported, $"{path}: a Hugging Face folder is not made int4 while it is opened. Write an int4 folder with 'roast export --precision int4' and open that, or use fp32 or fp16.")
            : ModelGraph.FromHuggingFace(path, new ExportOptions { Precision = precision });
    }

    static ModelGraph Exported(string path, Precision precision)
    {
        var graph = ModelGraph.Load(path);
        if (precision == Precision.Float16 && !graph.ComputesInFloat16)
            throw new RoastException(RoastError.Unsupported, $"{path}: its keys and values are not float16, and an ONNX folder runs as it was exported. Open the model's Hugging Face folder or .gguf file, which are converted in memory, or export it again with 'roast export --precision fp16'.");
        return graph;
    }

    /// <summary>The folder that a model's path means: itself, or the one that its file lies in.</summary>
    public static string FolderOf(string path) => File.Exists(path) ? Path.GetDirectoryName(Path.GetFullPath(path))! : path;

    /// <summary>What tells a model from another; hashes the weights.</summary>
    public static ModelIdentity Identify(ModelGraph graph, string? tokenizerHash) =>
        Sizes(graph.Shape) with { WeightsFingerprint = Fingerprint.Weights(graph.WeightsFiles), TokenizerHash = tokenizerHash };

    /// <summary>What is known of a model without reading a weight.</summary>
    public static ModelIdentity Sizes(ModelShape shape) => new(shape.Family, shape.Layers, shape.HiddenSize, shape.IntermediateSize);

    /// <summary>The hash of a folder's tokenizer, whatever its kind; <c>null</c> where there is none.</summary>
    public static string? HashTokenizer(string folder) =>
        Path.Combine(folder, TokenizerFile) is var path && File.Exists(path) ? Fingerprint.Sha256(path) : null;

    const string TokenizerFile = "tokenizer.json";

    static bool IsGguf(string path) => string.Equals(Path.GetExtension(path), ".gguf", StringComparison.OrdinalIgnoreCase);

    static ModelFolder OpenGguf(string path, Precision precision)
    {
        using var stream = InputFile.Open(path);
        var reader = new GgufReader(stream, path);
        var graph = ModelGraph.FromGguf(reader, path, new ExportOptions { Precision = precision });
        TokenizerFiles? files = null;
        var (tokenizer, template, noText) = OpenText(
            () => (files = GgufTokenizer.Read(reader.Header.Metadata, path)) is null ? null : TextTokenizer.Load(files, path, graph.Shape.VocabularySize),
            () => files is null ? null : ChatTemplate.Load(files, path));
        return new ModelFolder(graph, tokenizer, template, noText, [.. graph.Shape.EndTokenIds]);
    }
}
