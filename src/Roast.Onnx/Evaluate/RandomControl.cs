namespace Roast.Onnx;

/// <summary>How random directions of the vector's norm did: the control that a direction has to beat.</summary>
/// <param name="Directions">How many were tried.</param>
/// <param name="Mean">Their mean accuracy.</param>
/// <param name="Best">The best one's accuracy.</param>
/// <param name="Reached">How many reached the steered accuracy.</param>
/// <param name="Accuracies">Each one's accuracy, in the order of their seeds.</param>
public sealed record RandomControl(int Directions, double Mean, double Best, int Reached, IReadOnlyList<MeasuredAccuracy> Accuracies)
{
    /// <summary>Sums up random outcomes against the steered one.</summary>
    public static RandomControl Of(IReadOnlyList<VariantOutcome> outcomes, VariantOutcome steered) => new(outcomes.Count,
        outcomes.Count == 0 ? 0 : outcomes.Average(x => x.Accuracy.Value),
        outcomes.Count == 0 ? 0 : outcomes.Max(x => x.Accuracy.Value),
        outcomes.Count(x => x.Accuracy.Correct >= steered.Accuracy.Correct),
        [.. outcomes.Select(x => x.Accuracy)]);
}
