using Roast.Contrast;
using Roast.Onnx;

namespace Roast.Cli.Results;

/// <summary>One vector at one place: its curve on dev, and the strength that would be chosen there.</summary>
internal sealed record CandidateResult(string Points, string Pool, string Scaling, float Strength, bool Chosen, CurvePoint[] Curve);

/// <summary>The result of <c>roast search</c>.</summary>
internal sealed record SearchResult(double Seconds, string Model, string Task, ulong Seed, FitSummary Fit, bool Relative, string Scope, AccuracyResult Baseline, CandidateResult[] Candidates, string Vector)
{
    public static SearchResult Of(VectorSearch x, SearchOptions options, double seconds, string model, string task, string vector) => new(seconds, model, task, options.Fit.Seed,
        FitSummary.Of(x.Fit, options.Fit with { Points = x.Chosen.Curve.Place, Pool = x.Chosen.Pool, Scaling = x.Chosen.Scaling }), options.Relative, options.Scope.Name(), AccuracyResult.Of(x.Baseline),
        [.. x.Candidates.Select(candidate => new CandidateResult(candidate.Curve.Place.ToString(), candidate.Pool.Name(), candidate.Scaling.Name(), candidate.Curve.Sweep.Chosen,
            ReferenceEquals(candidate, x.Chosen), SweepResult.Of(candidate.Curve.Sweep).Curve))], vector);
}
