using System.Globalization;
using Roast.Cli.Reports.Plots;

namespace Roast.Cli.Reports.Sections;

/// <summary>What sections share: figures with their numbers, tables, and how numbers are written.</summary>
internal static class Parts
{
    /// <summary>A picture with its caption, and its numbers as a table that opens: for those who want them, and for those who cannot see the picture.</summary>
    public static void Figure(MarkupWriter m, Chart chart, Action<Chart> picture, string caption, string[] columns, IEnumerable<string[]> rows)
    {
        using var figure = m.In("figure");
        m.Add("h3", chart.Title);
        picture(chart);
        m.Add("figcaption", caption);
        using var details = m.In("details");
        m.Add("summary", "Numbers");
        Table(m, $"{chart.Title}: numbers", columns, rows);
    }

    /// <summary>A table in a box that scrolls on a narrow screen, also by keyboard. The first cell of a row is its heading.</summary>
    /// <param name="m">Where to.</param>
    /// <param name="name">What it is, for those who do not see it.</param>
    /// <param name="columns">Headings.</param>
    /// <param name="rows">[columns] cells each.</param>
    /// <param name="isText">Cells hold text, which may be broken anywhere; else numbers, which are not.</param>
    public static void Table(MarkupWriter m, string name, string[] columns, IEnumerable<string[]> rows, bool isText = false)
    {
        using var box = m.In("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", name));
        using var table = m.In("table", ("class", isText ? "words" : "numbers"));
        using (m.In("thead")) using (m.In("tr"))
            foreach (string column in columns) m.Add("th", column, ("scope", "col"));
        using (m.In("tbody"))
            foreach (string[] row in rows)
                using (m.In("tr"))
                {
                    m.Add("th", row[0], ("scope", "row"));
                    foreach (string cell in row.Skip(1)) m.Add("td", cell);
                }
    }

    /// <summary>What a color means.</summary>
    public static void Legend(MarkupWriter m, IEnumerable<(string Name, string Style)> entries)
    {
        using var list = m.In("ul", ("class", "legend"));
        foreach (var (name, style) in entries)
            using (m.In("li"))
            {
                using (m.In("svg", ("viewBox", "0 0 12 12"), ("aria-hidden", "true"))) m.Void("circle", ("class", $"dot {style}"), ("cx", "6"), ("cy", "6"), ("r", "5"));
                m.Text(name);
            }
    }

    /// <summary>That something is not there, and how to get it.</summary>
    public static void Absent(MarkupWriter m, string what) => m.Add("p", what, ("class", "absent"));

    public static string Percent(double share) => Output.Percent.Of(share);

    /// <summary><c>93.7 to 96.4 %</c>.</summary>
    public static string Interval(double[] ends) => string.Create(CultureInfo.InvariantCulture, $"{100 * ends[0]:0.0} to {100 * ends[1]:0.0} %");

    /// <summary>Three decimals; empty where there is no value.</summary>
    public static string Three(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "";

    public static string Range(double[] ends) => $"{Three(ends[0])} to {Three(ends[1])}";

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The class that colors a point by its site; a name that is no point has no color of its own.</summary>
    public static string Style(string point) => Point.TryParse(point, null, out var parsed) ? parsed.Site.Name() : "base";
}
