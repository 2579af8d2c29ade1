using System.Text.Json;
using System.Text.Json.Serialization;

namespace Roast.Samples.Batch;

/// <summary>One answer.</summary>
sealed record AnswerLine(string Id, string Prompt, float Strength, string Response, bool Correct)
{
    /// <summary>The answer as a line of JSON.</summary>
    public static string Write(AnswerLine line) => JsonSerializer.Serialize(line, AnswerJson.Default.AnswerLine);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AnswerLine))]
sealed partial class AnswerJson : JsonSerializerContext;
