using System.Text.Json;
using Roast.Cli.Output;
using Roast.Cli.Reports;
using Roast.Cli.Results;
using Roast.Contrast;
using Roast.Onnx;

namespace Roast.Tests.Cli.Reports;

/// <summary>Results with every part filled in, made by hand: what a page is drawn of, without a model.</summary>
static class MadeResults
{
    /// <param name="text">Stands wherever text comes from outside: prompts, answers, tokens, paths, metadata.</param>
    public static EvalResult Eval(string text = "457+385=") => new(1.25, $"models/{text}", $"{text}.safetensors", "exact", $"{text}.jsonl", 0.5f, false, "last", new OverlapResult(0, 0, 0),
        new SweepResult(new AccuracyResult(8, 20, 0.4), [CurvePoint.Of(0.1f, new(10, 20)), CurvePoint.Of(0.5f, new(19, 20)), CurvePoint.Of(2, new(0, 20))], 0.5f),
        new TestResult(Comparison(8), Comparison(19), Comparison(5), Comparison(18), new RandomResult(3, 0.4, 0.55, 0, [0.3, 0.35, 0.55])),
        [new TranscriptResult("q1", text, text, text, false, text, true)],
        new GridResult([Place("attn_out.3", 19), Place("mlp_act.0", 9), Place($"attn_out.*{text}", 17)], "attn_out.3"),
        new EffectResult(2, 1, [new StepEffect(0, 2, 0.3, 0.2, 0.9, 0.5), new StepEffect(1, 2, 0.01, 0, 0.02, 0.5)],
            [new AnswerEffectResult("q1", text, 0, [new TokenEffectResult(5, text, 6, text, 0.6), new TokenEffectResult(7, "\n", 7, "\n", 0)]), new AnswerEffectResult("q2", text, null, [new TokenEffectResult(5, "", 5, "", 0)])]),
        Vector(text));

    public static FitCommandResult Fit(string text = "two-annotators") => new(2.5, $"models/{text}", "exact", 42,
        new FitSummary("roast", "attn_out.0..3", "max_norm", "last", 12, 8, 1, 1, 2, 0, 0, new AccuracyResult(50, 96, 50 / 96.0), false), new() { ["attn_out.3"] = 1.5 }, $"{text}.safetensors", null,
        new AnalysisResult(100, 5, 42, [Point("attn_out.3", 0.9), Point("mlp_act.0", 0.2)]), Vector(text));

    public static VectorResult Vector(string text) => new("vector", $"{text}.safetensors", "roast", [text], [new PointResult("attn_out.3", 96, 1.5, 12)],
        new ProvenanceResult("roast", "max_norm", "last", new ModelIdentity(text, 4, 96, 256, text, text), 12, new RolloutSettings(8, 0.8f, 0.9f, 8, 42), new ContrastCounts(12, 8, 1, 1, 2, 0),
            0.5f, false, "last", ["attn_out.3"], new() { ["test.steered"] = new AccuracyResult(19, 20, 0.95) }, new Dictionary<string, string> { [$"extra.{text}"] = text }));

    public static byte[] Bytes(EvalResult x) => JsonSerializer.SerializeToUtf8Bytes(x, JsonFace.Readable.EvalResult);

    public static byte[] Bytes(FitCommandResult x) => JsonSerializer.SerializeToUtf8Bytes(x, JsonFace.Readable.FitCommandResult);

    /// <summary>The page of these files.</summary>
    public static string Page(params byte[][] files) => ReportPage.Render(ReportContent.Of([.. files.Select((bytes, i) => ReportFile.OfJson($"{i}.json", bytes))], [.. files.Select((_, i) => $"{i}.json")]));

    static ComparisonResult Comparison(int correct) => ComparisonResult.Of(Onnx.Comparison.Of(Outcome(correct), Outcome(8)));

    static VariantOutcome Outcome(int correct) => new(new Variant("made", null), [.. Enumerable.Range(0, 20).Select(i => i < correct)], null);

    static PlaceResult Place(string points, int correct) => new(points, 0.5f, [CurvePoint.Of(0.1f, new(8, 20)), CurvePoint.Of(0.5f, new(correct, 20))]);

    static PointAnalysisResult Point(string point, double high) => new(point, 96, 1.5, 10, 0, Spread(0, high), 0.6, 0.5, [new MagnitudeGroup(48, 0.1, 0.55), new MagnitudeGroup(48, 0.8, high)], Spread(-1, high),
        [new EnergyShare(1, 0.3), new EnergyShare(10, 0.92), new EnergyShare(96, 1)], [new Dimension(7, -0.8, high)], new SplitHalfResult(high, [high - 0.1, high], 100), new SeparabilityResult(high, 50, 46, 0.95, [0.9, 1], 8));

    static DistributionResult Spread(double low, double high) => new(10, high - 0.1, [low, low, high - 0.2, high - 0.1, high, high, high], [low, 1], [2, 8]);
}
