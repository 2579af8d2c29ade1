using System.CommandLine;
using System.Text.Json;
using Roast.Cli.Options;
using Roast.Cli.Output;
using Roast.Cli.Results;
using Roast.Onnx;
using Roast.Text;
using Spectre.Console;

namespace Roast.Cli.Commands;

/// <summary><c>roast tokenize</c>.</summary>
internal static class TokenizeCommand
{
    public static Command Create(View view)
    {
        var text = new Argument<string?>("text") { Description = "Text; with --messages a JSON list of objects with role and content.", Arity = ArgumentArity.ZeroOrOne };
        var model = new Option<string>("--model", "-m") { Description = $"Model folder or .gguf file; '{ModelOptions.Bundled}' is the model that roast brings along.", HelpName = "path", DefaultValueFactory = _ => ModelOptions.Bundled };
        var tokenizer = Words.File("--tokenizer", "A tokenizer.json instead of a model; its tokenizer_config.json is read where it lies beside it.");
        var file = Words.File("--file", "JSON lines, each with a text, a prompt or messages.");
        var plain = new Option<bool>("--plain") { Description = "Take control tokens in the text as text, as for what a user wrote." };
        var messages = new Option<bool>("--messages") { Description = "The text is a conversation: it is rendered by the chat template; control tokens in messages stay text." };
        var special = new Option<bool>("--add-special") { Description = "Put in front and behind what the tokenizer adds to a bare text, such as the begin token." };
        var command = new Command("tokenize", "Shows the token ids and pieces of a text, or of a conversation as its template renders it.") { text, model, tokenizer, file, plain, messages, special };
        var template = new TemplateOptions(command);
        command.SetAction(args =>
        {
            if ((args.GetValue(text) is null) == (args.GetValue(file) is null)) throw new UsageException("expected a text or --file, and not both.");
            if (args.GetValue(messages) && args.GetValue(file) is not null) throw new UsageException("--messages is about a text on the command line; lines of --file say it themselves: {\"messages\": [...]}.");
            var options = template.Read(args);
            List<TextOrChat> texts = args.GetValue(file) is { } path ? TextFile.Read(path) : [args.GetValue(messages) ? Conversation(args.GetValue(text)!) : new TextOrChat(args.GetValue(text), null)];
            var (name, tokens, chat) = Open(args.GetRequiredValue(model), args.GetValue(tokenizer));
            var results = texts.ConvertAll(x => x.Messages is { } turns
                ? Describe(tokens, (chat() ?? throw NoTemplate(name)).Encode(tokens, turns, options), chat()!.Render(turns, options))
                : Describe(tokens, tokens.Encode(x.Text, args.GetValue(plain) ? ControlTokens.Plain : ControlTokens.Parse, args.GetValue(special)), null));
            view.Show(new TokenizeResult(name, tokens.VocabularySize, tokens.Hash, [.. results]), JsonFace.Readable.TokenizeResult, Show);
            return ExitCode.Done;
        });
        return command;
    }

    static (string, TextTokenizer, Func<ChatTemplate?>) Open(string model, string? tokenizer)
    {
        string path = tokenizer ?? ModelOptions.Path(model);
        if (tokenizer is null && File.Exists(path))
        {
            using var opened = SteerableModel.Open(path);
            var template = opened.Template;
            return (path, opened.Tokenizer ?? throw new RoastException(RoastError.Unsupported, $"{path}: has no tokenizer that Roast knows. Give another model."), () => template);
        }
        return (path, TextTokenizer.Load(path), () => ChatTemplate.Load(path));
    }

    static TextOrChat Conversation(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return new TextOrChat(null, ChatFile.Parse("--messages", document.RootElement));
        }
        catch (JsonException e) { throw new UsageException($"--messages: the text is not JSON ({e.Message}); expected a list such as [{{\"role\": \"user\", \"content\": \"hi\"}}]."); }
    }

    static TokenizedText Describe(TextTokenizer tokenizer, int[] ids, string? rendered)
    {
        var stream = tokenizer.CreateStream(skipSpecial: false);
        string[] pieces = Array.ConvertAll(ids, stream.Append);
        if (pieces.Length > 0) pieces[^1] += stream.Flush();
        return new TokenizedText(rendered, ids, Array.ConvertAll(ids, tokenizer.TokenText), pieces);
    }

    static RoastException NoTemplate(string path) => new(RoastError.Unsupported, $"{path}: has no chat template. Give plain texts, or a model with one.");

    static void Show(TokenizeResult result, IAnsiConsole console)
    {
        foreach (var text in result.Texts)
        {
            if (text.Rendered is { } rendered) console.Write(new Spectre.Console.Text(rendered + "\n\n"));
            var table = new Table().Border(TableBorder.None).AddColumns("id", "token", "piece");
            for (int i = 0; i < text.Ids.Length; i++) table.AddRow(new Spectre.Console.Text(text.Ids[i].ToString(System.Globalization.CultureInfo.InvariantCulture)), new Spectre.Console.Text(text.Tokens[i] ?? ""), new Spectre.Console.Text(JsonSerializer.Serialize(text.Pieces[i], JsonFace.Readable.String)));
            console.Write(table);
            console.Write(new Spectre.Console.Text($"{text.Ids.Length} tokens\n"));
        }
    }
}
