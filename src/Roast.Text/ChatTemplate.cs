using System.Text;
using Roast.Text.Templates;

namespace Roast.Text;

/// <summary>
/// How a model wants a conversation written: a Jinja template, rendered as transformers does it (trim_blocks and lstrip_blocks on).
/// Known is what chat templates use: everything but inheritance, includes and a few filters for web pages. The work, the text and the
/// depth of one rendering are bounded. Safe for use from several threads.
/// </summary>
public sealed class ChatTemplate
{
    /// <summary>Longest template that is read, in UTF-8 bytes; the longest known one has 20,000.</summary>
    internal const int MaxBytes = 1024 * 1024;

    readonly Lazy<IReadOnlyList<Statement>> _statements;
    readonly string _file;
    readonly string? _bos, _eos;

    ChatTemplate(Func<IReadOnlyList<Statement>> parse, string file, string? bos, string? eos)
    {
        (_statements, _file) = (new(parse), file);
        (_bos, _eos) = (bos, eos);
    }

    /// <summary>Reads chat_template.jinja, or chat_template of tokenizer_config.json (of several, the one named <c>default</c>).</summary>
    /// <remarks>A template with a construct that is not known is no reason not to open a model: it fails when it is first used.</remarks>
    /// <param name="folder">A Hugging Face or GenAI model folder, or a file in it.</param>
    /// <returns>The template; <c>null</c> where the model has none.</returns>
    /// <exception cref="RoastException"><see cref="RoastError.BadFile"/>: damaged or too large.</exception>
    public static ChatTemplate? Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (File.Exists(folder)) folder = Path.GetDirectoryName(Path.GetFullPath(folder))!;
        var config = TokenizerConfig.Read(folder);
        string path = Path.Combine(folder, "chat_template.jinja");                          // newer than the member, so it counts where both exist
        return File.Exists(path) ? Later(ReadText(path), path, config) : Of(config, Path.Combine(folder, TokenizerConfig.FileName));
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
            return source.Length <= MaxBytes ? Later(source, file, config) : throw Throw.BadFile(file, $"its chat_template has {source.Length:N0} characters, and at most {MaxBytes:N0} are read", "fetch the file again");
        return config.HasOtherTemplates
            ? new ChatTemplate(() => throw Throw.UnsupportedTemplate(file, 1, "named templates of which none is called 'default'"), file, config.Bos, config.Eos)
            : null;
    }

    static ChatTemplate Later(string source, string file, TokenizerConfig config) => new(() => TemplateParser.Parse(source, file), file, config.Bos, config.Eos);

    /// <summary>Parses a template.</summary>
    /// <param name="source">Jinja.</param>
    /// <param name="file">Its name in messages.</param>
    /// <param name="bos"><c>bos_token</c>; <c>null</c> where the model has none.</param>
    /// <param name="eos"><c>eos_token</c>; <c>null</c> where the model has none.</param>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: a construct that this version does not know, named with its line.</exception>
    public static ChatTemplate Parse(string source, string file = "chat template", string? bos = null, string? eos = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        var template = new ChatTemplate(() => TemplateParser.Parse(source, file), file, bos, eos);
        _ = template._statements.Value;
        return template;
    }

    /// <summary>The conversation as text. For a prompt use <see cref="Encode"/>: in plain text a message's control tokens look like the template's.</summary>
    /// <param name="messages">The turns, oldest first.</param>
    /// <param name="options">Variables, tools and the clock; <c>null</c>: defaults.</param>
    /// <exception cref="TemplateRefusedException">The template refuses these messages in words of its own.</exception>
    /// <exception cref="RoastException">
    /// <see cref="RoastError.Unsupported"/>: it cannot be read, fails on these messages, or does not come to an end. <see cref="RoastError.TooLarge"/>:
    /// messages of more than 33,554,432 characters.
    /// </exception>
    public string Render(IReadOnlyList<ChatMessage> messages, ChatTemplateOptions? options = null) => Write(messages, options ?? new()).Text;

    /// <summary>
    /// The conversation as token ids. The template's own control tokens become their ids; those inside messages, tools and variables
    /// are encoded as text, so a user cannot close a turn. Otherwise the ids are those of the whole rendered text.
    /// </summary>
    /// <param name="tokenizer">The tokenizer of the same model.</param>
    /// <param name="messages">The turns, oldest first.</param>
    /// <param name="options">Variables, tools and the clock; <c>null</c>: defaults.</param>
    /// <returns>[tokens] ids.</returns>
    /// <exception cref="TemplateRefusedException">The template refuses these messages in words of its own.</exception>
    /// <exception cref="RoastException">
    /// <see cref="RoastError.Unsupported"/>: it cannot be read, fails on these messages, or does not come to an end. <see cref="RoastError.TooLarge"/>:
    /// messages of more than 33,554,432 characters.
    /// </exception>
    public int[] Encode(TextTokenizer tokenizer, IReadOnlyList<ChatMessage> messages, ChatTemplateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        var text = Write(messages, options ??= new());
        return options.TrustMessages ? tokenizer.Encode(text.Text, ControlTokens.Parse) : tokenizer.Encode(text.Text, text.Foreign);
    }

    /// <summary>Renders with nothing but these variables: transformers' own names are the caller's matter.</summary>
    internal StringValue Render(IReadOnlyDictionary<string, Value> variables, TimeProvider clock) =>
        Evaluator.Run(_statements.Value, _file, variables, () => clock.GetLocalNow().DateTime);

    StringValue Write(IReadOnlyList<ChatMessage> messages, ChatTemplateOptions options)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(messages.Count, ListValue.MaxItems, nameof(messages));
        Value turns;
        try { turns = new ListValue([.. messages.Select(message => message.ToValue())]); }
        catch (Fault fault) { throw new RoastException(RoastError.TooLarge, $"The messages are more than a chat template may be given: {fault.Message}. Shorten them; no model reads as much."); }
        var variables = new Dictionary<string, Value>(StringComparer.Ordinal)
        {
            ["messages"] = turns,
            ["add_generation_prompt"] = BoolValue.Of(options.AddGenerationPrompt),
            ["tools"] = options.Tools.Value,                                                // transformers defines both, also where they are none
            ["documents"] = options.Documents.Value,
        };
        if (_bos is not null) variables["bos_token"] = new StringValue(_bos);
        if (_eos is not null) variables["eos_token"] = new StringValue(_eos);
        if (options.EnableThinking is { } thinks) variables["enable_thinking"] = BoolValue.Of(thinks);
        foreach (var (name, value) in options.Variables) variables[name] = value.Value;
        return Render(variables, options.Clock);
    }

    static string ReadText(string path)
    {
        byte[] bytes = Json.ReadBytes(path, MaxBytes, "Fetch the model again.");
        try { return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes); }
        catch (DecoderFallbackException e) { throw new RoastException(RoastError.BadFile, $"{path} is not UTF-8: {e.Message} Fetch the file again.", e); }
    }
}
