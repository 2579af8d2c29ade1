using Roast.Cli.Output;
using Roast.Cli.Reports.Plots;
using Roast.Cli.Results;

namespace Roast.Cli.Reports.Sections;

/// <summary>What the fit's contrasts say about the vector at each point.</summary>
internal static class PointsSection
{
    public static void Write(MarkupWriter m, ReportContent x)
    {
        if (x.Analysis is not { Points.Length: > 0 } analysis)
        {
            Parts.Absent(m, "The fit was not analysed, or its analysis is not part of this report: 'roast fit --analysis FILE' writes one.");
            return;
        }
        m.Add("p", "How well right and wrong answers come apart along the vector, how much the questions agree on it, and how it is spread over dimensions. docs/report.md says how each figure is computed.");
        var sites = analysis.Points.Select(point => Parts.Style(point.Point)).Distinct().ToArray();
        Parts.Legend(m, sites.Select(site => (site, site)));
        using (m.In("div", ("class", "figures")))
        {
            Separability(m, analysis);
            SplitHalf(m, analysis);
            Distributions(m, analysis, "cosines", "Contrast against vector", "cosine", point => point.Cosines, (-1, 1), n => 1 / Math.Sqrt(n),
                "Each question's contrast against the vector: a cosine of 1 is the same direction. Dots: medians; thick: the middle half of the questions; thin: 5 to 95 %. Noise has a little more than 0, since each question is a part of the vector.");
            Distributions(m, analysis, "consistency", "Sign consistency", "share of questions with the vector's sign", point => point.Consistency, (0, 1), n => 0.5 + Math.Asin(1 / Math.Sqrt(n)) / Math.PI,
                "Of each dimension, the share of questions whose contrast has the vector's sign. Dots: medians over dimensions; thick: the middle half; thin: 5 to 95 %. Noise has a little more than a half, since each question is a part of the vector.");
            Energy(m, analysis);
            Magnitude(m, analysis);
        }
        Overview(m, analysis);
    }

    static void Separability(MarkupWriter m, AnalysisResult analysis)
    {
        var points = analysis.Points.Where(point => point.Separability?.Auc is not null).ToArray();
        if (points.Length == 0) return;
        var best = points.MaxBy(point => point.Separability!.Auc)!;
        var chart = new Chart("separability", "Held-out separability",
            $"Area under the ROC curve of right against wrong rollouts at {points.Length} points; largest {Parts.Three(best.Separability!.Auc)} at {best.Point}. A half says nothing, 1 is perfect.", "AUC", "");
        Parts.Figure(m, chart, chart => RowChart.Write(m, chart, [.. points.Select(point => new ChartRow(point.Point, Parts.Style(point.Point), null, point.Separability!.WithinInterval is { } ends ? (ends[0], ends[1]) : null,
                point.Separability.Auc, point.Separability.WithinQuestions, $"AUC {Parts.Three(point.Separability.Auc)}, within questions {Parts.Three(point.Separability.WithinQuestions)}"))], (0, 1), Chart.Plain, 0.5, "chance"),
            $"Rollouts projected on a vector of other questions ({analysis.Folds} folds). Dots: all pairs of a right and a wrong rollout; rings and bars: pairs of one question, with a 95 % bootstrap interval.",
            ["point", "AUC", "within questions", "95 % interval", "right rollouts", "wrong rollouts", "mixed questions"],
            points.Select(point => (string[])[point.Point, Parts.Three(point.Separability!.Auc), Parts.Three(point.Separability.WithinQuestions), point.Separability.WithinInterval is { } ends ? Parts.Range(ends) : "",
                Parts.Count(point.Separability.Correct), Parts.Count(point.Separability.Incorrect), Parts.Count(point.Separability.MixedQuestions)]));
    }

    static void SplitHalf(MarkupWriter m, AnalysisResult analysis)
    {
        var points = analysis.Points.Where(point => point.SplitHalf is not null).ToArray();
        if (points.Length == 0) return;
        var least = points.MinBy(point => point.SplitHalf!.Mean)!;
        double low = points.Min(point => point.SplitHalf!.Interval[0]) < 0 ? -1 : 0;
        var chart = new Chart("split-half", "Split-half agreement", $"Cosine between the vectors of two halves of the questions at {points.Length} points; least {Parts.Three(least.SplitHalf!.Mean)} at {least.Point}.", "cosine of the halves", "");
        Parts.Figure(m, chart, chart => RowChart.Write(m, chart, [.. points.Select(point => new ChartRow(point.Point, Parts.Style(point.Point), null, (point.SplitHalf!.Interval[0], point.SplitHalf.Interval[1]), point.SplitHalf.Mean, null,
                $"mean {Parts.Three(point.SplitHalf.Mean)}, 95 % of the splits {Parts.Range(point.SplitHalf.Interval)}"))], (low, 1), Chart.Plain),
            $"How much the vector depends on which questions were asked: halves are drawn {Parts.Count(analysis.Resamples)} times, each with replacement. Dots: means; bars: 95 % of the splits.",
            ["point", "mean cosine", "95 % interval"], points.Select(point => (string[])[point.Point, Parts.Three(point.SplitHalf!.Mean), Parts.Range(point.SplitHalf.Interval)]));
    }

