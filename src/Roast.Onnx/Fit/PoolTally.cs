using System.Globalization;
using Roast.Contrast;

namespace Roast.Onnx.Fit;

/// <summary>What a fit has counted by one pool.</summary>
/// <param name="pool">Which tokens spoke for an answer.</param>
/// <param name="layout">How activations lie in their buffer.</param>
internal sealed class PoolTally(Pool pool, ActivationLayout layout)
{
    public Pool Pool => pool;

    public ContrastStatistics Statistics { get; } = new(layout);

    /// <summary>Single rollouts, where they are wanted.</summary>
    public RolloutActivations? Kept { get; private set; }

    /// <summary>Makes room for single rollouts: before the work, since there may be too many.</summary>
    public void Keep(int rollouts) => Kept = new RolloutActivations(layout, rollouts);

    /// <param name="rollout">What was answered.</param>
    /// <param name="activations">[total width] finite; kept where single rollouts are.</param>
    public void Add(Rollout rollout, float[] activations)
    {
        Statistics.AddRollout(rollout.QuestionId, rollout.Index.ToString(CultureInfo.InvariantCulture), rollout.IsCorrect, activations);
        Kept?.Add(rollout.QuestionId, rollout.IsCorrect, activations);
    }
}
