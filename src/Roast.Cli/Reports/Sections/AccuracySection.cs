using System.Globalization;
using Roast.Cli.Output;
using Roast.Cli.Reports.Plots;
using Roast.Cli.Results;

namespace Roast.Cli.Reports.Sections;

/// <summary>The strength curve on dev with its band, and the test with its controls.</summary>
internal static class AccuracySection
{
    const double WideEnough = 20;                           // a grid whose ends differ by this factor is read on a logarithmic axis

    public static void Write(MarkupWriter m, ReportContent x)
    {
        if (x.Sweep is null && x.Test is null)
        {
            Parts.Absent(m, "No evaluation is part of this report. 'roast eval --json' measures one; give its output to 'roast report'.");
            return;
        }
        if (x.Eval?.Overlap is { } overlap && overlap.TrainDev + overlap.TrainTest + overlap.DevTest > 0)
            m.Add("p", $"The splits share questions, which was allowed: {overlap.TrainDev} of train and dev, {overlap.TrainTest} of train and test, {overlap.DevTest} of dev and test. These accuracies say little.", ("class", "warning"));
        using (m.In("div", ("class", "figures")))
        {
            if (x.Sweep is { } sweep) Strengths(m, x, sweep);
            if (x.Test is { } test) Controls(m, test);
        }
        if (x.Test is null) Parts.Absent(m, "No test was run: a curve is for choosing.");
        else if (x.Sweep is null) Parts.Absent(m, "The strength was given, not chosen: there is no curve.");
    }

    static void Strengths(MarkupWriter m, ReportContent x, SweepResult sweep)
    {
        var curve = sweep.Curve.OrderBy(point => point.Strength).ToArray();
        bool isLogarithmic = curve[0].Strength > 0 && curve[^1].Strength / (double)curve[0].Strength >= WideEnough;
        var (low, high) = isLogarithmic ? (curve[0].Strength / 1.15, curve[^1].Strength * 1.15) : Scale.Around(curve.Select(point => (double)point.Strength));
        string on = x.Test is null ? "the data" : "dev", name = x.IsRelative ? "relative strength" : "strength";
        var best = curve.MaxBy(point => point.Accuracy)!;
        string chosen = sweep.Chosen is { } s ? $" Chosen: {StudyTables.Number(s)}, the least strength within two points of the best." : "";
        var chart = new Chart("strengths", $"Accuracy against strength on {on}",
            $"Accuracy on {on} over {curve.Length} strengths from {StudyTables.Number(curve[0].Strength)} to {StudyTables.Number(curve[^1].Strength)}; best {Percent.Of(best.Accuracy)} at {StudyTables.Number(best.Strength)}, {Percent.Of(sweep.Baseline.Accuracy)} without steering.{chosen}",
            isLogarithmic ? $"{name} (logarithmic)" : name, "right answers");
        var guides = new List<Guide> { new(sweep.Baseline.Accuracy, true, $"no steering, {Percent.Of(sweep.Baseline.Accuracy)}", "base") };
        if (sweep.Chosen is { } at) guides.Add(new Guide(at, false, $"chosen: {StudyTables.Number(at)}{(curve.FirstOrDefault(point => point.Strength == at) is { } there ? $", {Percent.Of(there.Accuracy)}" : "")}", "steered"));
        Parts.Figure(m, chart, chart => LineChart.Write(m, chart,
                [new("steered", "steered", [.. curve.Select(point => ((double)point.Strength, point.Accuracy))], [.. curve.Select(point => (point.Interval[0], point.Interval[1]))], HasDots: true)],
                (low, high), (0, 1), isLogarithmic, Chart.Plain, Chart.Percent, guides),
            $"Line: share of {Parts.Count(sweep.Baseline.Total)} answers that are right. Band: Wilson's 95 % interval.{chosen}",
            [name, "right", "of", "accuracy", "95 % interval"],
            [["no steering", .. Of(sweep.Baseline), ""], .. curve.Select(point => (string[])[StudyTables.Number(point.Strength), Parts.Count(point.Correct), Parts.Count(point.Total), Percent.Of(point.Accuracy), Parts.Interval(point.Interval)])]);
    }

    static void Controls(MarkupWriter m, TestResult test)
    {
        var random = test.Random;
        var columns = new List<Column> { Of("no\nsteering", "base", test.Baseline), Of("−v", "negative", test.Negative) };
        if (random.Directions > 0)
            columns.Add(new Column($"random\n×{random.Directions}", "random", null, null, random.Accuracies, $"{random.Directions} random directions of equal norm: mean {Percent.Of(random.Mean)}, best {Percent.Of(random.Best)}; {random.Reached} reach the steered accuracy"));
        if (test.Caa is { } caa) columns.Add(Of("CAA", "caa", caa));
        columns.Add(Of("steered", "steered", test.Steered));
        var chart = new Chart("controls", "Test, with controls",
            $"Accuracy on {Parts.Count(test.Steered.Total)} test questions: {string.Join("; ", columns.Select(column => $"{column.Name.Replace('\n', ' ')} {column.Says}"))}.", "", "right answers");
        Parts.Figure(m, chart, chart => ColumnChart.Write(m, chart, columns),
            "Dots: share of right answers; bars: Wilson's 95 % intervals. −v and the random directions have the vector's norm, strength and scope; a direction that matters leaves all random ones behind.",
            ["test", "right", "of", "accuracy", "95 % interval", "became right", "became wrong", "McNemar p", "difference, 95 %"],
            [Row("no steering", test.Baseline, isBaseline: true), Row("−v", test.Negative), .. test.Caa is null ? [] : new[] { Row("CAA, same strength", test.Caa) }, Row("steered", test.Steered),
                .. random.Accuracies.Select((accuracy, i) => (string[])[$"random {i}", "", "", Percent.Of(accuracy), "", "", "", "", ""])]);
    }

    static Column Of(string name, string style, ComparisonResult x) => new(name, style, x.Accuracy, (x.Interval[0], x.Interval[1]), [], $"{x.Correct} of {x.Total} right, {Percent.Of(x.Accuracy)}, 95 % interval {Parts.Interval(x.Interval)}");

    static string[] Of(AccuracyResult x) => [Parts.Count(x.Correct), Parts.Count(x.Total), Percent.Of(x.Accuracy)];

    static string[] Row(string name, ComparisonResult x, bool isBaseline = false) => [name, Parts.Count(x.Correct), Parts.Count(x.Total), Percent.Of(x.Accuracy), Parts.Interval(x.Interval),
        .. isBaseline ? ["", "", "", ""] : new[] { Parts.Count(x.Gained), Parts.Count(x.Lost), x.McnemarP.ToString("0.0e+0", CultureInfo.InvariantCulture), Percent.Difference(x.Difference) }];
}
