using System.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Roast.Extensions.AI.Requests;

namespace Roast.Extensions.AI.Telemetry;

/// <summary>One request as logs, metrics and a span see it: started, told about tokens, ended once in one of two ways.</summary>
internal sealed class ChatOperation(ChatInstruments instruments, ILogger logger, string modelId) : IDisposable
{
    const string Chat = "chat", NoVector = "none";

    readonly long _start = Stopwatch.GetTimestamp();
    readonly Activity? _activity = ChatInstruments.Source.StartActivity($"{Chat} {modelId}", ActivityKind.Client, parentContext: default, tags:
    [
        new("gen_ai.operation.name", Chat), new("gen_ai.provider.name", RoastTelemetry.Provider), new("gen_ai.request.model", modelId),
    ]);
    ChatRequest? _request;
    long _first;
    int _tokens;

    /// <summary>Tokens that were generated so far.</summary>
    public int Tokens => _tokens;

    /// <summary>The request was understood.</summary>
    public void Accept(ChatRequest request)
    {
        _request = request;
        if (request.Prompt.LeftOut > 0) ChatLog.LeftOut(logger, modelId, request.Prompt.LeftOut);
        if (request.Steering is { Name: { } name, Current: { } steering }) ChatLog.Steered(logger, modelId, request.Prompt.Ids.Length, name, steering.Strength, steering.Scope);
        else ChatLog.Unsteered(logger, modelId, request.Prompt.Ids.Length);
        if (_activity is { IsAllDataRequested: true } activity) RequestTags.Add(activity, request);
    }

    /// <summary>A token was generated. Called by the thread that generates.</summary>
    public void Token()
    {
        if (_tokens++ == 0) _first = Stopwatch.GetTimestamp();
    }

    /// <summary>The answer ended of itself.</summary>
    public void Complete(string responseId, ChatFinishReason finish, string? warning)
    {
        double seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds;
        ChatLog.Answered(logger, modelId, _tokens, seconds, finish.Value);
        if (warning is not null) ChatLog.SteeredNothing(logger, warning);
        var tags = Tags();
        instruments.Duration.Record(seconds, tags);
        if (_tokens > 0) instruments.FirstToken.Record(Stopwatch.GetElapsedTime(_start, _first).TotalSeconds, tags);
        if (_tokens > 1) instruments.PerToken.Record(Stopwatch.GetElapsedTime(_first).TotalSeconds / (_tokens - 1), tags);
        RecordTokens(tags);
        _activity?.SetTag("gen_ai.response.id", responseId).SetTag("gen_ai.response.model", modelId).SetTag("gen_ai.response.finish_reasons", new[] { finish.Value });
    }

    /// <summary>It did not: refused, cancelled or failed. Tokens that were computed count all the same.</summary>
    public void Fail(Exception e)
    {
        string error = e switch
        {
            OperationCanceledException => typeof(OperationCanceledException).FullName!,          // also its subclasses: few values
            RoastException roast => $"{nameof(RoastError)}.{roast.Kind}",
            _ => e.GetType().FullName!,
        };
        if (e is OperationCanceledException) ChatLog.Cancelled(logger, modelId, _tokens);
        else if (_request is null && e is (ArgumentException or NotSupportedException)) ChatLog.Refused(logger, modelId, e.Message);     // the caller's mistake, told to the caller
        else ChatLog.Failed(logger, e, modelId, _tokens);
        var tags = Tags();
        RecordTokens(tags);
        tags.Add("error.type", error);
        instruments.Duration.Record(Stopwatch.GetElapsedTime(_start).TotalSeconds, tags);
        _activity?.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error, e is OperationCanceledException ? null : e.Message);
    }

    public void Dispose() => _activity?.Dispose();

    void RecordTokens(TagList tags)
    {
        if (_request is null || _tokens == 0) return;       // nothing was computed
        int input = _request.Prompt.Ids.Length;
        foreach (var (type, count) in ((string, int)[])[("input", input), ("output", _tokens)])
            instruments.Tokens.Record(count, new TagList([.. tags, new("gen_ai.token.type", type)]));
        _activity?.SetTag("gen_ai.usage.input_tokens", input).SetTag("gen_ai.usage.output_tokens", _tokens);
    }

    // Strengths are numbers without end and stay out of metrics; spans have them.
    TagList Tags() => new(
    [
        new("gen_ai.operation.name", Chat), new("gen_ai.provider.name", RoastTelemetry.Provider), new("gen_ai.request.model", modelId),
        new("gen_ai.response.model", modelId), new("roast.steering.vector", _request?.Steering.Name ?? NoVector),
    ]);
}
