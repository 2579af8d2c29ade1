namespace Roast.Cli.Reports.Plots;

/// <summary>One named row: a thin line, a thick one inside it, and marks.</summary>
/// <param name="Name">What the row is about.</param>
/// <param name="Style">Class of its color.</param>
/// <param name="Thin">Ends of the outer line; <c>null</c>: none.</param>
/// <param name="Thick">Ends of the inner line; <c>null</c>: none.</param>
/// <param name="Dot">Where the filled mark is.</param>
/// <param name="Ring">Where the open mark is.</param>
/// <param name="Says">The row's numbers in words, shown when it is pointed at.</param>
internal sealed record ChartRow(string Name, string Style, (double Low, double High)? Thin, (double Low, double High)? Thick, double? Dot, double? Ring, string Says);

/// <summary>Named rows over a common axis: one row a point, so that points can be compared.</summary>
internal static class RowChart
{
    const int Left = 104, Roomy = 24, Dense = 16, MostRoomy = 40;

    public static void Write(MarkupWriter m, Chart chart, IReadOnlyList<ChartRow> rows, (double Low, double High) x, Func<double, string> label, double? mark = null, string markName = "")
    {
        int rowHeight = rows.Count > MostRoomy ? Dense : Roomy;
        double bottom = Chart.Top + 10 + rows.Count * rowHeight;
        var across = new Scale(x.Low, x.High, Left, Chart.Width - Chart.Right);
        using var svg = chart.Open(m, bottom + Chart.Bottom);
        chart.XAxis(m, across, Chart.Top, bottom, label);
        if (mark is { } at)
        {
            Chart.Line(m, across.At(at), Chart.Top, across.At(at), bottom, "guide base");
            Chart.Text(m, across.At(at), Chart.Top - 3, markName, "label base", "middle");
        }
        for (int i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            double y = Chart.Top + 5 + (i + 0.5) * rowHeight;
            using var group = m.In("g", ("class", row.Style));
            m.Add("title", $"{row.Name}: {row.Says}");
            // Something to point at: the row, not only its marks.
            m.Void("rect", ("class", "hit"), ("x", "0"), ("y", MarkupWriter.Number(y - rowHeight / 2.0)), ("width", MarkupWriter.Number(Chart.Width)), ("height", MarkupWriter.Number(rowHeight)));
            Chart.Text(m, Left - 8, y + 4, row.Name, "row", "end");
            if (row.Thin is { } thin) Chart.Line(m, across.At(thin.Low), y, across.At(thin.High), y, $"thin {row.Style}");
            if (row.Thick is { } thick) Chart.Line(m, across.At(thick.Low), y, across.At(thick.High), y, $"thick {row.Style}");
            if (row.Ring is { } ring) m.Void("circle", ("class", $"ring {row.Style}"), ("cx", MarkupWriter.Number(across.At(ring))), ("cy", MarkupWriter.Number(y)), ("r", "5"));
            if (row.Dot is { } dot) m.Void("circle", ("class", $"dot {row.Style}"), ("cx", MarkupWriter.Number(across.At(dot))), ("cy", MarkupWriter.Number(y)), ("r", "4"));
        }
    }
}
