namespace Roast.Onnx;

/// <summary>One way to run the model over a task: a name, and what steers it.</summary>
/// <param name="Name">For reports.</param>
/// <param name="Steering"><c>null</c>: nothing, the baseline.</param>
/// <param name="KeepText">Whether the answers' texts are kept.</param>
public sealed record Variant(string Name, Steering? Steering, bool KeepText = false);

/// <summary>How a variant did.</summary>
/// <param name="Variant">What was run.</param>
/// <param name="IsCorrect">[questions] the verifier's verdict on each.</param>
/// <param name="Texts">[questions] the answers, where they were kept.</param>
public sealed record VariantOutcome(Variant Variant, bool[] IsCorrect, string[]? Texts)
{
    /// <summary>Right answers, and questions asked.</summary>
    public MeasuredAccuracy Accuracy { get; } = new(IsCorrect.Count(x => x), IsCorrect.Length);
}
