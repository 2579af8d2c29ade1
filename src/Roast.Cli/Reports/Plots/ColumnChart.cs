namespace Roast.Cli.Reports.Plots;

/// <summary>One named column: a value with its interval, or many values as a strip of dots.</summary>
/// <param name="Name">What it is; a line break parts it in two lines.</param>
/// <param name="Style">Class of its color.</param>
/// <param name="Value">The value; <c>null</c> for a strip.</param>
/// <param name="Interval">Ends of its interval; <c>null</c>: none.</param>
/// <param name="Strip">Many values.</param>
/// <param name="Says">Its numbers in words.</param>
internal sealed record Column(string Name, string Style, double? Value, (double Low, double High)? Interval, IReadOnlyList<double> Strip, string Says);

/// <summary>Shares of named columns, from 0 to 100 %.</summary>
internal static class ColumnChart
{
    const int Left = 58, Height = 300;
    const double DotRadius = 3, StripHalfWidth = 24, CapHalfWidth = 7;

    public static void Write(MarkupWriter m, Chart chart, IReadOnlyList<Column> columns)
    {
        double right = Chart.Width - Chart.Right, bottom = Height - Chart.Bottom, slot = (right - Left) / Math.Max(1, columns.Count);
        var up = new Scale(0, 1, bottom, Chart.Top);
        using var svg = chart.Open(m, Height);
        chart.YAxis(m, up, Left, right, Chart.Percent);
        for (int i = 0; i < columns.Count; i++)
        {
            var column = columns[i];
            double x = Left + (i + 0.5) * slot;
            using var group = m.In("g", ("class", column.Style));
            m.Add("title", $"{column.Name.Replace('\n', ' ')}: {column.Says}");
            m.Void("rect", ("class", "hit"), ("x", MarkupWriter.Number(x - slot / 2)), ("y", MarkupWriter.Number(Chart.Top)), ("width", MarkupWriter.Number(slot)), ("height", MarkupWriter.Number(bottom - Chart.Top)));
            foreach (var (value, offset) in Spread(column.Strip, up)) m.Void("circle", ("class", $"speck {column.Style}"), ("cx", MarkupWriter.Number(x + offset)), ("cy", MarkupWriter.Number(up.At(value))), ("r", MarkupWriter.Number(DotRadius)));
            if (column.Value is { } at) Value(m, column, at, x, up);
            string[] lines = column.Name.Split('\n');
            for (int line = 0; line < lines.Length; line++) Chart.Text(m, x, bottom + 18 + 14 * line, lines[line], "row", "middle");
        }
    }

    /// <summary>A dot over its interval, whose ends are marked since it may be smaller than the dot; the number stands above, or below where there is no room.</summary>
    static void Value(MarkupWriter m, Column column, double at, double x, Scale up)
    {
        var (low, high) = column.Interval ?? (at, at);
        if (column.Interval is not null)
        {
            Chart.Line(m, x, up.At(low), x, up.At(high), $"whisker {column.Style}");
            foreach (double end in (double[])[low, high]) Chart.Line(m, x - CapHalfWidth, up.At(end), x + CapHalfWidth, up.At(end), $"whisker {column.Style}");
        }
        Chart.Dot(m, x, up.At(at), 4, $"dot {column.Style}", $"{column.Name.Replace('\n', ' ')}: {column.Says}");
        double above = up.At(high) - 9;
        Chart.Text(m, x, above > Chart.Top + 6 ? above : up.At(low) + 20, Chart.Percent(at), $"value {column.Style}", "middle");
    }

    /// <summary>Moves dots aside that would lie on one another: in the order of the values, each to the free place nearest to the middle.</summary>
    static IEnumerable<(double Value, double Offset)> Spread(IReadOnlyList<double> values, Scale up)
    {
        var placed = new List<(double Y, double Offset)>();
        int near = 0;                                       // the first that may still touch: values rise, so those before never do again
        foreach (double value in values.Order())
        {
            double y = up.At(value), offset = 0;
            while (near < placed.Count && Math.Abs(placed[near].Y - y) >= 2 * DotRadius) near++;
            for (int i = 0; Touches(offset); i++)
            {
                offset = (i / 2 + 1) * 2 * DotRadius * (i % 2 == 0 ? 1 : -1);
                if (Math.Abs(offset) > StripHalfWidth) { offset = 0; break; }       // full: they may overlap after all
            }
            placed.Add((y, offset));
            yield return (value, offset);
        }

        bool Touches(double offset)
        {
            for (int i = near; i < placed.Count; i++)
                if (Math.Abs(placed[i].Offset - offset) < 2 * DotRadius) return true;
            return false;
        }
    }
}
