using Roast.Onnx;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Evaluate;

public class StrengthGridTests
{
    [Fact]
    public void A_grid_has_its_ends_and_equal_factors_between()
    {
        var grid = StrengthGrid.Parse("0.05..2");
        Assert.Equal(StrengthGrid.DefaultCount, grid.Count);
        Assert.Equal((0.05f, 2f), (grid[0], grid[^1]));
        double factor = Math.Pow(2 / 0.05, 1.0 / 11);
        for (int i = 1; i < grid.Count; i++) Assert.Equal(factor, grid[i] / grid[i - 1], Tolerance.RoundedToFloat32);
    }

    [Theory]
    [InlineData("0.2", new[] { 0.2f }), InlineData("0.05, 0.1,2", new[] { 0.05f, 0.1f, 2f }), InlineData("-1,1e-3", new[] { -1f, 0.001f })]
    public void A_list_is_taken_as_it_is(string text, float[] expected) => Assert.Equal(expected, StrengthGrid.Parse(text));

    [Theory]
    [InlineData(""), InlineData(","), InlineData("1,"), InlineData("1,1"), InlineData("nan"), InlineData("1..1"), InlineData("2..1"), InlineData("0..1"), InlineData("-1..1"), InlineData("1..2..3"), InlineData("1..inf")]
    public void What_is_neither_is_refused_and_shown(string text) => Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => StrengthGrid.Parse(text)).Message);

    [Fact]
    public void One_strength_above_the_limit_is_refused()
    {
        string List(int count) => string.Join(',', Enumerable.Range(1, count));
        Assert.Equal(StrengthGrid.MaxCount, StrengthGrid.Parse(List(StrengthGrid.MaxCount)).Count);
        Assert.Throws<FormatException>(() => StrengthGrid.Parse(List(StrengthGrid.MaxCount + 1)));
    }
}
