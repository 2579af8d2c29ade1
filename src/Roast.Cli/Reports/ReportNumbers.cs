using System.Text.Json;
using Roast.Cli.Results;

namespace Roast.Cli.Reports;

/// <summary>What the JSON reader does not check of a result: that numbers are numbers a picture can show. A file may come from anywhere.</summary>
internal static class ReportNumbers
{
    /// <summary>The document's <c>kind</c>; <c>null</c> where it has none. Looks at every number on the way: none may overflow.</summary>
    /// <exception cref="JsonException">No JSON, not an object, or a number beyond what a double holds.</exception>
    public static string? KindOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        string? kind = null;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Number && !(reader.TryGetDouble(out double number) && double.IsFinite(number)))
                throw new JsonException($"a number at byte {reader.TokenStartIndex} is too large to be shown");
            if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("kind"u8)) continue;
            reader.Read();
            kind = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        }
        return kind;
    }

    /// <summary>Refuses intervals without two ends, shares outside [0, 1], and points that are none.</summary>
    /// <exception cref="JsonException">The first such number, by its name.</exception>
    public static void Check(ReportFile file)
    {
        if (!float.IsFinite(file.Eval?.Strength ?? file.Demo?.Strength ?? 0)) throw new JsonException("strength is too large to be shown");
        Analysis(file.Fit?.Analysis ?? file.Demo?.Analysis);
        Sweep(file.Eval?.Sweep ?? file.Demo?.Sweep);
        Test(file.Eval?.Test ?? file.Demo?.Test);
        foreach (var place in (file.Eval?.Grid ?? file.Demo?.PointsAlone)?.Places ?? [])
        {
            Curve(place.Curve, "grid.places.curve");
            if (!place.Curve.Any(point => point.Strength == place.Strength)) throw new JsonException($"the curve of place '{place.Points}' lacks its own strength {place.Strength}");
        }
        foreach (var step in (file.Eval?.Effect ?? file.Demo?.Effect)?.Steps ?? []) Share(step.Diverged, "effect.steps.diverged");
        foreach (var answer in (file.Eval?.Effect ?? file.Demo?.Effect)?.Examples ?? [])
            if (answer.FirstDiverging is { } first && (first < 0 || first >= answer.Tokens.Length)) throw new JsonException($"effect.examples.first_diverging is {first} of {answer.Tokens.Length} tokens");
    }

    static void Analysis(AnalysisResult? analysis)
    {
        foreach (var point in analysis?.Points ?? [])
        {
            if (!Point.TryParse(point.Point, null, out _)) throw new JsonException($"analysis.points.point is '{point.Point}', which is no point");
            Distribution(point.Consistency, 0, "consistency");
            Distribution(point.Cosines, -1, "cosines");
            if (point.SplitHalf is { } half) Ends(half.Interval, -1, "split_half.interval");
            if (point.Separability?.WithinInterval is { } within) Ends(within, 0, "separability.within_interval");
            Share(point.Separability?.Auc ?? 0, "separability.auc");
            Share(point.Separability?.WithinQuestions ?? 0, "separability.within_questions");
            foreach (var energy in point.Energy)
            {
                Share(energy.Share, "energy.share");
                if (energy.Dimensions < 1 || energy.Dimensions > point.Width) throw new JsonException($"energy.dimensions is {energy.Dimensions} of a width of {point.Width}");
            }
            foreach (var group in point.Magnitudes)
            {
                Share(group.MeanMagnitude, "magnitudes.mean_magnitude");
                Share(group.MeanConsistency, "magnitudes.mean_consistency");
            }
        }
    }

    static void Distribution(DistributionResult x, double low, string name)
    {
        if (x.Quantiles.Length != 7) throw new JsonException($"{name}.quantiles has {x.Quantiles.Length} numbers, expected 7");
        Ends(x.Range, -1, $"{name}.range");
        foreach (double value in x.Quantiles.Append(x.Mean)) Within(value, low, $"{name}.quantiles");
    }

    static void Sweep(SweepResult? sweep)
    {
        if (sweep is null) return;
        Share(sweep.Baseline.Accuracy, "sweep.baseline.accuracy");
        Curve(sweep.Curve, "sweep.curve");
    }

    static void Curve(CurvePoint[] curve, string name)
    {
        if (curve.Length == 0) throw new JsonException($"{name} has no point");
        foreach (var point in curve)
        {
            if (!float.IsFinite(point.Strength)) throw new JsonException($"{name}.strength is too large to be shown");
            Share(point.Accuracy, $"{name}.accuracy");
            Ends(point.Interval, 0, $"{name}.interval");
        }
    }

    static void Test(TestResult? test)
    {
        if (test is null) return;
        foreach (var comparison in (ComparisonResult?[])[test.Baseline, test.Steered, test.Negative, test.Caa])
        {
            if (comparison is null) continue;
            Share(comparison.Accuracy, "test.accuracy");
            Ends(comparison.Interval, 0, "test.interval");
            Ends(comparison.Difference, -1, "test.difference");
        }
        foreach (double accuracy in test.Random.Accuracies.Append(test.Random.Best).Append(test.Random.Mean)) Share(accuracy, "test.random.accuracies");
    }

    static void Ends(double[] ends, double low, string name)
    {
        if (ends.Length != 2) throw new JsonException($"{name} has {ends.Length} ends, expected 2");
        foreach (double end in ends) Within(end, low, name);
    }

    static void Share(double value, string name) => Within(value, 0, name);

    static void Within(double value, double low, string name)
    {
        const double Rounding = 1e-9;
        if (!(value >= low - Rounding && value <= 1 + Rounding)) throw new JsonException($"{name} is {value}, expected {low} to 1");
    }
}
