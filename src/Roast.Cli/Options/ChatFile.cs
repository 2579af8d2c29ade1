using System.Text.Json;
using Roast.Files;
using Roast.Text;

namespace Roast.Cli.Options;

/// <summary>A conversation as a JSON file: <c>[{"role": "user", "content": "457+385="}]</c>.</summary>
internal static class ChatFile
{
    const int MaxBytes = 64 << 20;                          // far above any context

    public static IReadOnlyList<ChatMessage> Read(string path)
    {
        using var stream = InputFile.Open(path);
        if (stream.Length > MaxBytes) throw Bad(path, $"has {stream.Length:N0} bytes", $"at most {MaxBytes:N0}");
        try
        {
            using var document = JsonDocument.Parse(stream);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Array || root.GetArrayLength() == 0) throw Bad(path, "is no list of messages", "a JSON list with at least one object");
            return [.. root.EnumerateArray().Select((message, i) => new ChatMessage(Text(path, message, i, "role"), Text(path, message, i, "content")))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Bad(path, $"is not JSON ({e.Message})", "a JSON list of messages");
        }
    }

    static string Text(string path, JsonElement message, int index, string field) =>
        message.ValueKind == JsonValueKind.Object && message.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw Bad(path, $"message {index} has no text '{field}'", "role and content in each message");

    static RoastException Bad(string path, string found, string expected) => new(RoastError.BadFile, $"{path}: {found}; expected {expected}. Correct the file.");
}
