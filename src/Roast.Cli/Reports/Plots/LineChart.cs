using System.Text;

namespace Roast.Cli.Reports.Plots;

/// <summary>One line, perhaps with a band around it and dots on it.</summary>
/// <param name="Name">What it is; said when it is pointed at.</param>
/// <param name="Style">Class of its color.</param>
/// <param name="Points">In the order of x.</param>
/// <param name="Band">[points] ends of an interval at each point; <c>null</c>: none.</param>
/// <param name="HasDots">Whether each point is marked.</param>
/// <param name="IsStep">Whether it stays level from point to point.</param>
internal sealed record Series(string Name, string Style, IReadOnlyList<(double X, double Y)> Points, IReadOnlyList<(double Low, double High)>? Band = null, bool HasDots = false, bool IsStep = false);

/// <summary>A line across the frame at one value, with its name.</summary>
internal sealed record Guide(double At, bool IsHorizontal, string Name, string Style);

/// <summary>Lines over a common x.</summary>
internal static class LineChart
{
    const int Left = 58, Height = 300;

    public static void Write(MarkupWriter m, Chart chart, IReadOnlyList<Series> series, (double Low, double High) x, (double Low, double High) y, bool logX, Func<double, string> xLabel, Func<double, string> yLabel, params IReadOnlyList<Guide> guides)
    {
        Scale across = new(x.Low, x.High, Left, Chart.Width - Chart.Right, logX), up = new(y.Low, y.High, Height - Chart.Bottom, Chart.Top);
        using var svg = chart.Open(m, Height);
        chart.YAxis(m, up, Left, across.To, yLabel);
        chart.XAxis(m, across, Chart.Top, up.From, xLabel);
        foreach (var one in series.Where(one => one.Band is not null)) m.Void("path", ("class", $"band {one.Style}"), ("d", BandPath(one, across, up)));
        foreach (var guide in guides) Draw(m, guide, across, up);
        foreach (var one in series)
        {
            using (m.In("path", ("class", $"line {one.Style}"), ("d", LinePath(one, across, up)))) m.Add("title", one.Name);
            if (one.HasDots)
                foreach (var (px, py) in one.Points) Chart.Dot(m, across.At(px), up.At(py), 3.5, $"dot {one.Style}", $"{one.Name}: {yLabel(py)} at {xLabel(px)}");
        }
    }

    static void Draw(MarkupWriter m, Guide guide, Scale across, Scale up)
    {
        if (guide.IsHorizontal)
        {
            double at = up.At(guide.At);
            Chart.Line(m, across.From, at, across.To, at, $"guide {guide.Style}");
            Chart.Text(m, across.To - 4, at > up.To + 16 ? at - 5 : at + 14, guide.Name, $"label {guide.Style}", "end");
        }
        else
        {
            double at = across.At(guide.At);
            bool leftHalf = at < (across.From + across.To) / 2;
            Chart.Line(m, at, up.From, at, up.To, $"guide {guide.Style}");
            Chart.Text(m, leftHalf ? at + 5 : at - 5, up.To + 10, guide.Name, $"label {guide.Style}", leftHalf ? "start" : "end");
        }
    }

    static string LinePath(Series one, Scale across, Scale up)
    {
        var path = new StringBuilder();
        foreach (var (x, y) in one.Points)
        {
            if (one.IsStep && path.Length > 0) path.Append('H').Append(MarkupWriter.Number(across.At(x)));
            path.Append(path.Length == 0 ? 'M' : 'L').Append(MarkupWriter.Number(across.At(x))).Append(' ').Append(MarkupWriter.Number(up.At(y)));
        }
        return path.ToString();
    }

    static string BandPath(Series one, Scale across, Scale up)
    {
        var edge = one.Points.Zip(one.Band!).ToArray();
        var corners = edge.Select(at => (at.First.X, Y: at.Second.High)).Concat(edge.Reverse().Select(at => (at.First.X, Y: at.Second.Low)));
        return "M" + string.Join('L', corners.Select(at => $"{MarkupWriter.Number(across.At(at.X))} {MarkupWriter.Number(up.At(at.Y))}")) + "Z";
    }
}
