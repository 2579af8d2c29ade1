using Roast.Onnx;
using Roast.Tests.Integration.DefaultModel;
using Xunit;

namespace Roast.Tests.Integration.Measure;

/// <summary>What a speed test counts. Its times are the machine's and are not asserted.</summary>
public class SpeedTests(TwoAnnotators reference)
{
    [Fact]
    public async Task A_report_has_every_row_count_without_with_one_and_with_distinct_vectors()
    {
        var report = await SpeedTest.RunAsync(reference.Model, new SpeedOptions { Rows = [1, 3], PromptTokens = 5, NewTokens = 4, Trials = 5, LeastTime = TimeSpan.Zero });
        Assert.Equal([(1, 0), (1, 1), (3, 0), (3, 1), (3, 3)], report.Settings.Select(x => (x.Rows, x.Vectors)));
        Assert.All(report.Settings, x =>
        {
            Assert.InRange(x.TimeToFirstToken.Median, x.TimeToFirstToken.Least, x.EndToEnd.Most);
            Assert.True(x.TimePerToken.Least > 0);
            Assert.InRange(x.TokensPerSecond.Median, x.TokensPerSecond.Least, x.TokensPerSecond.Most);
            if (x.Vectors == 0) Assert.Equal(new Spread(1, 1, 1), x.RatioToUnsteered);
        });
    }

    [Fact]
    public async Task Tokens_beyond_the_context_are_refused()
    {
        var e = await Assert.ThrowsAsync<RoastException>(() => SpeedTest.RunAsync(reference.Model, new SpeedOptions { PromptTokens = 200, NewTokens = 200 }));
        Assert.Equal(RoastError.TooLarge, e.Kind);
    }

    [Theory]
    [InlineData(new[] { 3.0 }, 3, 3, 3)]
    [InlineData(new[] { 4.0, 1.0 }, 2.5, 1, 4)]
    [InlineData(new[] { 9.0, 1.0, 2.0 }, 2, 1, 9)]
    public void A_spread_is_median_least_and_most(double[] trials, double median, double least, double most) =>
        Assert.Equal(new Spread(median, least, most), Spread.Of(trials));
}
