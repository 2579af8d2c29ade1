using Roast.Tasks;

namespace Roast.Onnx;

/// <summary>An honest evaluation of one steering on one task: baseline, steered, -v, other vectors, random directions.</summary>
/// <param name="Baseline">Without steering.</param>
/// <param name="Steered">With the vector.</param>
/// <param name="Negative">With -v.</param>
/// <param name="Others">Other vectors at the same strength and scope, for example CAA.</param>
/// <param name="Random">Random directions of equal norm.</param>
/// <param name="Answers">Every question with its answer before and after, in the task's order.</param>
public sealed record EvaluationReport(Comparison Baseline, Comparison Steered, Comparison Negative, IReadOnlyList<Comparison> Others, RandomControl Random, IReadOnlyList<Transcript> Answers)
{
    /// <summary>The questions whose answers differ. Not chosen by their verdicts: a change for the worse shows as well.</summary>
    public IEnumerable<Transcript> Changed => Answers.Where(answer => answer.Before != answer.After);

    /// <summary>Evaluates a steering with its controls, all in one batch.</summary>
    /// <param name="model">The model that answers.</param>
    /// <param name="task">Questions that the vector has not seen.</param>
    /// <param name="steering">The vector, its strength and scope.</param>
    /// <param name="others">Other steerings to compare with.</param>
    /// <param name="options"><c>null</c>: greedy, 20 random directions, 95 % intervals.</param>
    /// <param name="progress">Told about every answer.</param>
    /// <param name="cancellationToken">Ends the work, also inside a step.</param>
    public static async Task<EvaluationReport> RunAsync(SteerableModel model, RoastTask task, Steering steering, IReadOnlyList<Variant>? others = null,
        EvaluationOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        (options, others) = (options ?? new(), others ?? []);
        var variants = new List<Variant>
        {
            new("baseline", null, KeepText: true),
            new("steered", steering, KeepText: true),
            new("negative", steering with { Vector = -steering.Vector }),
        };
        variants.AddRange(others);
        for (int i = 0; i < options.RandomDirections; i++)
            variants.Add(new Variant($"random {i}", steering with { Vector = steering.Vector.RandomOfEqualNorm(options.Seed + (ulong)i) }));
        var outcomes = await Evaluator.RunAsync(model, task, variants, options, progress, "evaluating", cancellationToken).ConfigureAwait(false);
        Comparison Compare(VariantOutcome outcome) => Comparison.Of(outcome, outcomes[0], options.Confidence);
        return new EvaluationReport(Compare(outcomes[0]), Compare(outcomes[1]), Compare(outcomes[2]),
            [.. outcomes.Skip(3).Take(others.Count).Select(Compare)],
            RandomControl.Of([.. outcomes.Skip(3 + others.Count)], outcomes[1]),
            Transcript.Of(task, outcomes[0], outcomes[1]));
    }
}
