using Roast.Contrast;
using Roast.Onnx;

namespace Roast.Cli.Results;

/// <summary>What a vector was fitted from. <c>all_wrong</c>: no rollout of any question was right, so every contrast is a re-read one.</summary>
internal sealed record FitSummary(string Method, string Points, string Scaling, string Pool, int Questions, int Mixed, int Reread, int KnownWrong, int Skipped, int Degenerate, int TooLong,
    AccuracyResult Rollouts, bool AllWrong)
{
    public static FitSummary Of(FitResult fit, RoastOptions options)
    {
        var (counts, provenance) = (fit.Solution.Counts, fit.Vector.Provenance);
        var correct = new MeasuredAccuracy(fit.Rollouts.Count(rollout => rollout.IsCorrect), fit.Rollouts.Count);
        return new FitSummary(provenance.Method ?? "unknown", options.Points.ToString(), options.Scaling.Name(), options.Pool.Name(), counts.Questions, counts.Mixed, counts.Reread, counts.KnownWrong,
            counts.Skipped, counts.Degenerate, fit.TooLong, AccuracyResult.Of(correct), AllWrong: correct is { Correct: 0, Total: > 0 });
    }
}

/// <summary>The result of <c>roast fit</c>.</summary>
internal sealed record FitCommandResult(double Seconds, string Model, string Task, ulong Seed, FitSummary Fit, Dictionary<string, double> Norms, string Vector, string? SavedRollouts,
    AnalysisResult? Analysis = null, VectorResult? VectorDetails = null, string Kind = FitCommandResult.KindName)
{
    public const string KindName = "fit";
}
