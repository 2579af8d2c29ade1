using Roast.Cli.Output;

namespace Roast.Cli.Reports.Sections;

/// <summary>The top of the page: what it is about, the result in a sentence and in a few large numbers, and where to go.</summary>
internal static class Heading
{
    public static string Title(ReportContent x) => $"Steering report: {What(x)}";

    public static void Write(MarkupWriter m, ReportContent x)
    {
        using var header = m.In("header");
        using (m.In("div", ("class", "bar")))
        {
            m.Add("p", "Steering report", ("class", "kicker"));
            using (m.In("button", ("id", "scheme"), ("type", "button"), ("hidden", "hidden"))) m.Text("Light or dark");
        }
        m.Add("h1", What(x));
        m.Add("p", Sentence(x), ("class", "lead"));
        if (x.Test is { } test) Tiles(m, x, test);
        using (m.In("nav", ("aria-label", "Sections")))
            foreach (var section in Section.All) m.Add("a", section.Name, ("href", $"#{section.Id}"));
    }

    /// <summary>The model by its last name, and the task where one was run.</summary>
    static string What(ReportContent x)
    {
        string? model = x.Model?.TrimEnd('/', '\\').Split('/', '\\')[^1];
        string? task = x.Eval?.Task ?? x.Fit?.Task ?? (x.Demo is null ? null : "sums");
        return model is null ? x.Vector?.Path ?? "a steering vector" : task is null ? model : $"{task} on {model}";
    }

    static string Sentence(ReportContent x)
    {
        if (x.Test is { } test)
        {
            string random = test.Random.Directions == 0 ? "No random directions were run, so the accuracy alone does not show that this direction matters."
                : $"Of {test.Random.Directions} random directions of equal norm, {(test.Random.Reached == 0 ? "none reaches" : $"{test.Random.Reached} reach")} that: the rank is the figure that holds, since random directions move accuracy too.";
            return $"{Percent.Of(test.Baseline.Accuracy)} of {Parts.Count(test.Baseline.Total)} answers are right without steering and {Percent.Of(test.Steered.Accuracy)} with it. {random}";
        }
        if (x.Sweep is not null) return "A curve over strengths, for choosing. No test was run: report the chosen strength on other questions.";
        if (x.FitSummary is { } fit) return $"A vector fitted on {Parts.Count(fit.Questions)} questions, {Parts.Count(fit.Rollouts.Total)} sampled answers of which {Percent.Of(fit.Rollouts.Accuracy)} were right. No evaluation is part of this report.";
        return "A steering vector and its story. Neither its fit nor an evaluation is part of this report.";
    }

    static void Tiles(MarkupWriter m, ReportContent x, Results.TestResult test)
    {
        using var tiles = m.In("div", ("class", "tiles"));
        Tile(m, "without steering", Percent.Of(test.Baseline.Accuracy), $"95 %: {Parts.Interval(test.Baseline.Interval)}", "base");
        Tile(m, "steered", Percent.Of(test.Steered.Accuracy), $"95 %: {Parts.Interval(test.Steered.Interval)}", "steered");
        if (test.Random.Directions > 0) Tile(m, "random directions that reach it", $"{test.Random.Reached} of {test.Random.Directions}", $"best {Percent.Of(test.Random.Best)}, mean {Percent.Of(test.Random.Mean)}", "random");
        if (x.Strength is { } strength) Tile(m, x.IsRelative ? "relative strength" : "strength", StudyTables.Number(strength), $"scope {x.Scope}{(x.Sweep?.Chosen is null ? "" : ", chosen on dev")}", "");
    }

    static void Tile(MarkupWriter m, string name, string value, string note, string style)
    {
        using var tile = m.In("div", ("class", $"tile {style}"));
        m.Add("p", name, ("class", "name"));
        m.Add("p", value, ("class", "value"));
        m.Add("p", note, ("class", "note"));
    }
}
