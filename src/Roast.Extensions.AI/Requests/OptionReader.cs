using Microsoft.Extensions.AI;
using Roast.Onnx;
using Roast.Sampling;

namespace Roast.Extensions.AI.Requests;

/// <summary>Translates <see cref="ChatOptions"/>. What this client cannot do is refused: an answer without the tool that was asked for would look like an answer.</summary>
internal static class OptionReader
{
    /// <summary>A request's generation options, steering aside.</summary>
    /// <param name="asked">The request's options.</param>
    /// <param name="properties">Its <c>roast.*</c> properties.</param>
    /// <param name="defaults">The client's.</param>
    /// <param name="client">Handed to <see cref="ChatOptions.RawRepresentationFactory"/>.</param>
    /// <param name="modelId">The only model that may be asked for.</param>
    /// <exception cref="NotSupportedException">An option that this client does not have.</exception>
    /// <exception cref="ArgumentException">A value out of its range.</exception>
    public static GenerationOptions Read(ChatOptions asked, PropertyBag properties, GenerationOptions defaults, IChatClient client, string modelId)
    {
        Refuse(asked, modelId);
        var start = asked.RawRepresentationFactory?.Invoke(client) switch
        {
            null => defaults,
            GenerationOptions own => own,
            var other => throw new ArgumentException($"RawRepresentationFactory gave {other.GetType().FullName}; expected {typeof(GenerationOptions).FullName}, or null."),
        };
        if (asked.MaxOutputTokens is < 1) throw new ArgumentException($"MaxOutputTokens is {asked.MaxOutputTokens}; expected at least 1, or null for the model's context.");
        return start with
        {
            MaxTokens = asked.MaxOutputTokens ?? start.MaxTokens,
            StopStrings = asked.StopSequences is { Count: > 0 } stops ? [.. stops] : start.StopStrings,
            Seed = asked.Seed is { } seed ? unchecked((ulong)seed) : start.Seed,
            Sampler = Sampler(asked, properties, start.Sampler),
        };
    }

    static SamplerOptions Sampler(ChatOptions asked, PropertyBag properties, SamplerOptions start) => start with
    {
        // A request that narrows the draw wants one: beside a greedy default top-p and top-k would do nothing.
        Temperature = asked.Temperature ?? (start.IsGreedy && (asked.TopP ?? asked.TopK) is not null ? 1 : start.Temperature),
        TopP = asked.TopP ?? start.TopP,
        TopK = asked.TopK ?? start.TopK,
        MinP = properties.Number(SteeringKeys.MinP) ?? start.MinP,
        RepetitionPenalty = properties.Number(SteeringKeys.RepetitionPenalty) ?? start.RepetitionPenalty,
    };

    static void Refuse(ChatOptions asked, string modelId)
    {
        if (asked.Tools is { Count: > 0 } tools) throw Unsupported($"{nameof(ChatOptions.Tools)} ({tools.Count})", "It writes text only; leave tools out, or use a client that calls them");
        if (asked.ToolMode is RequiredChatToolMode) throw Unsupported($"a {nameof(ChatOptions.ToolMode)} that requires a tool", "Leave it out");
        if (asked.ResponseFormat is not (null or ChatResponseFormatText)) throw Unsupported($"a {nameof(ChatOptions.ResponseFormat)} other than text ({asked.ResponseFormat.GetType().Name})", "Ask for text and check it, or use a client that constrains its output");
        if (asked.ConversationId is { } id) throw Unsupported($"{nameof(ChatOptions.ConversationId)} ('{id}')", "It keeps no conversation: send all turns with each request");
#pragma warning disable MEAI001                              // experimental there; refusing it is not
        if (asked.ContinuationToken is not null) throw Unsupported(nameof(ChatOptions.ContinuationToken), "An answer is not kept after its request: ask again");
#pragma warning restore MEAI001
        if (asked.FrequencyPenalty is { } frequency and not 0) throw Unsupported($"{nameof(ChatOptions.FrequencyPenalty)} ({frequency})", $"Use AdditionalProperties[\"{SteeringKeys.RepetitionPenalty}\"]");
        if (asked.PresencePenalty is { } presence and not 0) throw Unsupported($"{nameof(ChatOptions.PresencePenalty)} ({presence})", $"Use AdditionalProperties[\"{SteeringKeys.RepetitionPenalty}\"]");
        if (asked.Reasoning is not null) throw Unsupported(nameof(ChatOptions.Reasoning), $"Use AdditionalProperties[\"{SteeringKeys.EnableThinking}\"] where the model's chat template knows it");
        if (asked.ModelId is { } model && model != modelId) throw new ArgumentException($"ModelId is '{model}'; this client has '{modelId}' and no other. Leave ModelId out, or ask that model's client.");
    }

    static NotSupportedException Unsupported(string option, string next) => new($"This chat client does not have {option}. {next}.");
}
