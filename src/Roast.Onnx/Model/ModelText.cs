using Roast.Text;

namespace Roast.Onnx.Model;

/// <summary>How a model takes and gives text, or why it does not.</summary>
/// <param name="path">The model, for messages.</param>
/// <param name="tokenizer"><c>null</c>: there is none that is known.</param>
/// <param name="template"><c>null</c>: prompts are plain text.</param>
/// <param name="noText">Why one of them is <c>null</c> although the model has one.</param>
internal sealed class ModelText(string path, TextTokenizer? tokenizer, ChatTemplate? template, RoastException? noText)
{
    /// <summary>Reads a folder's tokenizer and template.</summary>
    public static ModelText OfFolder(string folder)
    {
        var (tokenizer, template, noText) = ModelFolder.OpenText(folder);
        return new ModelText(folder, tokenizer, template, noText);
    }

    public TextTokenizer? Tokenizer => tokenizer;

    public ChatTemplate? Template => template;

    public int[] EncodePrompt(string prompt, ChatTemplateOptions? options) => template is null && noText is null ? EncodeText(prompt) : EncodeChat([new ChatMessage("user", prompt)], options);

    public int[] EncodeChat(IReadOnlyList<ChatMessage> messages, ChatTemplateOptions? options) => template is null
        ? throw NoText() ?? new RoastException(RoastError.Unsupported, $"{path}: has no chat template (tokenizer_config.json, chat_template). Give a plain prompt instead.")
        : template.Encode(RequireTokenizer(), messages, options);

    public int[] EncodeText(string text) => [.. RequireTokenizer().Encode(text)];

    public TextTokenizer RequireTokenizer() => tokenizer
        ?? throw NoText() ?? new RoastException(RoastError.Unsupported, $"{path}: has no tokenizer.json, so it cannot take or give text. Give token ids, or put the model's tokenizer.json into the folder.");

    // Thrown anew each time: an exception object belongs to one throw.
    RoastException? NoText() => noText is null ? null : new RoastException(noText.Kind, noText.Message, noText);
}
