using CsCheck;
using System.Globalization;
using System.Xml.Linq;
using Roast.Cli.Reports;
using Roast.Cli.Reports.Plots;
using Xunit;

namespace Roast.Tests.Cli.Reports;

public class PlotTests
{
    [Fact]
    public void A_scale_puts_its_ends_at_its_ends_and_everything_else_between()
    {
        var (linear, logarithmic) = (new Scale(-1, 3, 100, 500), new Scale(0.1, 1000, 300, 20, IsLogarithmic: true));
        Assert.Equal((100, 500, 300), (linear.At(-1), linear.At(3), linear.At(1)));
        Assert.Equal(160, logarithmic.At(10), 1e-9);
        Assert.Equal((500, 20, 300), (linear.At(1e300), logarithmic.At(double.MaxValue), logarithmic.At(-5)));
        Assert.InRange(new Scale(-double.MaxValue, double.MaxValue, 0, 1).At(0), 0.49, 0.51);
    }

    [Fact]
    public void Ticks_are_round_few_and_inside()
    {
        Assert.Equal([0, 0.2, 0.4, 0.6, 0.8, 1], new Scale(0, 1, 0, 1).Ticks(6), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([-1, -0.5, 0, 0.5, 1], new Scale(-1, 1, 0, 1).Ticks(6), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([0.1, 1, 10], new Scale(0.05, 20, 0, 1, IsLogarithmic: true).Ticks(6), (a, b) => Math.Abs(a - b) < 1e-12);
        Gen.Select(Gen.Double[-1e6, 1e6], Gen.Double[1e-6, 1e6], Gen.Int[2, 9]).Sample((low, width, most) =>
        {
            foreach (bool isLogarithmic in (bool[])[false, true])
            {
                double from = isLogarithmic ? Math.Abs(low) + 1e-3 : low;
                var ticks = new Scale(from, from + width, 0, 1, isLogarithmic).Ticks(most);
                Assert.InRange(ticks.Count, 2, Math.Max(most + 1, 5));
                Assert.All(ticks, tick => Assert.InRange(tick, from - 1e-6 * (Math.Abs(from) + width), from + width + 1e-6 * (Math.Abs(from) + width)));
                Assert.Equal(ticks.Distinct().Order(), ticks);
            }
        }, iter: 300);
    }

    [Fact]
    public void A_range_around_one_value_or_none_has_a_width()
    {
        foreach (double[] values in (double[][])[[], [0], [5, 5], [-3]])
        {
            var (low, high) = Scale.Around(values);
            Assert.True(low < high, $"{low} to {high}");
            Assert.All(values, value => Assert.InRange(value, low, high));
        }
    }

    [Fact]
    public void A_line_goes_through_its_points_and_its_band_around_them()
    {
        var m = new MarkupWriter();
        LineChart.Write(m, new Chart("c", "title", "description", "x", "y"), [new("one", "steered", [(0, 0), (1, 1)], [(0, 0.5), (0.5, 1)], HasDots: true)], (0, 1), (0, 1), false, Chart.Plain, Chart.Percent, new Guide(0.5, true, "half", "base"));
        var svg = XElement.Parse(m.ToString());
        string line = svg.Elements("path").Single(path => path.Attribute("class")!.Value == "line steered").Attribute("d")!.Value;
        double[] ends = [.. line.Split('M', 'L', ' ').Where(x => x.Length > 0).Select(x => double.Parse(x, CultureInfo.InvariantCulture))];
        Assert.Equal([58, 256, 436, 14], ends);                                     // left bottom, right top
        Assert.Equal(4, svg.Elements("path").Single(path => path.Attribute("class")!.Value.StartsWith("band", StringComparison.Ordinal)).Attribute("d")!.Value.Split('L').Length);
        Assert.Equal(["one: 0 % at 0", "one: 100 % at 1"], svg.Elements("circle").Select(dot => dot.Value));
        Assert.Contains(svg.Elements("text"), text => text.Value == "half");
    }

    [Fact]
    public void Dots_of_a_strip_do_not_lie_on_one_another()
    {
        var m = new MarkupWriter();
        ColumnChart.Write(m, new Chart("c", "title", "description", "", "y"), [new("random", "random", null, null, [.. Enumerable.Repeat(0.5, 5), 0.505, 0.9], "seven")]);
        var dots = XElement.Parse(m.ToString()).Descendants("circle").Select(dot => (X: double.Parse(dot.Attribute("cx")!.Value, CultureInfo.InvariantCulture), Y: double.Parse(dot.Attribute("cy")!.Value, CultureInfo.InvariantCulture))).ToArray();
        Assert.Equal(7, dots.Length);
        for (int i = 0; i < dots.Length; i++)
            for (int j = 0; j < i; j++)
                Assert.True(Math.Max(Math.Abs(dots[i].X - dots[j].X), Math.Abs(dots[i].Y - dots[j].Y)) >= 5.9, $"{dots[i]} {dots[j]}");
    }
}
