using Microsoft.Extensions.AI;
using Roast.Onnx;

namespace Roast.Extensions.AI.Requests;

/// <summary>A request, read and checked, ready to be generated.</summary>
/// <param name="Prompt">The conversation's ids.</param>
/// <param name="Generation">How the answer is generated, steering included.</param>
/// <param name="Steering">What steers it.</param>
internal sealed record ChatRequest(EncodedConversation Prompt, GenerationOptions Generation, RequestSteering Steering)
{
    /// <summary>Reads a request.</summary>
    /// <exception cref="ArgumentException">A value that makes no sense.</exception>
    /// <exception cref="NotSupportedException">An option or a content that this client does not have.</exception>
    public static ChatRequest Read(IChatClient client, SteerableModel model, string modelId, RoastChatClientOptions options, IEnumerable<ChatMessage> messages, ChatOptions? asked)
    {
        asked ??= new();
        var properties = new PropertyBag(asked.AdditionalProperties);
        var generation = OptionReader.Read(asked, properties, options.Defaults, client, modelId);
        var steering = SteeringReader.Read(properties, generation, options.Vectors);
        var prompt = ConversationReader.Encode(model, messages, asked.Instructions, properties.Truth(SteeringKeys.EnableThinking));
        // A most is no promise: it may be more than the context has room for. Where there is no room at all, the model says so.
        int room = Math.Max(1, model.Shape.MaxPositions - prompt.Ids.Length);
        return new ChatRequest(prompt, generation with { Steering = steering.Fixed, Live = steering.Live, MaxTokens = Math.Min(generation.MaxTokens ?? room, room) }, steering);
    }
}
