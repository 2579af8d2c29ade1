using Roast.Files;
using Roast.Formats;
using Roast.Graph;
using Roast.Graph.Inspect;

namespace Roast.Onnx;

/// <summary>What a model consists of, for people: no weight is read and no session is opened.</summary>
/// <param name="Path">The folder or the .gguf file.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Points">Points that can be read and steered.</param>
/// <param name="Parameters">Elements of all tensors in the folder's safetensors files, or in the .gguf file.</param>
/// <param name="WeightBytes">Bytes of those tensors.</param>
/// <param name="Graph">The base of all plans.</param>
/// <param name="TokenizerVocabulary">Tokens of the tokenizer; <c>null</c> where there is none.</param>
/// <param name="HasChatTemplate">Whether prompts are rendered as a conversation.</param>
/// <param name="EndTokens">Tokens that end an answer.</param>
public sealed record ModelSummary(string Path, ModelShape Shape, IReadOnlyList<Point> Points, long Parameters, long WeightBytes, GraphSummary Graph,
    int? TokenizerVocabulary, bool HasChatTemplate, IReadOnlyList<int> EndTokens)
{
    /// <summary>Sums up an opened model.</summary>
    /// <exception cref="RoastException">A weights file that cannot be read.</exception>
    public static ModelSummary Of(SteerableModel model)
    {
        long parameters = 0, bytes = 0;
        if (File.Exists(model.FullPath))
        {
            using var stream = InputFile.Open(model.FullPath);
            foreach (var tensor in GgufHeader.Read(stream, model.FullPath).Entries) (parameters, bytes) = (parameters + tensor.Elements, bytes + tensor.Bytes);
        }
        else foreach (string path in Directory.EnumerateFiles(model.FullPath, "model*.safetensors").Order(StringComparer.Ordinal))
        {
            using var stream = InputFile.Open(path);
            foreach (var entry in SafetensorsHeader.Read(stream, path).Entries) (parameters, bytes) = (parameters + entry.Elements, bytes + entry.Bytes);
        }
        var graph = model.Summarize();
        return new ModelSummary(model.FullPath, model.Shape, graph.Points, parameters, bytes, graph, model.Tokenizer?.VocabularySize, model.Template is not null, model.EndTokens);
    }
}
