using System.Text;
using Roast.Text.Templates;

namespace Roast.Text;

/// <summary>
/// How a model wants a conversation written: a Jinja template, rendered as transformers does it (trim_blocks and lstrip_blocks on).
/// The part of the language that ChatML-style templates use is known; anything else is refused when the template is loaded.
/// </summary>
public sealed class ChatTemplate
{
    /// <summary>Longest template that is read, in UTF-8 bytes; the longest known one has 20,000.</summary>
    internal const int MaxBytes = 1024 * 1024;

    readonly IReadOnlyList<Statement> _statements;
    readonly string _file;
    readonly string? _bos, _eos;

    ChatTemplate(string source, string file, string? bos, string? eos)
    {
        (_statements, _file) = (TemplateParser.Parse(source, file), file);
        (_bos, _eos) = (bos, eos);
    }

    /// <summary>Reads chat_template.jinja, or chat_template of tokenizer_config.json (of several, the one named <c>default</c>).</summary>
    /// <param name="folder">A Hugging Face or GenAI model folder.</param>
    /// <returns>The template; <c>null</c> where the model has none.</returns>
    /// <exception cref="RoastException">
    /// <see cref="RoastError.BadFile"/>: damaged or too large. <see cref="RoastError.Unsupported"/>: a construct that this
    /// version does not know, named with its line, or several templates without a <c>default</c>.
    /// </exception>
    public static ChatTemplate? Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var config = TokenizerConfig.Read(folder);
        string path = Path.Combine(folder, "chat_template.jinja");                          // newer than the member, so it counts where both exist
        if (File.Exists(path)) return Parse(ReadText(path), path, config.Bos, config.Eos);
        return Of(config, Path.Combine(folder, TokenizerConfig.FileName));
    }

    /// <summary>Reads chat_template of a tokenizer_config.json in memory.</summary>
    /// <param name="files">The files of a tokenizer.</param>
    /// <param name="file">Where they come from, for messages.</param>
    /// <returns>The template; <c>null</c> where the model has none.</returns>
    /// <exception cref="RoastException">As for a folder.</exception>
    public static ChatTemplate? Load(TokenizerFiles files, string file)
    {
        ArgumentNullException.ThrowIfNull(files);
        return Of(TokenizerConfig.Parse(file, files.Config), file);
    }

    static ChatTemplate? Of(TokenizerConfig config, string file)
    {
        if (config.ChatTemplate is { } source)
            return source.Length <= MaxBytes ? Parse(source, file, config.Bos, config.Eos) : throw Throw.BadFile(file, $"its chat_template has {source.Length:N0} characters, and at most {MaxBytes:N0} are read", "fetch the file again");
        if (config.HasOtherTemplates) throw Throw.UnsupportedTemplate(file, 1, "named templates of which none is called 'default'");
        return null;
    }

    /// <summary>Parses a template.</summary>
    /// <param name="source">Jinja.</param>
    /// <param name="file">Its name in messages.</param>
    /// <param name="bos"><c>bos_token</c>; <c>null</c> where the model has none.</param>
    /// <param name="eos"><c>eos_token</c>; <c>null</c> where the model has none.</param>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: a construct that this version does not know.</exception>
    public static ChatTemplate Parse(string source, string file = "chat template", string? bos = null, string? eos = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new ChatTemplate(source, file, bos, eos);
    }

    /// <summary>The conversation as text. For a prompt use <see cref="Encode"/>: in plain text a message's control tokens look like the template's.</summary>
    /// <param name="messages">The turns, oldest first.</param>
    /// <param name="addGenerationPrompt">Open the assistant's turn at the end.</param>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: the template refuses these messages; the message quotes it.</exception>
    public string Render(IReadOnlyList<ChatMessage> messages, bool addGenerationPrompt = true) => Render(Variables(messages, addGenerationPrompt)).Text;

    /// <summary>
    /// The conversation as token ids. The template's own control tokens become their ids; those inside roles and contents
    /// are encoded as text, so a user cannot close a turn. Otherwise the ids are those of the whole rendered text.
    /// </summary>
    /// <param name="tokenizer">The tokenizer of the same model.</param>
    /// <param name="messages">The turns, oldest first.</param>
    /// <param name="addGenerationPrompt">Open the assistant's turn at the end.</param>
    /// <returns>[tokens] ids.</returns>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: the template refuses these messages; the message quotes it.</exception>
    public int[] Encode(TextTokenizer tokenizer, IReadOnlyList<ChatMessage> messages, bool addGenerationPrompt = true)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        var text = Render(Variables(messages, addGenerationPrompt));
        return tokenizer.Encode(text.Text, text.Foreign);
    }

    /// <summary>Renders with variables beyond messages, such as tools: the seam for what the public methods do not offer yet.</summary>
    internal StringValue Render(IReadOnlyDictionary<string, Value> variables)
    {
        var all = new Dictionary<string, Value>
        {
            ["tools"] = NoneValue.Instance,                                                 // transformers defines both, as none
            ["documents"] = NoneValue.Instance,
        };
        if (_bos is not null) all["bos_token"] = new StringValue(_bos);
        if (_eos is not null) all["eos_token"] = new StringValue(_eos);
        foreach (var (name, value) in variables) all[name] = value;
        return Evaluator.Run(_statements, _file, all);
    }

    static Dictionary<string, Value> Variables(IReadOnlyList<ChatMessage> messages, bool addGenerationPrompt)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return new()
        {
            ["messages"] = new ListValue([.. messages.Select(message => new DictValue(new Dictionary<string, Value>
            {
                ["role"] = StringValue.FromOutside(message.Role),
                ["content"] = StringValue.FromOutside(message.Content),
            }))]),
            ["add_generation_prompt"] = BoolValue.Of(addGenerationPrompt),
        };
    }

    static string ReadText(string path)
    {
        byte[] bytes = Json.ReadBytes(path, MaxBytes, "Fetch the model again.");
        try { return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes); }
        catch (DecoderFallbackException e) { throw new RoastException(RoastError.BadFile, $"{path} is not UTF-8: {e.Message} Fetch the file again.", e); }
    }
}
