using Roast.Text;

namespace Roast.Onnx;

/// <summary>
/// What generates answers: Roast's own loop (<see cref="SteerableModel"/>) or another one. The same options give the same tokens from every
/// engine, up to near ties in the logits; what an engine cannot do exactly it refuses (<see cref="RoastError.Unsupported"/>) with the reason.
/// </summary>
public interface IGenerationEngine : IDisposable
{
    /// <summary>The engine's name on the command line: <c>ort</c>, <c>genai</c>.</summary>
    string Engine { get; }

    /// <summary>The model's folder or file, as an absolute path.</summary>
    string FullPath { get; }

    /// <summary>The tokenizer; <c>null</c> where the model has none that is known.</summary>
    TextTokenizer? Tokenizer { get; }

    /// <summary>The ids of a prompt: one user turn where the model has a chat template, else the plain text.</summary>
    /// <param name="prompt">The text.</param>
    /// <param name="options">Variables of the chat template; <c>null</c>: defaults. Without a template they mean nothing.</param>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: the model has no tokenizer.</exception>
    int[] EncodePrompt(string prompt, ChatTemplateOptions? options = null);

    /// <summary>The ids of a conversation, ending where the assistant's turn begins.</summary>
    /// <param name="messages">The turns, oldest first.</param>
    /// <param name="options">Variables of the chat template, tools and the clock; <c>null</c>: defaults.</param>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: no tokenizer or no chat template.</exception>
    int[] EncodeChat(IReadOnlyList<ChatMessage> messages, ChatTemplateOptions? options = null);

    /// <summary>The ids of plain text.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: the model has no tokenizer.</exception>
    int[] EncodeText(string text);

    /// <summary>Refuses a vector that does not fit the model; returns what is doubtful about one that does.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.VectorDoesNotFit"/>.</exception>
    IReadOnlyList<string> Check(SteeringVector vector);

    /// <summary>Generates an answer piece by piece. A piece never ends inside a character and shows nothing of a stop string.</summary>
    /// <param name="promptIds">[tokens] at least one.</param>
    /// <param name="options">Steering, sampling and limits; <c>null</c>: greedy, up to the context.</param>
    /// <param name="cancellationToken">Ends generation, also inside a step.</param>
    IAsyncEnumerable<string> GenerateAsync(int[] promptIds, GenerationOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Generates a whole answer.</summary>
    /// <param name="promptIds">[tokens] at least one, each inside the vocabulary.</param>
    /// <param name="options">Steering, sampling and limits; <c>null</c>: greedy, up to the context.</param>
    /// <param name="cancellationToken">Ends generation, also inside a step.</param>
    Task<Generation> CompleteAsync(int[] promptIds, GenerationOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Generates an answer to each prompt, as rows of one batch. Prompt number i draws as question i of the seed.</summary>
    /// <param name="prompts">Each [tokens] at least one.</param>
    /// <param name="options">For every row.</param>
    /// <param name="cancellationToken">Ends generation, also inside a step.</param>
    /// <returns>In the order of the prompts.</returns>
    Task<IReadOnlyList<Generation>> CompleteAllAsync(IReadOnlyList<int[]> prompts, GenerationOptions? options = null, CancellationToken cancellationToken = default);
}
