using Roast.Files;
using Roast.Formats;
using Roast.Onnx.Model;
using Roast.Graph;
using Roast.Graph.Export;
using Roast.Graph.Inspect;

namespace Roast.Onnx;

/// <summary>What a model consists of, for people: no weight is read and no session is opened.</summary>
/// <param name="Path">The folder or the .gguf file.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Points">Points that can be read and steered.</param>
/// <param name="Parameters">Elements of all tensors in the model's safetensors files, or in the .gguf file; 0 where the weights lie elsewhere.</param>
/// <param name="WeightBytes">Bytes of those tensors, else of the graph's external data.</param>
/// <param name="Graph">The base of all plans.</param>
/// <param name="TokenizerVocabulary">Tokens of the tokenizer; <c>null</c> where there is none.</param>
/// <param name="HasChatTemplate">Whether prompts are rendered as a conversation.</param>
/// <param name="TokenizerProblem">Why there is no tokenizer although the folder has one; <c>null</c>: no problem.</param>
/// <param name="EndTokens">Tokens that end an answer.</param>
/// <param name="Providers">Execution providers that ONNX Runtime has here.</param>
/// <param name="RunObstacle">Why the decode loop cannot run the graph, as the end of a sentence about it; <c>null</c>: it can.</param>
public sealed record ModelSummary(string Path, ModelShape Shape, IReadOnlyList<Point> Points, long Parameters, long WeightBytes, GraphSummary Graph,
    int? TokenizerVocabulary, bool HasChatTemplate, string? TokenizerProblem, IReadOnlyList<int> EndTokens, IReadOnlyList<string> Providers, string? RunObstacle)
{
    /// <summary>Sums up a model, also one that cannot be run here.</summary>
    /// <param name="path">The model's folder, .onnx or .gguf file.</param>
    /// <exception cref="RoastException">A file that cannot be read, or a model of an unknown kind.</exception>
    public static ModelSummary Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var folder = ModelFolder.Open(path, Precision.Float32);
        var model = folder.Graph;
        bool isGguf = path.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase);
        long parameters = 0, bytes = 0;
        if (isGguf)
        {
            using var stream = InputFile.Open(path);
            foreach (var tensor in GgufHeader.Read(stream, path).Entries) (parameters, bytes) = (parameters + tensor.Elements, bytes + tensor.Bytes);
        }
        else foreach (string file in model.WeightsFiles.Where(name => name.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase)))
        {
            using var stream = InputFile.Open(file);
            foreach (var entry in SafetensorsHeader.Read(stream, file).Entries) (parameters, bytes) = (parameters + entry.Elements, bytes + entry.Bytes);
        }
        var graph = model.Summarize();
        return new ModelSummary(isGguf ? System.IO.Path.GetFullPath(path) : model.WeightsFolder, model.Shape, graph.Points, parameters, bytes > 0 ? bytes : graph.ExternalBytes, graph,
            folder.Tokenizer?.VocabularySize, folder.Template is not null, folder.NoText?.Message, model.Shape.EndTokenIds, ExecutionProviders.Available, model.RunObstacle);
    }
}
