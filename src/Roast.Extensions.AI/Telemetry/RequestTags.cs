using System.Diagnostics;
using Roast.Extensions.AI.Requests;

namespace Roast.Extensions.AI.Telemetry;

/// <summary>What a span says of a request: sampling by OpenTelemetry's names, steering by ours.</summary>
internal static class RequestTags
{
    public static void Add(Activity activity, ChatRequest request)
    {
        var (generation, sampler) = (request.Generation, request.Generation.Sampler);
        activity.SetTag("gen_ai.request.temperature", (double)sampler.Temperature);
        activity.SetTag("gen_ai.request.top_p", (double)sampler.TopP);
        activity.SetTag("gen_ai.request.seed", unchecked((long)generation.Seed));
        if (sampler.TopK is { } topK) activity.SetTag("gen_ai.request.top_k", (double)topK);       // a double in the conventions
        if (generation.MaxTokens is { } most) activity.SetTag("gen_ai.request.max_tokens", most);
        if (generation.StopStrings.Count > 0) activity.SetTag("gen_ai.request.stop_sequences", generation.StopStrings.ToArray());
        if (request.Prompt.LeftOut > 0) activity.SetTag("roast.messages_left_out", request.Prompt.LeftOut);
        if (request.Steering is not { Name: { } name, Current: { } steering }) return;
        activity.SetTag("roast.steering.vector", name);
        activity.SetTag("roast.steering.points", steering.Vector.Points.Count);
        activity.SetTag("roast.steering.strength", (double)steering.Strength.Value);
        activity.SetTag("roast.steering.relative", steering.Strength.IsRelative);
        activity.SetTag("roast.steering.scope", steering.Scope.Name());
        activity.SetTag("roast.steering.live", request.Steering.Live is not null);
    }
}
