using Roast.Onnx;
using Roast.Tests.Integration.DefaultModel;
using Xunit;

namespace Roast.Tests.Integration.Evaluate;

public class GridSweepTests(TwoAnnotators reference)
{
    static readonly IReadOnlyList<float> Strengths = [0.3f, 1, 3];

    [Fact]
    public async Task Of_three_places_the_one_that_the_card_calls_best_is_chosen_at_the_least_good_strength()
    {
        // Card, dev, max_norm: attn_out[3] has 100 % at 0.7 and 95 % at 1; resid[2] 56 % and mlp_out[0] 40 % at 3.
        var grid = await RunAsync("attn_out.3", "resid_post.2", "mlp_out.0");
        Assert.Equal("attn_out.3", grid.Chosen.Place.ToString());
        Assert.Equal(1, grid.Chosen.Sweep.Chosen);
        Assert.InRange(grid.Chosen.Sweep.Best.Value, 0.9, 1);
        Assert.Equal(3, grid.Curves.Count);
    }

    [Fact]
    public async Task A_grid_of_one_place_is_the_sweep_of_that_vector()
    {
        var grid = await RunAsync("attn_out.3,resid_post.2");
        var sweep = await StrengthSweep.RunAsync(reference.Model, TwoAnnotators.Problems("dev"), reference.Vector("max_norm", "attn_out.3,resid_post.2"), Strengths, options: TwoAnnotators.Evaluation);
        Assert.Equal(sweep.Accuracies, grid.Chosen.Sweep.Accuracies);
        Assert.Equal(sweep.Chosen, grid.Chosen.Sweep.Chosen);
        Assert.Equal(sweep.Baseline, grid.Baseline);
    }

    [Fact]
    public async Task A_place_with_a_point_that_the_vector_lacks_is_refused() =>
        await Assert.ThrowsAsync<KeyNotFoundException>(() => RunAsync("attn_out.0"));

    [Fact]
    public void Between_places_as_good_the_wider_plateau_wins_and_within_one_the_least_strength()
    {
        static MeasuredAccuracy Of(int correct) => new(correct, 100);
        var sweep = StrengthSweep.Choose(Of(40), [KeyValuePair.Create(0.1f, Of(50)), KeyValuePair.Create(0.5f, Of(94)), KeyValuePair.Create(1f, Of(96)), KeyValuePair.Create(2f, Of(93))]);
        Assert.Equal(0.5f, sweep.Chosen);                   // two points below the best still counts
        Assert.Equal([0.5f, 1f], sweep.Within(0.96));
    }

    Task<GridSweep> RunAsync(params string[] places) => GridSweep.RunAsync(reference.Model, TwoAnnotators.Problems("dev"), reference.Vector("max_norm", "attn_out.3,resid_post.2,mlp_out.0"),
        [.. places.Select(PointPattern.Parse)], Strengths, options: TwoAnnotators.Evaluation);
}
