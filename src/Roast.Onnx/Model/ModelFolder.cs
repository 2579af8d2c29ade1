using Roast.Files;
using Roast.Graph;
using Roast.Text;

namespace Roast.Onnx.Model;

/// <summary>What a model's folder holds, opened and checked.</summary>
/// <param name="Graph">The decoder.</param>
/// <param name="Tokenizer"><c>null</c>: the folder has no tokenizer.json, so the model takes token ids only.</param>
/// <param name="Template"><c>null</c>: the model has no chat template, so prompts are plain text.</param>
/// <param name="EndTokens">Tokens that end an answer.</param>
internal sealed record ModelFolder(ModelGraph Graph, TextTokenizer? Tokenizer, ChatTemplate? Template, int[] EndTokens)
{
    /// <summary>Opens graph, tokenizer and template.</summary>
    public static ModelFolder Open(string path)
    {
        var graph = OpenGraph(path);
        string folder = FolderOf(path);
        bool hasTokenizer = File.Exists(Path.Combine(folder, TokenizerFile));
        return new ModelFolder(graph,
            hasTokenizer ? TextTokenizer.Load(folder) : null,
            hasTokenizer ? ChatTemplate.Load(folder) : null,
            [.. graph.Shape.EndTokenIds]);
    }

    /// <summary>Opens the graph alone: also of a model whose tokenizer is of an unknown kind.</summary>
    public static ModelGraph OpenGraph(string path)
    {
        if (File.Exists(path) && path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase)) return ModelGraph.Load(path);
        if (File.Exists(path))
            throw new RoastException(RoastError.Unsupported, $"{path}: is a file; this version opens folders: a Hugging Face folder (config.json, model.safetensors, tokenizer.json), or one with a model.onnx. Give the folder.");
        if (!Directory.Exists(path))
            throw new RoastException(RoastError.NotFound, $"{path}: there is no such folder. Give a model folder with config.json and model.safetensors; 'two-annotators' names the model that Roast brings along.");
        return File.Exists(Path.Combine(path, "model.onnx")) ? ModelGraph.Load(Path.Combine(path, "model.onnx")) : ModelGraph.FromHuggingFace(path);
    }

    /// <summary>The folder that a model's path means: itself, or the one that its .onnx file lies in.</summary>
    public static string FolderOf(string path) => File.Exists(path) ? Path.GetDirectoryName(Path.GetFullPath(path))! : path;

    /// <summary>What tells a model from another; hashes the weights.</summary>
    public static ModelIdentity Identify(ModelGraph graph, string? tokenizerHash) =>
        new(graph.Shape.Family, graph.Shape.Layers, graph.Shape.HiddenSize, graph.Shape.IntermediateSize, Fingerprint.Weights(graph.WeightsFiles), tokenizerHash);

    /// <summary>The hash of a folder's tokenizer, whatever its kind; <c>null</c> where there is none.</summary>
    public static string? HashTokenizer(string folder) =>
        Path.Combine(folder, TokenizerFile) is var path && File.Exists(path) ? Fingerprint.Sha256(path) : null;

    const string TokenizerFile = "tokenizer.json";
}
