using Roast.Contrast;
using Xunit;

namespace Roast.Tests.Unit.Core.Contrast;

public class ActivationLayoutTests
{
    static readonly Point A = new(Site.MlpAct, 0), B = new(Site.AttnOut, 1), C = new(Site.ResidPost, 2);
    static readonly ModelIdentity Model = new("qwen3", 3, HiddenSize: 4, IntermediateSize: 6);

    [Fact]
    public void Points_lie_one_after_the_other_in_the_order_given()
    {
        var layout = new ActivationLayout([C, A, B], Model);
        Assert.Equal(14, layout.TotalWidth);
        Assert.Equal([C, A, B], layout.Points);
        Assert.Equal([0, 4, 10], Enumerable.Range(0, 3).Select(layout.Offset));
        Assert.Equal([4, 6, 4], Enumerable.Range(0, 3).Select(layout.Width));
        Assert.Equal((4..10, 6), (layout.Range(A), layout.Width(A)));
        float[] buffer = [.. Enumerable.Range(0, 14)];
        Assert.Equal([10, 11, 12, 13], layout.Slice<float>(buffer.AsSpan(), B).ToArray());
        Assert.Equal([0, 1, 2, 3], layout.Slice((ReadOnlySpan<float>)buffer, C).ToArray());
    }

    [Fact]
    public void Every_place_belongs_to_a_point_and_a_dimension()
    {
        var layout = new ActivationLayout([C, A, B], Model);
        for (int i = 0; i < layout.Points.Count; i++)
            for (int dimension = 0; dimension < layout.Width(i); dimension++)
                Assert.Equal((layout.Points[i], dimension), layout.Locate(layout.Offset(i) + dimension));
    }

    [Fact]
    public void Layouts_are_equal_when_points_order_and_widths_are()
    {
        var layout = new ActivationLayout([A, B], Model);
        Assert.Equal(layout, new ActivationLayout([A, B], p => p == A ? 6 : 4));
        Assert.Equal(layout.GetHashCode(), new ActivationLayout([A, B], Model).GetHashCode());
        Assert.NotEqual(layout, new ActivationLayout([B, A], Model));
        Assert.NotEqual(layout, new ActivationLayout([A, B], _ => 5));
        Assert.Equal("mlp_act.0[6], attn_out.1[4]", layout.ToString());
    }

    [Fact]
    public void Impossible_layouts_are_refused()
    {
        Assert.Contains("mlp_act.0", Assert.Throws<ArgumentException>(() => new ActivationLayout([A, B, A], Model)).Message);
        Assert.Contains("attn_out.1", Assert.Throws<ArgumentException>(() => new ActivationLayout([A, B], p => p == A ? 1 : 0)).Message);
        Assert.Throws<OverflowException>(() => new ActivationLayout([A, B], _ => int.MaxValue));
    }

    [Fact]
    public void Points_and_buffers_that_do_not_belong_are_refused()
    {
        var layout = new ActivationLayout([A], Model);
        Assert.Contains("mlp_act.0", Assert.Throws<KeyNotFoundException>(() => layout.Range(B)).Message);
        Assert.Throws<ArgumentException>(() => layout.Slice<float>(new float[7].AsSpan(), A));
        Assert.Throws<ArgumentOutOfRangeException>(() => layout.Width(1));
        Assert.False(layout.Has(B));
    }
}
