namespace Roast.Cli.Reports.Plots;

/// <summary>One cell of a heat map.</summary>
/// <param name="Row">Which row, from 0.</param>
/// <param name="Column">Which column, from 0.</param>
/// <param name="Share">How strong its color is, in [0, 1].</param>
/// <param name="Text">What stands in it.</param>
/// <param name="IsMarked">Whether it has a frame.</param>
/// <param name="Says">Its numbers in words.</param>
internal sealed record HeatCell(int Row, int Column, double Share, string Text, bool IsMarked, string Says);

/// <summary>Cells of a grid, colored by a value that also stands in each.</summary>
internal static class HeatMap
{
    const int Left = 76, RowHeight = 30;

    // Where light or dark text is read better, with the two schemes' colors (report.css).
    const double DarkTextInBoth = 0.47, TurnedText = 0.72;

    public static void Write(MarkupWriter m, Chart chart, IReadOnlyList<string> rows, IReadOnlyList<string> columns, IReadOnlyList<HeatCell> cells)
    {
        double width = (Chart.Width - Left - Chart.Right) / (double)Math.Max(1, columns.Count), bottom = Chart.Top + rows.Count * RowHeight;
        using var svg = chart.Open(m, bottom + Chart.Bottom);
        for (int row = 0; row < rows.Count; row++) Chart.Text(m, Left - 8, Chart.Top + (row + 0.5) * RowHeight + 4, rows[row], "row", "end");
        for (int column = 0; column < columns.Count; column++) Chart.Text(m, Left + (column + 0.5) * width, bottom + 18, columns[column], "row", "middle");
        Chart.Text(m, (Left + Chart.Width - Chart.Right) / 2.0, bottom + 36, chart.XName, "axis", "middle");
        foreach (var cell in cells)
        {
            double x = Left + cell.Column * width, y = Chart.Top + cell.Row * RowHeight;
            using var group = m.In("g");
            m.Add("title", cell.Says);
            m.Void("rect", ("class", cell.IsMarked ? "cell marked" : "cell"), ("x", MarkupWriter.Number(x + 1.5)), ("y", MarkupWriter.Number(y + 1.5)), ("width", MarkupWriter.Number(width - 3)), ("height", MarkupWriter.Number(RowHeight - 3)),
                ("rx", "4"), ("style", $"--share:{MarkupWriter.Number(100 * Math.Clamp(cell.Share, 0, 1))}%"));
            Chart.Text(m, x + width / 2, y + RowHeight / 2.0 + 4, cell.Text, cell.Share < DarkTextInBoth ? "heat" : cell.Share < TurnedText ? "heat dark" : "heat turned", "middle");
        }
    }
}
