using System.Text.Json;
using Roast.Files;
using Roast.Text;

namespace Roast.Cli.Options;

/// <summary>A conversation as JSON: <c>[{"role": "user", "content": "457+385="}]</c>.</summary>
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
            return Parse(path, document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Bad(path, $"is not JSON ({e.Message})", "a JSON list of messages");
        }
    }

    /// <summary>The messages of a list: a text each, or content parts, or tool calls.</summary>
    /// <param name="where">The file, or where in it, for messages of errors.</param>
    /// <param name="list">The list; copied.</param>
    public static IReadOnlyList<ChatMessage> Parse(string where, JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0) throw Bad(where, "is no list of messages", "a JSON list with at least one object");
        return [.. list.EnumerateArray().Select((message, i) => Message(where, message, i))];
    }

    static ChatMessage Message(string where, JsonElement message, int index)
    {
        if (Kind(message, "role") != JsonValueKind.String) throw Missing(where, index, "role");
        if (Kind(message, "content") is not (JsonValueKind.String or JsonValueKind.Array) && Kind(message, "tool_calls") != JsonValueKind.Array) throw Missing(where, index, "content");
        try { return ChatMessage.FromJson(message); }
        catch (ArgumentException e) { throw Bad(where, $"has a message that cannot be used: [{index}] {e.Message.TrimEnd('.')}", "messages that a chat template can be given"); }
    }

    static JsonValueKind Kind(JsonElement message, string field) => message.ValueKind == JsonValueKind.Object && message.TryGetProperty(field, out var value) ? value.ValueKind : JsonValueKind.Undefined;

    static RoastException Missing(string where, int index, string field) => Bad(where, $"message {index} has no text '{field}'", "role and content in each message");

    static RoastException Bad(string where, string found, string expected) => new(RoastError.BadFile, $"{where}: {found}; expected {expected}. Correct the file.");
}