    static void Distributions(MarkupWriter m, AnalysisResult analysis, string id, string title, string axis, Func<PointAnalysisResult, DistributionResult> of, (double Low, double High) range, Func<double, double> noise, string caption)
    {
        int questions = Math.Max(1, analysis.Points.Max(point => point.Questions));
        var best = analysis.Points.MaxBy(point => of(point).Mean)!;
        var chart = new Chart(id, title, $"{title} at {analysis.Points.Length} points; the largest mean is {Parts.Three(of(best).Mean)} at {best.Point}.", axis, "");
        Parts.Figure(m, chart, chart => RowChart.Write(m, chart, [.. analysis.Points.Select(point =>
            {
                double[] q = of(point).Quantiles;
                return new ChartRow(point.Point, Parts.Style(point.Point), (q[1], q[5]), (q[2], q[4]), q[3], null, $"median {Parts.Three(q[3])}, middle half {Parts.Three(q[2])} to {Parts.Three(q[4])}, 5 to 95 % {Parts.Three(q[1])} to {Parts.Three(q[5])}, mean {Parts.Three(of(point).Mean)}");
            })], range, Chart.Plain, noise(questions), "noise"), caption,
            ["point", "values", "mean", "least", "5 %", "25 %", "median", "75 %", "95 %", "largest"],
            analysis.Points.Select(point => (string[])[point.Point, Parts.Count(of(point).Count), Parts.Three(of(point).Mean), .. of(point).Quantiles.Select(value => Parts.Three(value))]));
    }

    static void Energy(MarkupWriter m, AnalysisResult analysis)
    {
        var points = analysis.Points.Where(point => point.Energy.Length > 0).ToArray();
        if (points.Length == 0) return;
        var chart = new Chart("energy", "Energy kept by the largest dimensions", $"Share of the vector's squared norm in its largest dimensions, at {points.Length} points.", "share of dimensions", "share of energy");
        Parts.Figure(m, chart, chart => LineChart.Write(m, chart, [.. points.Select(point => new Series(point.Point, Parts.Style(point.Point), [(0, 0), .. point.Energy.Select(at => (at.Dimensions / (double)point.Width, at.Share))]))],
                (0, 1), (0, 1), false, Chart.Percent, Chart.Percent),
            "One line a point. A line that rises at once is a vector of few dimensions, the diagonal one that is spread evenly.",
            ["point", "width", "50 % in", "90 % in", "99 % in"],
            points.Select(point => (string[])[point.Point, Parts.Count(point.Width), .. ((double[])[0.5, 0.9, 0.99]).Select(share => Reaches(point, share))]));
    }

    static void Magnitude(MarkupWriter m, AnalysisResult analysis)
    {
        var points = analysis.Points.Where(point => point.Magnitudes.Length > 0).ToArray();
        if (points.Length == 0) return;
        var chart = new Chart("magnitude", "Magnitude against consistency", $"Sign consistency of dimensions in groups of like magnitude, at {points.Length} points.", "|v| as a share of the largest", "sign consistency");
        Parts.Figure(m, chart, chart => LineChart.Write(m, chart, [.. points.Select(point => new Series($"{point.Point}, rank correlation {Parts.Three(point.MagnitudeSpearman)}", Parts.Style(point.Point), [.. point.Magnitudes.Select(group => (group.MeanMagnitude, group.MeanConsistency))]))],
                (0, 1), (0, 1), false, Chart.Percent, Chart.Percent, new Guide(0.5, true, "half", "base")),
            "One line a point, through groups of dimensions of like magnitude. A rising line: large dimensions are those that the questions agree on, and not the doing of a few.",
            ["point", "Pearson", "Spearman"], points.Select(point => (string[])[point.Point, Parts.Three(point.MagnitudePearson), Parts.Three(point.MagnitudeSpearman)]));
    }

    static void Overview(MarkupWriter m, AnalysisResult analysis)
    {
        m.Add("h3", "All points");
        Parts.Table(m, "All points", ["point", "width", "norm", "questions", "degenerate", "AUC", "within questions", "split half", "cosine", "consistency", "90 % energy in", "largest dimensions"],
            analysis.Points.Select(point => (string[])[point.Point, Parts.Count(point.Width), StudyTables.Number(point.Norm), Parts.Count(point.Questions), Parts.Count(point.Degenerate), Parts.Three(point.Separability?.Auc),
                Parts.Three(point.Separability?.WithinQuestions), Parts.Three(point.SplitHalf?.Mean), Parts.Three(point.Cosines.Mean), Parts.Three(point.Consistency.Mean), Reaches(point, 0.9), string.Join(", ", point.Largest.Take(5).Select(dimension => dimension.Index))]));
    }

    /// <summary>The fewest dimensions that keep a share of the energy: the analysis puts these points into its curve.</summary>
    static string Reaches(PointAnalysisResult point, double share) => point.Energy.FirstOrDefault(at => at.Share >= share) is { } first ? Parts.Count(first.Dimensions) : "";
}
