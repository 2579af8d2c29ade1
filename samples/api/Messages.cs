using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace Roast.Samples.Api;

/// <summary>The body of a request. <paramref name="Vector"/> is a name of the settings, never a path.</summary>
sealed record ChatQuestion(string? Message, string? Vector = null, float? Strength = null, string? Scope = null, float? Temperature = null, int? MaxTokens = null, long? Seed = null);

/// <summary>The data of an event: a piece of text, or how the answer ended.</summary>
sealed record ChatEvent(string? Text = null, string? Finish = null, long? InputTokens = null, long? OutputTokens = null);

[JsonSerializable(typeof(ChatQuestion))]
[JsonSerializable(typeof(ChatEvent))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(IOrderedEnumerable<string>))]
sealed partial class ApiJson : JsonSerializerContext;
