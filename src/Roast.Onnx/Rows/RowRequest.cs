using Roast.Contrast;
using Roast.Onnx.Devices;
using Roast.Sampling;

namespace Roast.Onnx.Rows;

/// <summary>What one row of a batch is asked to do.</summary>
internal sealed record RowRequest
{
    /// <summary>[tokens] at least one.</summary>
    public required int[] Prompt { get; init; }

    /// <summary>What steers the row; <c>null</c>: nothing.</summary>
    public Steering? Steering { get; init; }

    /// <summary>What steers the row and may change while it runs, instead of <see cref="Steering"/>.</summary>
    public LiveSteering? Live { get; init; }

    /// <summary>What steers the row at this moment.</summary>
    public Steering? SteeringNow => Live?.Current ?? Steering;

    /// <summary>The points that the row may be steered at.</summary>
    public IReadOnlyList<Point> SteeredPoints => Live?.Points ?? Steering?.Vector.Points ?? [];

    /// <summary>Whether to collect what was added at each step.</summary>
    public bool Trace { get; init; }

    public SamplerOptions Sampler { get; init; } = SamplerOptions.Greedy;

    /// <summary>[at least MaxTokens] the tokens to go on with, whatever the logits say (teacher forcing); <c>null</c>: they are sampled.</summary>
    public int[]? Forced { get; init; }

    /// <summary>Names the row's random numbers: the same seed gives the same answer whatever runs beside it.</summary>
    public RowSeed Seed { get; init; }

    /// <summary>New tokens at most, end token included.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>Tokens that end the answer; empty: none does.</summary>
    public int[] EndTokens { get; init; } = [];

    /// <summary>How to pool the tapped activations, each pool once; empty: nothing is captured.</summary>
    public IReadOnlyList<Pool> Capture { get; init; } = [];

    /// <summary>Whether the result names what was captured, where it lies, instead of holding its values.</summary>
    public bool LeavesCapture { get; init; }

    /// <summary>What the row is, for messages.</summary>
    public string Label { get; init; } = "the prompt";

    /// <summary>Called with each new token, on the loop's thread; <c>false</c> ends the row.</summary>
    public Func<int, bool>? OnToken { get; init; }

    /// <summary>Called with each step's logits [vocabulary] before they are sampled from, on the loop's thread. Step 0 follows the last prompt token.</summary>
    public LogitsCallback? OnLogits { get; init; }
}

internal delegate void LogitsCallback(int step, ReadOnlySpan<float> logits);

/// <summary>What a row gave back.</summary>
/// <param name="Tokens">New tokens, the end token included where the model produced one.</param>
/// <param name="Stop">Why the row ended.</param>
/// <param name="Activations">[pools of the request][total width] pooled activations in the layout of the plan's taps; empty where they were left where they are.</param>
/// <param name="Trace">What was added at each step, where that was asked for.</param>
/// <param name="Captured">[pools of the request] what was captured, where <see cref="RowRequest.LeavesCapture"/> asked for that.</param>
internal sealed record RowResult(int[] Tokens, StopReason Stop, float[][] Activations, SteeringTrace? Trace = null, CapturedRow[]? Captured = null);
