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
    /// <summary>What tells this model from another; hashes the weights.</summary>
    public ModelIdentity Identify() => new(Graph.Shape.Family, Graph.Shape.Layers, Graph.Shape.HiddenSize, Graph.Shape.IntermediateSize, Fingerprint.Weights(Graph.WeightsFiles), Tokenizer?.Hash);

    public static ModelFolder Open(string path)
    {
        if (File.Exists(path) && path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase)) return Of(Path.GetDirectoryName(Path.GetFullPath(path))!, ModelGraph.Load(path));
        if (File.Exists(path))
            throw new RoastException(RoastError.Unsupported, $"{path}: is a file; this version opens folders: a Hugging Face folder (config.json, model.safetensors, tokenizer.json), or one with a model.onnx. Give the folder.");
        if (!Directory.Exists(path))
            throw new RoastException(RoastError.NotFound, $"{path}: there is no such folder. Give a model folder with config.json and model.safetensors; 'two-annotators' names the model that Roast brings along.");
        var graph = File.Exists(Path.Combine(path, "model.onnx")) ? ModelGraph.Load(Path.Combine(path, "model.onnx")) : ModelGraph.FromHuggingFace(path);
        return Of(path, graph);
    }

    static ModelFolder Of(string path, ModelGraph graph)
    {
        bool hasTokenizer = File.Exists(Path.Combine(path, "tokenizer.json"));
        return new ModelFolder(graph,
            hasTokenizer ? TextTokenizer.Load(path) : null,
            hasTokenizer ? ChatTemplate.Load(path) : null,
            [.. graph.Shape.EndTokenIds]);
    }
}
