using Roast.Graph;
using Roast.Graph.Export;
using Roast.Graph.Inspect;
using Roast.Onnx.Devices;
using Roast.Onnx.Model;
using Roast.Onnx.Rows;
using Roast.Onnx.Sessions;
using Roast.Text;

namespace Roast.Onnx;

/// <summary>
/// A language model whose residual stream can be read and steered. Thread-safe: calls may run side by side, each with
/// its own rows over shared sessions and weights.
/// </summary>
public sealed partial class SteerableModel : IGenerationEngine
{
    readonly ModelGraph _graph;
    readonly SessionCache _sessions;
    readonly ModelIdentity _sizes;
    readonly Lazy<ModelIdentity> _identity;
    readonly ModelText _text;

    SteerableModel(string path, ModelFolder folder, RuntimeOptions options, RowDevice device)
    {
        (FullPath, Runtime) = (Path.GetFullPath(path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) ? ModelFolder.FolderOf(path) : path), options.For(folder.Graph.Shape));
        (_graph, EndTokens) = (folder.Graph, folder.EndTokens);
        _text = new ModelText(FullPath, folder.Tokenizer, folder.Template, folder.NoText);
        (DeviceName, DeviceNote) = (device.Name, device.Note);
        _sessions = new SessionCache(_graph, Runtime, device);
        Rows = new RowRunner(_sessions, Shape, Runtime);
        _sizes = ModelFolder.Sizes(Shape);
        // A file that could not be read once may be readable later: failures are not kept.
        _identity = new(() => ModelFolder.Identify(_graph, Tokenizer?.Hash), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>
    /// Opens a Hugging Face folder, a folder with a model.onnx that Roast, the ONNX Runtime GenAI builder or a Hugging Face exporter
    /// wrote, or a .gguf file. Reads headers; weights are mapped, or converted in memory (<see cref="RuntimeOptions.Precision"/>), when a session needs them. Nothing is written.
    /// </summary>
    /// <param name="path">The model's folder, .onnx or .gguf file.</param>
    /// <param name="options">Threads and limits; <c>null</c>: defaults.</param>
    /// <exception cref="RoastException">
    /// The folder is missing (<see cref="RoastError.NotFound"/>), damaged (<see cref="RoastError.BadFile"/>) or of a kind that is not known
    /// (<see cref="RoastError.Unsupported"/>), or the device cannot be used (<see cref="RoastError.Device"/>).
    /// </exception>
    public static SteerableModel Open(string path, RuntimeOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new RuntimeOptions();
        var device = options.Device.Open();                  // first: it says which precision it takes
        try
        {
            var folder = ModelFolder.Open(path, options.Precision ?? (device.NeedsHalf ? Precision.Float16 : Precision.Float32));
            if (folder.Graph.RunObstacle is { } obstacle)
                throw new RoastException(RoastError.Unsupported, $"{path}: the graph cannot be run here: {obstacle}. 'roast inspect', 'roast instrument' and 'roast bake' take it; to run it here, export the model with 'roast export'.");
            return new SteerableModel(path, folder, options, device);
        }
        catch
        {
            device.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string Engine => "ort";

    /// <summary>The folder or file, as an absolute path.</summary>
    public string FullPath { get; }

    /// <summary>How ONNX Runtime runs this model.</summary>
    public RuntimeOptions Runtime { get; }

    /// <summary>Where it runs, for people: <c>CPU</c>, or the device's name.</summary>
    public string DeviceName { get; }

    /// <summary>Why it runs on the CPU although a device was asked for; <c>null</c>: it runs where it was asked to.</summary>
    public string? DeviceNote { get; }

    /// <summary>Sizes of the model.</summary>
    public ModelShape Shape => _graph.Shape;

    /// <summary>What tells this model from another. The weights are hashed on first use.</summary>
    public ModelIdentity Identity => _identity.Value;

    /// <summary>The tokenizer; <c>null</c> where the folder has none, or one of a kind that is not known: then the model takes token ids only, and asking for text says why.</summary>
    public TextTokenizer? Tokenizer => _text.Tokenizer;

    /// <summary>The chat template; <c>null</c> where the model has none, and then prompts are plain text.</summary>
    public ChatTemplate? Template => _text.Template;

    /// <summary>Tokens that end an answer.</summary>
    public IReadOnlyList<int> EndTokens { get; }

    /// <summary>The graph as the base of all plans: what <c>inspect</c> shows.</summary>
    public GraphSummary Summarize() => _graph.Summarize();

    internal RowRunner Rows { get; }

    internal int[] EndTokenArray => (int[])EndTokens;

    /// <summary>The ids of a prompt: one user turn where the model has a chat template, else the plain text. Control tokens in the text stay text.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: the model has no tokenizer.</exception>
    /// <param name="prompt">The text.</param>
    /// <param name="options">Variables of the chat template, such as whether to think; <c>null</c>: defaults. Without a template they mean nothing.</param>
    public int[] EncodePrompt(string prompt, ChatTemplateOptions? options = null) => _text.EncodePrompt(prompt, options);

    /// <summary>The ids of a conversation, ending where the assistant's turn begins.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: the model has no tokenizer or no chat template, or the template does not take these messages.</exception>
    /// <param name="messages">The turns, oldest first.</param>
    /// <param name="options">Variables of the chat template, tools and the clock; <c>null</c>: defaults.</param>
    public int[] EncodeChat(IReadOnlyList<ChatMessage> messages, ChatTemplateOptions? options = null) => _text.EncodeChat(messages, options);

    /// <summary>The ids of plain text; control tokens in it stay text.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: the model has no tokenizer.</exception>
    public int[] EncodeText(string text) => _text.EncodeText(text);

    /// <summary>Refuses a vector that does not fit this model; returns what is doubtful about one that does.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.VectorDoesNotFit"/>.</exception>
    public IReadOnlyList<string> Check(SteeringVector vector) => vector.CheckFits(Identity);

    /// <summary>As <see cref="Check"/>, without hashing the weights: what stands before every run.</summary>
    internal void RequireFits(SteeringVector vector) => vector.CheckFits(_sizes);

    internal TextTokenizer RequireTokenizer() => _text.RequireTokenizer();

    /// <inheritdoc/>
    public void Dispose() => _sessions.Dispose();
}
