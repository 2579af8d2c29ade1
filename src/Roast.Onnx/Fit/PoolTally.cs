using System.Globalization;
using Roast.Contrast;
using Roast.Onnx.Devices;

namespace Roast.Onnx.Fit;

/// <summary>What a fit has counted by one pool.</summary>
/// <param name="pool">Which tokens spoke for an answer.</param>
/// <param name="layout">How activations lie in their buffer.</param>
internal sealed class PoolTally(Pool pool, ActivationLayout layout)
{
    public Pool Pool => pool;

    public FitSums Sums { get; private set; } = new HostSums(layout);

    /// <summary>Single rollouts, where they are wanted.</summary>
    public RolloutActivations? Kept { get; private set; }

    /// <summary>Adds up on a device. Before anything was added.</summary>
    /// <param name="memory">Two sums for each question that will come. Owned from now on.</param>
    public void SumIn(ContrastMemory memory) => Sums = new DeviceSums(layout, memory);

    /// <summary>Makes room for single rollouts: before the work, since there may be too many.</summary>
    public void Keep(int rollouts) => Kept = new RolloutActivations(layout, rollouts);

    /// <param name="rollout">What was answered.</param>
    /// <param name="activations">[total width] finite; kept where single rollouts are.</param>
    public void Add(Rollout rollout, float[] activations)
    {
        Sums.AddRollout(rollout.QuestionId, Name(rollout), rollout.IsCorrect, activations);
        Kept?.Add(rollout.QuestionId, rollout.IsCorrect, activations);
    }

    /// <param name="rollout">What was answered.</param>
    /// <param name="captured">What its row has captured, where that lies.</param>
    public void Add(Rollout rollout, CapturedRow captured)
    {
        if (Kept is null) Sums.AddRollout(rollout.QuestionId, Name(rollout), rollout.IsCorrect, captured);
        else Add(rollout, captured.Read());
    }

    static string Name(Rollout rollout) => rollout.Index.ToString(CultureInfo.InvariantCulture);
}
