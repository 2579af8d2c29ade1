using Microsoft.Extensions.Logging;

namespace Roast.Extensions.AI.Telemetry;

/// <summary>What a client logs. Never what was asked or answered.</summary>
internal static partial class ChatLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Debug, Message = "{ModelId} answers a prompt of {PromptTokens} tokens, steered by {Vector} at {Strength} in scope {Scope}.")]
    public static partial void Steered(ILogger logger, string modelId, int promptTokens, string vector, Strength strength, Scope scope);

    [LoggerMessage(EventId = 2, Level = LogLevel.Debug, Message = "{ModelId} answers a prompt of {PromptTokens} tokens without steering.")]
    public static partial void Unsteered(ILogger logger, string modelId, int promptTokens);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "{ModelId} answered with {OutputTokens} tokens in {Seconds:F3} s; end: {FinishReason}.")]
    public static partial void Answered(ILogger logger, string modelId, int outputTokens, double seconds, string finishReason);

    [LoggerMessage(EventId = 4, Level = LogLevel.Warning, Message = "{ModelId} has no chat template: it was shown the last message only, and {LeftOut} earlier ones were left out.")]
    public static partial void LeftOut(ILogger logger, string modelId, int leftOut);

    [LoggerMessage(EventId = 5, Level = LogLevel.Information, Message = "A request to {ModelId} was cancelled after {OutputTokens} tokens.")]
    public static partial void Cancelled(ILogger logger, string modelId, int outputTokens);

    [LoggerMessage(EventId = 6, Level = LogLevel.Error, Message = "A request to {ModelId} failed after {OutputTokens} tokens.")]
    public static partial void Failed(ILogger logger, Exception exception, string modelId, int outputTokens);

    [LoggerMessage(EventId = 9, Level = LogLevel.Warning, Message = "A request to {ModelId} was refused: {Reason}")]
    public static partial void Refused(ILogger logger, string modelId, string reason);

    [LoggerMessage(EventId = 7, Level = LogLevel.Warning, Message = "Vector {Vector}: {Doubt}")]
    public static partial void Doubt(ILogger logger, string vector, string doubt);

    [LoggerMessage(EventId = 8, Level = LogLevel.Warning, Message = "{Warning}")]
    public static partial void SteeredNothing(ILogger logger, string warning);
}
