using System.Globalization;
using Roast.Cli.Results;
using Spectre.Console;

namespace Roast.Cli.Output;

/// <summary>A study's numbers as tables and sentences. The random directions are named as the figure that holds, because a small p is easy to get.</summary>
internal static class StudyTables
{
    public static void Headline(IAnsiConsole console, TestResult test, string what)
    {
        var (steered, random) = (test.Steered, test.Random);
        Line(console, $"{what}: {Percent.Of(test.Baseline.Accuracy)} right without steering, {Percent.Of(steered.Accuracy)} {Percent.Interval(steered.Interval)} with it ({steered.Total} questions).");
        if (random.Directions == 0)
        {
            Line(console, "No random directions were run: the accuracy alone does not show that this direction matters.");
            return;
        }
        Line(console, $"Random directions of equal norm: {random.Reached} of {random.Directions} reach that; their best has {Percent.Of(random.Best)}, their mean is {Percent.Of(random.Mean)}.");
        Line(console, "That rank is the figure that holds: random directions move accuracy too, and a small p against no steering shows little.");
    }

    public static void Test(IAnsiConsole console, TestResult test)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("test");
        foreach (string column in (string[])["right", "accuracy", "95 % interval", "became right / wrong", "McNemar p", "difference, points"]) table.AddColumn(new TableColumn(column).RightAligned());
        Row(table, "no steering", test.Baseline, isBaseline: true);
        Row(table, "steered", test.Steered);
        Row(table, "-v", test.Negative);
        if (test.Caa is { } caa) Row(table, "CAA, same strength", caa);
        if (test.Random.Directions > 0)
        {
            table.AddRow($"random x{test.Random.Directions}, mean", "", Percent.Of(test.Random.Mean));
            table.AddRow($"random x{test.Random.Directions}, best", "", Percent.Of(test.Random.Best));
        }
        console.Write(table);
    }

    public static void Curve(IAnsiConsole console, SweepResult sweep, string title)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn(title);
        foreach (string column in (string[])["right", "accuracy"]) table.AddColumn(new TableColumn(column).RightAligned());
        table.AddRow("no steering", $"{sweep.Baseline.Correct} of {sweep.Baseline.Total}", Percent.Of(sweep.Baseline.Accuracy));
        foreach (var point in sweep.Curve)
            table.AddRow($"strength {Number(point.Strength)}{(point.Strength == sweep.Chosen ? "  <- chosen" : "")}", $"{point.Correct} of {point.Total}", Percent.Of(point.Accuracy));
        console.Write(table);
        Spark(console, sweep);
    }

    /// <summary>The curve in a line, from 0 to 100 %, without steering first; the chosen strength stands out where there are colors.</summary>
    static void Spark(IAnsiConsole console, SweepResult sweep)
    {
        if (!console.Profile.Capabilities.Unicode) return;
        var curve = sweep.Curve.OrderBy(point => point.Strength).ToArray();
        string blocks = Sparkline.Of(curve.Select(point => point.Accuracy), 0, 1);
        int chosen = Array.FindIndex(curve, point => point.Strength == sweep.Chosen);
        bool hasColors = console.Profile.Capabilities.ColorSystem != ColorSystem.NoColors;     // NO_COLOR asks for plain text: no bold either
        var (quiet, marked) = hasColors ? (new Style(Color.Grey), new Style(Color.Green, decoration: Decoration.Bold)) : (Style.Plain, Style.Plain);
        var line = new Paragraph("  ").Append(Sparkline.Of([sweep.Baseline.Accuracy], 0, 1), quiet).Append(" ");
        for (int i = 0; i < blocks.Length; i++) line.Append(blocks[i].ToString(), i == chosen ? marked : Style.Plain);
        console.Write(line.Append($"  {Percent.Of(sweep.Baseline.Accuracy)} without steering; strengths {Number(curve[0].Strength)} to {Number(curve[^1].Strength)}, best {Percent.Of(curve.Max(point => point.Accuracy))}\n"));
    }

    /// <summary>The best of each place; the whole curve of the chosen one follows.</summary>
    public static void Grid(IAnsiConsole console, GridResult grid)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("places on dev");
        foreach (string column in (string[])["best accuracy", "at strength"]) table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var place in grid.Places)
            table.AddRow($"{place.Points}{(place.Points == grid.Chosen ? "  <- chosen" : "")}", Percent.Of(place.Curve.First(point => point.Strength == place.Strength).Accuracy), Number(place.Strength));
        console.Write(table);
    }

    public static void Transcripts(IAnsiConsole console, TranscriptResult[] transcripts)
    {
        if (transcripts.Length == 0) return;
        var table = new Table().Border(TableBorder.Simple);
        foreach (string column in (string[])["first changed answers", "right answer", "before", "after"]) table.AddColumn(column);
        foreach (var x in transcripts)
            table.AddRow(Markup.Escape(x.Prompt), Markup.Escape(x.Answer), Markup.Escape(Verdict(x.Before, x.BeforeCorrect)), Markup.Escape(Verdict(x.After, x.AfterCorrect)));
        console.Write(table);
    }

    public static void Fit(IAnsiConsole console, FitSummary fit)
    {
        if (fit.AllWrong) Line(console, $"ALL {fit.Rollouts.Total} answers were wrong: every contrast comes from the re-read reference answers, with less weight. Expect less of such a vector.");
        Line(console, $"Fitted on {fit.Questions} questions ({fit.Points}, {fit.Scaling}, pool {fit.Pool}; {Percent.Of(fit.Rollouts.Accuracy)} of {fit.Rollouts.Total} answers right):");
        Line(console, $"  mixed {fit.Mixed}, re-read {fit.Reread}, known wrong {fit.KnownWrong}, skipped {fit.Skipped}, degenerate {fit.Degenerate}, too long {fit.TooLong}");
    }

    /// <summary>A line as it is: a path or a command in it must not be broken at the width of the console.</summary>
    public static void Line(IAnsiConsole console, string text) => console.Profile.Out.Writer.WriteLine(text);

    public static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    static void Row(Table table, string name, ComparisonResult x, bool isBaseline = false) => table.AddRow(name, $"{x.Correct} of {x.Total}", Percent.Of(x.Accuracy), Markup.Escape(Percent.Interval(x.Interval)),
        isBaseline ? "" : $"+{x.Gained} / -{x.Lost}", isBaseline ? "" : x.McnemarP.ToString("0.0e+0", CultureInfo.InvariantCulture), isBaseline ? "" : Markup.Escape(Percent.Difference(x.Difference)));

    static string Verdict(string answer, bool isCorrect) => $"{answer} ({(isCorrect ? "right" : "wrong")})";
}
