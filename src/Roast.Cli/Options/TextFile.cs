using System.Text.Json;
using Roast.Files;
using Roast.Formats;
using Roast.Text;

namespace Roast.Cli.Options;

/// <summary>What is tokenized: a text, or a conversation.</summary>
internal sealed record TextOrChat(string? Text, IReadOnlyList<ChatMessage>? Messages);

/// <summary>Texts as JSON lines: each has a <c>text</c>, a <c>prompt</c> or <c>messages</c>.</summary>
internal static class TextFile
{
    const int MaxLineBytes = 16 << 20;

    /// <summary>Each line that is not empty, in order.</summary>
    public static List<TextOrChat> Read(string path)
    {
        using var stream = InputFile.Open(path);
        var texts = new List<TextOrChat>();
        int line = 0;
        foreach (var bytes in BoundedLines.Read(stream, path, MaxLineBytes))
        {
            line++;
            if (!bytes.Span.Trim(" \t\r"u8).IsEmpty) texts.Add(Parse($"{path}:{line}", bytes));
        }
        return texts.Count > 0 ? texts : throw new RoastException(RoastError.BadFile, $"{path}: has no lines; expected one JSON object with text, prompt or messages a line. Give at least one.");
    }

    static TextOrChat Parse(string where, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("messages", out var messages)) return new TextOrChat(null, ChatFile.Parse(where, messages));
            foreach (string name in (string[])["text", "prompt"])
                if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String) return new TextOrChat(text.GetString(), null);
            throw Bad(where, "has neither a text 'text' or 'prompt' nor a list 'messages'");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Bad(where, $"is not JSON ({e.Message})");
        }
    }

    static RoastException Bad(string where, string found) => new(RoastError.BadFile, $"{where}: {found}; expected {{\"text\": \"...\"}} or {{\"messages\": [...]}}. Correct the line.");
}
