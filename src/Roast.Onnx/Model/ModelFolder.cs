using Roast.Files;
using Roast.Formats;
using Roast.Graph;
using Roast.Text;

namespace Roast.Onnx.Model;

/// <summary>What a model's folder, or its GGUF file, holds, opened and checked.</summary>
/// <param name="Graph">The decoder.</param>
/// <param name="Tokenizer"><c>null</c>: the folder has no tokenizer.json, or one of a kind that is not known, so the model takes token ids only.</param>
/// <param name="Template"><c>null</c>: the model has no chat template, so prompts are plain text.</param>
/// <param name="NoText">Why tokenizer or template is <c>null</c> although the folder has one; thrown where it is first needed.</param>
/// <param name="EndTokens">Tokens that end an answer.</param>
internal sealed record ModelFolder(ModelGraph Graph, TextTokenizer? Tokenizer, ChatTemplate? Template, RoastException? NoText, int[] EndTokens)
{
    public static ModelFolder Open(string path)
    {
        if (File.Exists(path)) return OpenFile(path);
        if (!Directory.Exists(path))
            throw new RoastException(RoastError.NotFound, $"{path}: there is no such folder. Give a model folder with config.json and model.safetensors; 'two-annotators' names the model that Roast brings along.");
        var graph = File.Exists(Path.Combine(path, "model.onnx")) ? ModelGraph.Load(Path.Combine(path, "model.onnx")) : ModelGraph.FromHuggingFace(path);
        var (tokenizer, template, noText) = OpenText(path);
        return new ModelFolder(graph, tokenizer, template, noText, [.. graph.Shape.EndTokenIds]);
    }

    // A model whose tokenizer or template is of a kind that Roast does not know still works with token ids; a damaged file is refused here and now.
    static (TextTokenizer?, ChatTemplate?, RoastException?) OpenText(string path)
    {
        if (!File.Exists(Path.Combine(path, "tokenizer.json"))) return (null, null, null);
        TextTokenizer? tokenizer = null;
        try
        {
            tokenizer = TextTokenizer.Load(path);
            return (tokenizer, ChatTemplate.Load(path), null);
        }
        catch (RoastException e) when (e.Kind == RoastError.Unsupported) { return (tokenizer, null, e); }
    }

    static ModelFolder OpenFile(string path)
    {
        if (!string.Equals(Path.GetExtension(path), ".gguf", StringComparison.OrdinalIgnoreCase))
            throw new RoastException(RoastError.Unsupported, $"{path}: is a file, but no .gguf file; this version opens those, and folders: a Hugging Face folder (config.json, model.safetensors, tokenizer.json), or one with a model.onnx that Roast exported. Give the folder.");
        GgufHeader header;
        using (var stream = InputFile.Open(path)) header = GgufHeader.Read(stream, path);
        var graph = ModelGraph.FromGguf(header, path);
        var files = GgufTokenizer.Read(header.Metadata, path);
        return new ModelFolder(graph,
            files is null ? null : TextTokenizer.Load(files, path, graph.Shape.VocabularySize),
            files is null ? null : ChatTemplate.Load(files, path),
            [.. graph.Shape.EndTokenIds]);
    }
}
