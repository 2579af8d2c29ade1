using Roast.Contrast;
using Roast.Onnx;
using Roast.Statistics;

namespace Roast.Cli.Results;

/// <summary>What <c>roast fit --analysis</c> found out about the vector, point by point; docs/report.md says what each figure means.</summary>
internal sealed record AnalysisResult(int Resamples, int Folds, ulong Seed, PointAnalysisResult[] Points)
{
    public static AnalysisResult Of(FitAnalysis x) => new(x.Options.Resamples, x.Options.Folds, x.Options.Seed, [.. x.Points.Select(PointAnalysisResult.Of)]);
}

internal sealed record PointAnalysisResult(string Point, int Width, double Norm, int Questions, int Degenerate, DistributionResult Consistency, double? MagnitudePearson, double? MagnitudeSpearman,
    MagnitudeGroup[] Magnitudes, DistributionResult Cosines, EnergyShare[] Energy, Dimension[] Largest, SplitHalfResult? SplitHalf, SeparabilityResult? Separability)
{
    public static PointAnalysisResult Of(PointAnalysis x) => new(x.Point.ToString(), x.Width, x.Norm, x.Questions, x.Degenerate, DistributionResult.Of(x.Consistency), x.MagnitudePearson, x.MagnitudeSpearman,
        [.. x.Magnitudes], DistributionResult.Of(x.Cosines), [.. x.Energy], [.. x.Largest],
        x.SplitHalf is { } half ? new(half.Mean, [half.Interval.Low, half.Interval.High], half.Resamples) : null, x.Separability is { } separability ? SeparabilityResult.Of(separability) : null);
}

/// <param name="Count">Values.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Quantiles">Least, 5 %, 25 %, 50 %, 75 %, 95 %, largest.</param>
/// <param name="Range">The ends of the histogram.</param>
/// <param name="Histogram">Values per bin.</param>
internal sealed record DistributionResult(int Count, double Mean, double[] Quantiles, double[] Range, int[] Histogram)
{
    public static DistributionResult Of(Distribution x) => new(x.Count, x.Mean, [.. x.Quantiles], [x.Range.Low, x.Range.High], [.. x.Histogram]);
}

internal sealed record SplitHalfResult(double Mean, double[] Interval, int Resamples);

internal sealed record SeparabilityResult(double? Auc, int Correct, int Incorrect, double? WithinQuestions, double[]? WithinInterval, int MixedQuestions)
{
    public static SeparabilityResult Of(Separability x) => new(x.Auc, x.Correct, x.Incorrect, x.WithinQuestions, x.WithinInterval is { } ends ? [ends.Low, ends.High] : null, x.MixedQuestions);
}
