using Roast.Contrast;

namespace Roast.Onnx;

/// <summary>What a fit's contrasts say about its vector, point by point: see docs/report.md for each figure's meaning.</summary>
/// <param name="Points">One entry a point, in the order of the layout.</param>
/// <param name="Options">How it was made.</param>
public sealed record FitAnalysis(IReadOnlyList<PointAnalysis> Points, AnalysisOptions Options)
{
    /// <summary>Analyses a fit. Separability needs <see cref="RoastOptions.KeepActivations"/>; without it that part is left out.</summary>
    /// <param name="fit">A fit by ROAST or CAA, whose vector is the mean of its contrasts.</param>
    /// <param name="options"><c>null</c>: defaults.</param>
    /// <param name="progress">Told about every point.</param>
    /// <param name="cancellationToken">Looked at between points.</param>
    /// <exception cref="ArgumentException">The vector is not the mean of the contrasts: a pooled mean difference.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.NoContrast"/>: no question gave a contrast.</exception>
    public static Task<FitAnalysis> RunAsync(FitResult fit, AnalysisOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.Vector.Provenance.Method is "mean_difference")
            throw new ArgumentException("A pooled mean difference is not the mean of its questions' contrasts, so an analysis of these would be about another vector. Fit by roast or caa.", nameof(fit));
        options ??= new();
        return Task.Run(() =>
        {
            var points = new List<PointAnalysis>();
            foreach (var point in fit.Solution.Layout.Points)
            {
                cancellationToken.ThrowIfCancellationRequested();
                points.Add(ContrastAnalysis.OfPoint(fit.Solution, point, fit.Activations, options));
                progress?.Report(new WorkProgress("analysing points", points.Count, fit.Solution.Layout.Points.Count, 0));
            }
            return new FitAnalysis(points, options);
        }, cancellationToken);
    }
}
