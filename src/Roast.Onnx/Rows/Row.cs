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

    /// <summary>[pools of the request] what was captured; <c>null</c> until it is.</summary>
    public CapturedRow?[] Captured { get; } = new CapturedRow?[request.Capture.Count];

    /// <summary>Whether the taps of the step that is run next count for a mean. Once it is captured, nothing does.</summary>
    public bool AddsTo(Pool mean)
    {
        for (int i = 0; i < Captured.Length; i++)
            if (Request.Capture[i] == mean) return Captured[i] is null && (mean == Pool.MeanContent || !FeedsPrompt);
        return false;
    }

    /// <summary>How many steps a row that ended has added to a mean: one per new token, or the last prompt token's and those of the new tokens but the end token.</summary>
    public int StepsOf(Pool mean) => mean == Pool.Mean || Stop == StopReason.EndToken ? Count : Count + 1;

    /// <summary>Takes what was captured so far to the host: the step to come overwrites the taps, and the row may move.</summary>
    public void HoldCaptured()
    {
        for (int i = 0; i < Captured.Length; i++) Captured[i] = Captured[i]?.Held();
    }

    /// <summary>The result. Everything has been captured.</summary>
    public RowResult Finish()
    {
        var captured = Array.ConvertAll(Captured, row => row!.Value);
        return Request.LeavesCapture ? new(Tokens.ToArray(), Stop, [], Trace?.ToTrace(), captured) : new(Tokens.ToArray(), Stop, Array.ConvertAll(captured, row => row.Read()), Trace?.ToTrace());
    }
}
