using Xunit;

namespace Roast.Tests.Unit.Steering;

public class PointTests
{
    [Theory]
    [InlineData("resid_post.0")]
    [InlineData("attn_out.14")]
    [InlineData("mlp_act.9999")]
    public void A_point_is_read_back_from_its_name(string name) => Assert.Equal(name, Point.Parse(name).ToString());

    [Theory]
    [InlineData("attn_out")]
    [InlineData("attn_out.")]
    [InlineData("attn_out.03")]
    [InlineData("attn_out.-1")]
    [InlineData("attn_out.+1")]
    [InlineData("attn_out. 1")]
    [InlineData("attn_out.3\0\0")]                           // found by the fuzzer: number parsers let trailing NULs pass
    [InlineData("attn_out.10000")]
    [InlineData("resid.3")]
    [InlineData("Attn_out.3")]
    public void Any_other_spelling_is_no_point(string name)
    {
        Assert.False(Point.TryParse(name, null, out _));
        Assert.Contains("resid_post", Assert.Throws<FormatException>(() => Point.Parse(name)).Message);
    }

    [Theory]
    [InlineData("attn_out.*", "attn_out.0,attn_out.1,attn_out.2,attn_out.3")]
    [InlineData("mlp_act.1..2", "mlp_act.1,mlp_act.2")]
    [InlineData("mlp_act.first5", "mlp_act.0,mlp_act.1,mlp_act.2,mlp_act.3")]
    [InlineData("resid_post.last,attn_out.3", "resid_post.3,attn_out.3")]
    public void A_pattern_names_the_points_of_a_model(string pattern, string points) =>
        Assert.Equal(points, string.Join(',', PointPattern.Parse(pattern).Resolve(layers: 4)));

    [Theory]
    [InlineData("attn_out.4")]
    [InlineData("attn_out.3..4")]
    [InlineData("attn_out.2..1")]
    public void A_pattern_beyond_the_model_is_refused_with_its_layers(string pattern) =>
        Assert.Contains("0..3", Assert.Throws<ArgumentOutOfRangeException>(() => PointPattern.Parse(pattern).Resolve(layers: 4)).Message);

    [Theory]
    [InlineData("")]
    [InlineData("attn_out.1...3")]
    [InlineData("attn_out.first0")]
    [InlineData("nowhere.1")]
    public void Text_that_names_no_points_is_refused_with_the_forms(string pattern) =>
        Assert.Contains("first5", Assert.Throws<FormatException>(() => PointPattern.Parse(pattern)).Message);
}
