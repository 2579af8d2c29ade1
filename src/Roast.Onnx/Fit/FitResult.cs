using System.Text;
using Roast.Contrast;
using Roast.Onnx.Fit;

namespace Roast.Onnx;

/// <summary>A fitted vector and what it was fitted from.</summary>
/// <param name="Vector">The vector, with its provenance.</param>
/// <param name="Statistics">
/// Sums per question: they merge with those of other shards. A fit that sampled on a device has them there; they move to the host when they, or
/// single contrasts of the solution, are first asked for, which has to be before the model is closed (<see cref="ObjectDisposedException"/>).
/// </param>
/// <param name="Solution">Contrasts, counts and mean norms.</param>
/// <param name="Rollouts">The sampled answers; for CAA the teacher-forced ones.</param>
/// <param name="TooLong">Questions that were left out because their prompt, or the answer that had to be read, exceeds the model's context.</param>
public sealed record FitResult(SteeringVector Vector, ContrastStatistics Statistics, ContrastSolution Solution, IReadOnlyList<Rollout> Rollouts, int TooLong)
{
    readonly FitSums? _sums;

    internal FitResult(SteeringVector vector, FitSums sums, ContrastSolution solution, IReadOnlyList<Rollout> rollouts, int tooLong) : this(vector, (ContrastStatistics)null!, solution, rollouts, tooLong) => _sums = sums;

    /// <inheritdoc cref="FitResult(SteeringVector, ContrastStatistics, ContrastSolution, IReadOnlyList{Rollout}, int)" path="/param[@name='Statistics']"/>
    public ContrastStatistics Statistics { get => field ?? _sums!.Statistics.Value; init; } = Statistics;

    /// <summary>Each rollout's activations, where <see cref="RoastOptions.KeepActivations"/> asked for them.</summary>
    public RolloutActivations? Activations { get; init; }

    /// <summary>Why the contrast was made on the host although the model runs on a device; <c>null</c>: it was made where that is the rule (docs/cuda.md).</summary>
    public string? Note { get; init; }

    /// <summary>Frees what waits on a device for somebody to ask for <see cref="Statistics"/>.</summary>
    internal void Release() => _sums?.Release();

    /// <summary>Without the statistics: printing a result must not move them.</summary>
    bool PrintMembers(StringBuilder builder)
    {
        builder.Append(FormattableString.Invariant($"{nameof(Vector)} = {Vector}, {nameof(Solution)} = {Solution}, {nameof(Rollouts)} = {Rollouts.Count}, {nameof(TooLong)} = {TooLong}"));
        return true;
    }
}
