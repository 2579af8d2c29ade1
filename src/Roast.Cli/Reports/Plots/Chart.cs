using System.Globalization;

namespace Roast.Cli.Reports.Plots;

/// <summary>What every chart has: a name and a description for those who do not see it, axes with names, and a frame.</summary>
/// <param name="Id">Unique in the page.</param>
/// <param name="Title">What is shown, in a few words.</param>
/// <param name="Description">What it shows here, in a sentence: the picture in words.</param>
/// <param name="XName">Name and unit of the horizontal axis.</param>
/// <param name="YName">Name and unit of the vertical axis; empty where rows have names of their own.</param>
internal sealed record Chart(string Id, string Title, string Description, string XName, string YName)
{
    /// <summary>Width in pixels; a page scales it. Text of 12 pixels can be read at half a laptop's width and on a phone.</summary>
    public const int Width = 460;

    public const int Top = 14, Right = 24, Bottom = 44;

    /// <summary>Opens the picture.</summary>
    public MarkupWriter.Element Open(MarkupWriter m, double height)
    {
        var svg = m.In("svg", ("role", "img"), ("viewBox", $"0 0 {Width} {MarkupWriter.Number(height)}"), ("aria-labelledby", $"{Id}-title {Id}-desc"));
        m.Add("title", Title, ("id", $"{Id}-title"));
        m.Add("desc", Description, ("id", $"{Id}-desc"));
        return svg;
    }

    /// <summary>The horizontal axis below the frame, with vertical grid lines.</summary>
    public void XAxis(MarkupWriter m, Scale x, double top, double bottom, Func<double, string> label, int ticks = 6)
    {
        foreach (double tick in x.Ticks(ticks))
        {
            Line(m, x.At(tick), top, x.At(tick), bottom, "grid");
            Text(m, x.At(tick), bottom + 16, label(tick), "tick", "middle");
        }
        Text(m, (x.From + x.To) / 2, bottom + 36, XName, "axis", "middle");
    }

    /// <summary>The vertical axis left of the frame, with horizontal grid lines.</summary>
    public void YAxis(MarkupWriter m, Scale y, double left, double right, Func<double, string> label, int ticks = 6)
    {
        foreach (double tick in y.Ticks(ticks))
        {
            Line(m, left, y.At(tick), right, y.At(tick), "grid");
            Text(m, left - 6, y.At(tick) + 4, label(tick), "tick", "end");
        }
        double middle = (y.From + y.To) / 2;
        m.Add("text", YName, ("class", "axis"), ("text-anchor", "middle"), ("transform", $"translate(12 {MarkupWriter.Number(middle)}) rotate(-90)"));
    }

    public static void Line(MarkupWriter m, double x1, double y1, double x2, double y2, string style) =>
        m.Void("line", ("class", style), ("x1", MarkupWriter.Number(x1)), ("y1", MarkupWriter.Number(y1)), ("x2", MarkupWriter.Number(x2)), ("y2", MarkupWriter.Number(y2)));

    public static void Text(MarkupWriter m, double x, double y, string text, string style, string anchor = "start") =>
        m.Add("text", text, ("class", style), ("x", MarkupWriter.Number(x)), ("y", MarkupWriter.Number(y)), ("text-anchor", anchor));

    /// <summary>A dot that says its numbers when it is pointed at.</summary>
    public static void Dot(MarkupWriter m, double x, double y, double radius, string style, string says)
    {
        using (m.In("circle", ("class", style), ("cx", MarkupWriter.Number(x)), ("cy", MarkupWriter.Number(y)), ("r", MarkupWriter.Number(radius)))) m.Add("title", says);
    }

    /// <summary><c>95 %</c>.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#} %");

    /// <summary>A number as an axis shows it.</summary>
    public static string Plain(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
