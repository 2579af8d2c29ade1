using Roast.Contrast;
using Roast.Onnx.Devices;

namespace Roast.Onnx.Rows;

/// <summary>One sequence in a running batch.</summary>
internal sealed class Row(int index, RowRequest request)
{
    readonly int[] _tokens = [.. request.Prompt, .. new int[request.MaxTokens]];

    /// <summary>Where the result goes.</summary>
    public int Index { get; } = index;

    public RowRequest Request { get; } = request;

    /// <summary>Tokens whose keys and values are in the cache.</summary>
    public int Length { get; set; }

    /// <summary>The token to feed in the next step.</summary>
    public int NextToken { get; set; }

    /// <summary>New tokens so far.</summary>
    public int Count { get; private set; }

    /// <summary>The prompt and the new tokens: what a repetition penalty looks at.</summary>
    public ReadOnlySpan<int> History => _tokens.AsSpan(0, Request.Prompt.Length + Count);

    ReadOnlySpan<int> Tokens => History[Request.Prompt.Length..];

    public StopReason Stop { get; set; }

    /// <summary>The answer is complete; one more step feeds its last token so that it is captured too.</summary>
    public bool IsFinishing { get; set; }

    /// <summary>Whether the token that is fed next is the last one of the prompt.</summary>
    public bool FeedsPrompt => Count == 0;

    /// <summary>What the keys and values of the prompt were steered by; <c>null</c>: nothing.</summary>
    public Steering? PrefillSteering { get; set; }

    /// <summary>Whether <see cref="InPorts"/> says what this slot's ports hold; not after the row came to another slot.</summary>
    public bool KnowsPorts { get; set; }

    /// <summary>What this slot's ports hold.</summary>
    public Steering? InPorts { get; set; }

    /// <summary>What the next step is steered by; a live handle is asked anew each time. <c>null</c>: nothing.</summary>
    public Steering? WantedNow => Request.SteeringNow is { } steering &&
        (FeedsPrompt ? steering.Scope.SteersLastPromptToken() : steering.Scope.SteersGenerated()) ? steering : null;

    /// <summary>Collects what was added at each step, where that was asked for.</summary>
    public RowTrace? Trace { get; set; }

    public void Append(int token) => _tokens[Request.Prompt.Length + Count++] = token;

    /// <summary>Whether somebody looks at the logits of the step that is run next; else its best token is all.</summary>
    public bool NeedsLogits => Request.OnLogits is not null || Request.Forced is not null || !Request.Sampler.IsGreedy || Request.Sampler.RepetitionPenalty != 1;

    /// <summary>Whether a mean is captured.</summary>
    public bool CapturesMean => Request.Capture is Pool.Mean or Pool.MeanContent;

    /// <summary>Whether the taps of the step that is run next count for the row's mean. An end token is fed only where the pool wants it.</summary>
    public bool AddsToMean => Request.Capture == Pool.MeanContent || (Request.Capture == Pool.Mean && !FeedsPrompt);

    /// <summary>How many steps a row that ended has added to its mean: one per new token, or the last prompt token's and those of the new tokens but the end token.</summary>
    public int MeanSteps => Request.Capture == Pool.Mean || Stop == StopReason.EndToken ? Count : Count + 1;

    public RowResult Finish(CapturedRow? captured) => Request.LeavesCapture
        ? new(Tokens.ToArray(), Stop, null, Trace?.ToTrace(), captured)
        : new(Tokens.ToArray(), Stop, captured?.Read(), Trace?.ToTrace());
}
