using Roast.Files;
using Roast.GenAI.Native;
using Roast.Graph;
using Roast.Onnx;
using Roast.Text;

namespace Roast.GenAI;

/// <summary>
/// ONNX Runtime GenAI as the generation loop, on a folder that <c>roast export</c> or GenAI's own builder wrote. Thread-safe: calls may run side
/// by side, each with a generator of its own. docs/genai.md says what is refused and why.
/// </summary>
public sealed partial class GenAIEngine : IGenerationEngine
{
    readonly GenAIFolder _folder;
    readonly ModelPool _pool;
    readonly Lazy<ModelIdentity?> _identity;

    GenAIEngine(GenAIFolder folder, GenAIOptions options)
    {
        (_folder, _pool) = (folder, new ModelPool(folder, options));
        _identity = new(() => Sizes is { } sizes ? sizes with { WeightsFingerprint = Fingerprint.Weights(folder.Graph.WeightsFiles), TokenizerHash = Tokenizer?.Hash } : null);
    }

    /// <summary>Opens a folder. Its weights are read when the first answer is generated.</summary>
    /// <param name="folder">Holds genai_config.json, the graph and its weights.</param>
    /// <param name="options">Where the library is, and threads; <c>null</c>: defaults.</param>
    /// <exception cref="RoastException">
    /// <see cref="RoastError.NotFound"/>: no GenAI library, no such folder or no configuration in it. <see cref="RoastError.Unsupported"/>: a library
    /// of another version. <see cref="RoastError.BadFile"/>: a damaged file.
    /// </exception>
    public static GenAIEngine Open(string folder, GenAIOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new();
        GenAILibrary.Require(options.LibraryPath);
        return new GenAIEngine(GenAIFolder.Open(folder), options);
    }

    /// <inheritdoc/>
    public string Engine => "genai";

    /// <inheritdoc/>
    public string FullPath => _folder.Path;

    /// <inheritdoc/>
    public TextTokenizer? Tokenizer => _folder.Text.Tokenizer;

    /// <summary>Most rows that GenAI decodes together.</summary>
    public static int MaxRows => Refusals.MaxRows;

    /// <summary>The file that GenAI was loaded from in this process; <c>null</c>: it has not been loaded.</summary>
    public static string? LibraryFile => GenAILibrary.LoadedFrom;

    /// <summary>Points that can be steered here: those of the ports that the folder's graph has, else all of a graph that Roast exported; else none.</summary>
    public IReadOnlyList<Point> SteerablePoints => _folder.Graph.Steerable;

    /// <inheritdoc/>
    public int[] EncodePrompt(string prompt, ChatTemplateOptions? options = null) => _folder.Text.EncodePrompt(prompt, options);

    /// <inheritdoc/>
    public int[] EncodeChat(IReadOnlyList<ChatMessage> messages, ChatTemplateOptions? options = null) => _folder.Text.EncodeChat(messages, options);

    /// <inheritdoc/>
    public int[] EncodeText(string text) => _folder.Text.EncodeText(text);

    /// <inheritdoc/>
    public IReadOnlyList<string> Check(SteeringVector vector)
    {
        RequireFits(vector);
        return _identity.Value is { } identity ? vector.CheckFits(identity) : [];
    }

    ModelIdentity? Sizes => _folder.Graph.Shape is { } shape ? new ModelIdentity(shape.Family, shape.Layers, shape.HiddenSize, shape.IntermediateSize) : null;

    void RequireFits(SteeringVector vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        SteeringPack.RequirePorts(_folder.Graph, [], "The vector");
        if (Sizes is { } sizes) vector.CheckFits(sizes);
        SteeringPack.RequirePorts(_folder.Graph, vector.Points, "The vector");
        foreach (var point in vector.Points)
            if (_folder.Graph.Port(point).Width != vector[point].Length)
                throw new RoastException(RoastError.VectorDoesNotFit, $"The vector has width {vector[point].Length} at {point}, the model's port {_folder.Graph.Port(point).Width}. Take a vector of this model.");
    }

    /// <inheritdoc/>
    public void Dispose() => _pool.Dispose();
}
