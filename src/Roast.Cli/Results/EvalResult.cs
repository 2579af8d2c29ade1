namespace Roast.Cli.Results;

/// <summary>The result of <c>roast eval</c>. Without a strength to report on there is a curve and no test.</summary>
internal sealed record EvalResult(double Seconds, string Model, string Vector, string Task, string Data, float? Strength, bool Relative, string Scope, OverlapResult Overlap,
    SweepResult? Sweep, TestResult? Test, TranscriptResult[] Transcripts, GridResult? Grid = null, EffectResult? Effect = null, VectorResult? VectorDetails = null, string Kind = EvalResult.KindName)
{
    public const string KindName = "eval";
}

/// <summary>The result of <c>roast demo</c>.</summary>
internal sealed record DemoResult(double Seconds, string Model, ulong Seed, FitSummary Fit, SweepResult Sweep, float Strength, bool Relative, string Scope, TestResult Test,
    TranscriptResult[] Transcripts, string Vector, string Next, AnalysisResult? Analysis = null, EffectResult? Effect = null, GridResult? PointsAlone = null, VectorResult? VectorDetails = null,
    string? Report = null, string Kind = DemoResult.KindName)
{
    public const string KindName = "demo";
}
