using System.Text.Json;
using Roast.Text.Templates;

namespace Roast.Text;

/// <summary>One turn of a conversation. Control tokens in any part of it are text and never act.</summary>
public sealed record ChatMessage
{
    readonly JsonElement? _json;

    /// <summary>A turn that is a text.</summary>
    /// <param name="role">Who speaks, in the words of the model's template: <c>system</c>, <c>user</c>, <c>assistant</c>, <c>tool</c>.</param>
    /// <param name="content">What is said.</param>
    /// <exception cref="ArgumentNullException">One is <c>null</c>; an empty text is <c>""</c>.</exception>
    public ChatMessage(string role, string content)
    {
        ArgumentNullException.ThrowIfNull(role);
        ArgumentNullException.ThrowIfNull(content);
        (Role, Content) = (role, content);
    }

    ChatMessage(string role, string content, JsonElement json) : this(role, content) => _json = json;

    /// <summary>Who speaks.</summary>
    public string Role { get; }

    /// <summary>What is said; empty where the message has no text of its own: parts, or tool calls only.</summary>
    public string Content { get; }

    /// <summary>A turn with more than a text: content parts, tool_calls, reasoning_content, or whatever else the template reads.</summary>
    /// <param name="message">An object with a text <c>role</c>; copied.</param>
    /// <exception cref="ArgumentException">It is no object, has no text <c>role</c>, holds half a surrogate pair, or is larger or deeper than a template may be given.</exception>
    public static ChatMessage FromJson(JsonElement message)
    {
        if (message.ValueKind == JsonValueKind.Object) JsonValues.Read(message);            // a mistake is told here, not at some later rendering
        if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty("role", out var role) || role.ValueKind != JsonValueKind.String)
            throw new ArgumentException($"A message is a JSON object with a text 'role'; this is {(message.ValueKind == JsonValueKind.Object ? "an object without one" : message.ValueKind.ToString())}.", nameof(message));
        bool isText = message.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String;
        return new ChatMessage(role.GetString()!, isText ? content.GetString()! : "", message.Clone());
    }

    /// <summary>The message as a template sees it.</summary>
    internal Value ToValue() => _json is { } json ? JsonValues.Read(json) : new DictValue(new KeyValuePair<string, Value>[]
    {
        new("role", StringValue.FromOutside(Role)),
        new("content", StringValue.FromOutside(Content)),
    });
}
