using Roast.Onnx;
using Roast.Statistics;

namespace Roast.Cli.Results;

internal sealed record AccuracyResult(int Correct, int Total, double Accuracy)
{
    public static AccuracyResult Of(MeasuredAccuracy x) => new(x.Correct, x.Total, x.Value);
}

/// <summary>A variant on test; intervals are [low, high], changes are against no steering.</summary>
internal sealed record ComparisonResult(int Correct, int Total, double Accuracy, double[] Interval, int Gained, int Lost, double McnemarP, double[] Difference)
{
    public static ComparisonResult Of(Comparison x) => new(x.Accuracy.Correct, x.Accuracy.Total, x.Accuracy.Value,
        [x.Interval.Low, x.Interval.High], x.Gained, x.Lost, x.McNemarP, [x.Difference.Low, x.Difference.High]);
}

internal sealed record RandomResult(int Directions, double Mean, double Best, int Reached, double[] Accuracies)
{
    public static RandomResult Of(RandomControl x) => new(x.Directions, x.Mean, x.Best, x.Reached, [.. x.Accuracies.Select(accuracy => accuracy.Value)]);
}

internal sealed record TestResult(ComparisonResult Baseline, ComparisonResult Steered, ComparisonResult Negative, ComparisonResult? Caa, RandomResult Random)
{
    public static TestResult Of(EvaluationReport x) => new(ComparisonResult.Of(x.Baseline), ComparisonResult.Of(x.Steered), ComparisonResult.Of(x.Negative),
        x.Others.FirstOrDefault(other => other.Name == "caa") is { } caa ? ComparisonResult.Of(caa) : null, RandomResult.Of(x.Random));
}

/// <param name="Interval">Wilson's 95 % interval of the accuracy: [low, high].</param>
internal sealed record CurvePoint(float Strength, int Correct, int Total, double Accuracy, double[] Interval)
{
    public static CurvePoint Of(float strength, MeasuredAccuracy x)
    {
        var (low, high) = Wilson.Interval(x.Correct, x.Total);
        return new CurvePoint(strength, x.Correct, x.Total, x.Value, [low, high]);
    }
}

/// <summary>Accuracy against strength; <c>chosen</c> is absent where nothing was chosen from it.</summary>
internal sealed record SweepResult(AccuracyResult Baseline, CurvePoint[] Curve, float? Chosen)
{
    public static SweepResult Of(StrengthSweep x, bool isChoice = true) => new(AccuracyResult.Of(x.Baseline),
        [.. x.Accuracies.Select(pair => CurvePoint.Of(pair.Key, pair.Value))], isChoice ? x.Chosen : null);
}

internal sealed record PlaceResult(string Points, float Strength, CurvePoint[] Curve);

/// <summary>Places against strengths; each place with the strength that would be chosen there.</summary>
internal sealed record GridResult(PlaceResult[] Places, string Chosen)
{
    public static GridResult Of(GridSweep x) => new([.. x.Curves.Select(curve => new PlaceResult(curve.Place.ToString(), curve.Sweep.Chosen, SweepResult.Of(curve.Sweep).Curve))], x.Chosen.Place.ToString());
}

internal sealed record TranscriptResult(string Id, string Prompt, string Answer, string Before, bool BeforeCorrect, string After, bool AfterCorrect)
{
    /// <summary>How many are shown where nobody says.</summary>
    public const int Shown = 3;

    /// <summary>The first questions whose answers changed.</summary>
    public static TranscriptResult[] Of(EvaluationReport report, int most) => [.. report.Changed.Take(most).Select(Of)];

    public static TranscriptResult Of(Transcript x) => new(x.Id, x.Prompt, x.Answer, x.Before, x.BeforeIsCorrect, x.After, x.AfterIsCorrect);
}

internal sealed record OverlapResult(int TrainDev, int TrainTest, int DevTest)
{
    public static OverlapResult Of(Overlap x) => new(x.TrainDev, x.TrainTest, x.DevTest);
}
