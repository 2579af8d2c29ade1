using System.Text;
using Microsoft.Extensions.AI;
using Roast.Onnx;
using Roast.Text;
using Turn = Roast.Text.ChatMessage;

namespace Roast.Extensions.AI.Requests;

/// <summary>A conversation as token ids.</summary>
/// <param name="Ids">[tokens] the prompt.</param>
/// <param name="LeftOut">Messages that a model without a chat template was not shown.</param>
internal sealed record EncodedConversation(int[] Ids, int LeftOut);

/// <summary>Renders messages through the model's chat template; a model without one is shown the last user message as plain text.</summary>
internal static class ConversationReader
{
    /// <summary>Encodes a request's messages.</summary>
    /// <exception cref="ArgumentException">No message; or, without a template, no user message at the end.</exception>
    /// <exception cref="NotSupportedException">Something other than text; or, without a template, a system message.</exception>
    /// <exception cref="RoastException">The model has no tokenizer, or its template does not take these messages.</exception>
    public static EncodedConversation Encode(SteerableModel model, IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages, string? instructions, bool? enableThinking)
    {
        var turns = new List<Turn>();
        if (!string.IsNullOrEmpty(instructions)) turns.Add(new Turn(ChatRole.System.Value, instructions));
        int given = 0;
        foreach (var message in messages)
            turns.Add(new Turn(message.Role.Value, TextOf(message, given++)));
        if (given == 0) throw new ArgumentException("There is no message to answer. Give at least one, from the user.", nameof(messages));
        if (model.Template is not null) return new EncodedConversation(model.EncodeChat(turns, enableThinking is null ? null : new ChatTemplateOptions { EnableThinking = enableThinking }), 0);
        if (enableThinking is not null) throw new NotSupportedException($"{SteeringKeys.EnableThinking} is a variable of the chat template, and this model has none. Leave it out.");
        return WithoutTemplate(model, turns);
    }

    static EncodedConversation WithoutTemplate(SteerableModel model, List<Turn> turns)
    {
        // A system message is an order; leaving it out silently would change what the answer means. Earlier turns only inform.
        if (turns.Any(turn => turn.Role == ChatRole.System.Value))
            throw new NotSupportedException($"{model.FullPath}: has no chat template, so it cannot be given a system message or Instructions. Send a user message alone.");
        if (turns[^1].Role != ChatRole.User.Value)
            throw new ArgumentException($"{model.FullPath}: has no chat template and is shown the last message as plain text; the last one is from '{turns[^1].Role}', expected 'user'.");
        return new EncodedConversation(model.EncodePrompt(turns[^1].Content), turns.Count - 1);
    }

    static string TextOf(Microsoft.Extensions.AI.ChatMessage message, int index)
    {
        var text = new StringBuilder();
        foreach (var content in message.Contents)
            text.Append(content is TextContent part ? part.Text : throw new NotSupportedException($"Message {index} ({message.Role}) has {content.GetType().Name}; this client reads text only. Leave it out, or say it in text."));
        return text.ToString();
    }
}
