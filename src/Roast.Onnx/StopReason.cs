namespace Roast.Onnx;

/// <summary>Why an answer ended.</summary>
public enum StopReason
{
    /// <summary>The model produced an end token.</summary>
    EndToken,
    /// <summary>The most tokens that were allowed were produced.</summary>
    MaxTokens,
    /// <summary>The text reached a stop string.</summary>
    StopString,
    /// <summary>The caller stopped it.</summary>
    Caller,
}
