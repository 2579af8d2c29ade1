using Roast.Statistics;

namespace Roast.Onnx;

/// <summary>A variant against the baseline on the same questions.</summary>
/// <param name="Name">The variant's name.</param>
/// <param name="Accuracy">Right answers, and questions asked.</param>
/// <param name="Interval">Wilson score interval of the accuracy.</param>
/// <param name="Gained">Questions that the baseline got wrong and the variant right.</param>
/// <param name="Lost">Questions that the baseline got right and the variant wrong.</param>
/// <param name="McNemarP">Exact two-sided McNemar p; small p alone is not evidence for a direction: see the random directions.</param>
/// <param name="Difference">Newcombe interval of accuracy minus the baseline's.</param>
public sealed record Comparison(string Name, MeasuredAccuracy Accuracy, Interval Interval, int Gained, int Lost, double McNemarP, Interval Difference)
{
    /// <summary>Compares two outcomes over the same questions.</summary>
    /// <exception cref="ArgumentException">The outcomes have different numbers of questions.</exception>
    public static Comparison Of(VariantOutcome outcome, VariantOutcome baseline, double confidence = 0.95)
    {
        if (outcome.IsCorrect.Length != baseline.IsCorrect.Length) throw new ArgumentException($"{outcome.IsCorrect.Length} questions against {baseline.IsCorrect.Length}: compare outcomes over the same questions.", nameof(outcome));
        int gained = 0, lost = 0;
        for (int i = 0; i < outcome.IsCorrect.Length; i++)
        {
            if (outcome.IsCorrect[i] && !baseline.IsCorrect[i]) gained++;
            if (!outcome.IsCorrect[i] && baseline.IsCorrect[i]) lost++;
        }
        var (steered, plain) = (outcome.Accuracy, baseline.Accuracy);
        return new Comparison(outcome.Variant.Name, steered, Wilson.Interval(steered.Correct, steered.Total, confidence), gained, lost,
            McNemar.ExactP(gained, lost), Newcombe.Difference(steered.Correct, steered.Total, plain.Correct, plain.Total, confidence));
    }
}
