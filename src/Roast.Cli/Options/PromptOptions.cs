using System.CommandLine;
using Roast.Onnx;
using Roast.Text;

namespace Roast.Cli.Options;

/// <summary>What the model is given: exactly one of several forms.</summary>
internal sealed class PromptOptions
{
    readonly Argument<string?>? _argument;
    readonly Option<string?> _prompt = new("--prompt") { Description = "Prompt: a user turn where the model has a chat template, else plain text.", HelpName = "text" };
    readonly Option<string?> _chat = Words.File("--chat", "Conversation: a JSON list of objects with role and content.");
    readonly Option<string?> _raw = new("--raw") { Description = "Plain text, without the chat template.", HelpName = "text" };
    readonly Option<int[]?> _ids = Words.Read<int[]?>("--ids", "Token ids, separated by commas.", "ids", Words.Ids);

    /// <param name="command">Receives the options.</param>
    /// <param name="isFull">Whether there are the argument, <c>--chat</c> and <c>--raw</c>.</param>
    public PromptOptions(Command command, bool isFull)
    {
        if (isFull) command.Arguments.Add(_argument = new("prompt") { Description = "The same as --prompt.", Arity = ArgumentArity.ZeroOrOne });
        command.Options.Add(_prompt);
        if (isFull) command.Options.Add(_chat);
        if (isFull) command.Options.Add(_raw);
        command.Options.Add(_ids);
    }

    /// <summary>How many forms were given.</summary>
    public int Count(ParseResult args) => new[] { _argument is null ? null : args.GetValue(_argument), args.GetValue(_prompt), args.GetValue(_chat), args.GetValue(_raw) }.Count(text => text is not null) + (Given(args) is null ? 0 : 1);

    /// <summary>Refuses a command line without a prompt, or with several; before a model is opened for it.</summary>
    public void RequireOne(ParseResult args)
    {
        if (Count(args) != 1) throw new UsageException($"expected one prompt, found {Count(args)}: give a text, --prompt, --chat, --raw or --ids, and only one of them.");
    }

    /// <summary>The prompt's token ids.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="model">Encodes text.</param>
    /// <param name="template">Variables of its chat template.</param>
    public int[] Ids(ParseResult args, IGenerationEngine model, ChatTemplateOptions? template = null) =>
        Given(args) is { } ids ? ids
        : args.GetValue(_raw) is { } raw ? model.EncodeText(raw)
        : args.GetValue(_chat) is { } chat ? model.EncodeChat(ChatFile.Read(chat), template)
        : model.EncodePrompt((_argument is null ? null : args.GetValue(_argument)) ?? args.GetValue(_prompt)!, template);

    /// <summary>Refuses variables of a template for a prompt that no template renders.</summary>
    public void RequireTemplate(ParseResult args)
    {
        if (Given(args) is not null || args.GetValue(_raw) is not null) throw new UsageException("--template-var is about the chat template, and --raw and --ids do without one; leave one of them out.");
    }

    // An option that is not given has an empty list, and an empty list cannot be given.
    int[]? Given(ParseResult args) => args.GetValue(_ids) is { Length: > 0 } ids ? ids : null;
}
