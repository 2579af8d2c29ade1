using Roast.Statistics;
using Xunit;

namespace Roast.Tests.Unit.Core.Statistics;

public class DistributionTests
{
    [Fact]
    public void Quantiles_interpolate_and_borders_belong_to_the_bin_above()
    {
        var found = Distribution.Of([1, 0, 0.5], new Interval(0, 1), bins: 2);
        Assert.Equal((3, 0.5), (found.Count, found.Mean));
        Assert.Equal([0, 0.05, 0.25, 0.5, 0.75, 0.95, 1], found.Quantiles);
        Assert.Equal([1, 2], found.Histogram);
        Assert.Equal([0, 0, 0, 4], Distribution.Of([1, 1, 1, 1], new Interval(-1, 1), bins: 4).Histogram);
    }

    [Fact]
    public void Values_outside_the_range_and_no_values_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Distribution.Of([], new Interval(0, 1), 2));
        Assert.Throws<ArgumentException>(() => Distribution.Of([1.1], new Interval(0, 1), 2));
        Assert.Throws<ArgumentException>(() => Distribution.Of([0.5, double.NaN], new Interval(0, 1), 2));
        Assert.Throws<ArgumentException>(() => Distribution.Of([1], new Interval(1, 1), 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Distribution.Of([1], new Interval(0, 1), 0));
    }
}
