using Roast.Contrast;

namespace Roast.Onnx;

/// <summary>A fitted vector and what it was fitted from.</summary>
/// <param name="Vector">The vector, with its provenance.</param>
/// <param name="Statistics">Sums per question: they merge with those of other shards.</param>
/// <param name="Solution">Contrasts, counts and mean norms.</param>
/// <param name="Rollouts">The sampled answers; for CAA the teacher-forced ones.</param>
/// <param name="TooLong">Questions that were left out because their prompt, or the answer that had to be read, exceeds the model's context.</param>
public sealed record FitResult(SteeringVector Vector, ContrastStatistics Statistics, ContrastSolution Solution, IReadOnlyList<Rollout> Rollouts, int TooLong)
{
    /// <summary>Each rollout's activations, where <see cref="RoastOptions.KeepActivations"/> asked for them.</summary>
    public RolloutActivations? Activations { get; init; }
}
