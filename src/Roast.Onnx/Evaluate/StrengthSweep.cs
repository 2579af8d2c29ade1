using Roast.Tasks;

namespace Roast.Onnx;

/// <summary>Accuracy against strength on dev, and the strength that is chosen from it.</summary>
/// <param name="Baseline">Accuracy without steering.</param>
/// <param name="Accuracies">Accuracy at each strength, in the order in which they were given.</param>
/// <param name="Chosen">The least strength whose accuracy is within two points of the best.</param>
public sealed record StrengthSweep(MeasuredAccuracy Baseline, IReadOnlyList<KeyValuePair<float, MeasuredAccuracy>> Accuracies, float Chosen)
{
    /// <summary>Accuracies this close to the best, in [0, 1], count as equal; then the least strength wins: it disturbs the model least.</summary>
    public const double Slack = 0.02;

    const double Rounding = 1e-9;                            // accuracies are ratios of whole numbers: 0.96 - 0.02 must not exceed 0.94

    /// <summary>The grid that the default model's card was measured on.</summary>
    public static IReadOnlyList<float> DefaultStrengths { get; } = [0.05f, 0.1f, 0.2f, 0.3f, 0.5f, 0.7f, 1, 1.5f, 2, 3, 5, 8, 12, 20];

    /// <summary>The accuracy at the chosen strength.</summary>
    public MeasuredAccuracy Best => Accuracies.First(pair => pair.Key == Chosen).Value;

    /// <summary>Runs baseline and all strengths as rows of one batch.</summary>
    /// <param name="model">The model that answers.</param>
    /// <param name="dev">Questions for choosing: neither trained on nor reported.</param>
    /// <param name="vector">What steers.</param>
    /// <param name="strengths">At least one, finite.</param>
    /// <param name="relative">Whether the strengths are relative.</param>
    /// <param name="scope">At which positions.</param>
    /// <param name="options"><c>null</c>: greedy.</param>
    /// <param name="progress">Told about every answer.</param>
    /// <param name="cancellationToken">Ends the work, also inside a step.</param>
    public static async Task<StrengthSweep> RunAsync(SteerableModel model, RoastTask dev, SteeringVector vector, IReadOnlyList<float> strengths, bool relative = false, Scope scope = Scope.Last,
        EvaluationOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(strengths.Count, nameof(strengths));
        Variant[] variants = [new("baseline", null), .. strengths.Select(s => new Variant($"strength {s}", vector.At(Strength.Of(s, relative), scope)))];
        var outcomes = await Evaluator.RunAsync(model, dev, variants, options, progress, "sweeping strengths", cancellationToken).ConfigureAwait(false);
        return Choose(outcomes[0].Accuracy, [.. strengths.Select((s, i) => KeyValuePair.Create(s, outcomes[i + 1].Accuracy))]);
    }

    /// <summary>The curve with its choice.</summary>
    internal static StrengthSweep Choose(MeasuredAccuracy baseline, IReadOnlyList<KeyValuePair<float, MeasuredAccuracy>> accuracies)
    {
        var sweep = new StrengthSweep(baseline, accuracies, 0);
        return sweep with { Chosen = sweep.Within(accuracies.Max(pair => pair.Value.Value)).MinBy(Math.Abs) };
    }

    /// <summary>The strengths whose accuracy is at most two points below <paramref name="best"/>.</summary>
    internal IReadOnlyList<float> Within(double best) => [.. Accuracies.Where(pair => pair.Value.Value >= best - Slack - Rounding).Select(pair => pair.Key)];
}
