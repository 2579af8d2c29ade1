using Roast.Onnx;
using Roast.Tests.Integration.DefaultModel;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Live;

public class TraceTests(TwoAnnotators reference)
{
    [Theory]
    [InlineData(Scope.Last)]
    [InlineData(Scope.All)]
    [InlineData(Scope.Prompt)]
    [InlineData(Scope.Generated)]
    public async Task A_trace_has_a_step_per_token_that_was_fed_and_says_which_the_scope_covers(Scope scope)
    {
        var answer = await TraceAsync("attn_out.last,mlp_act.0", 0.5f, scope);
        var steps = answer.Trace!.Steps;
        Assert.Equal(answer.Ids.Count, steps.Count);
        Assert.Equal(answer.PromptIds.Count - 1, steps[0].Position);
        Assert.Equal(scope is not Scope.Generated, steps[0].IsSteered);
        Assert.All(steps.Skip(1), step => Assert.Equal(scope is not Scope.Prompt, step.IsSteered));
        Assert.All(steps, step => Assert.All(step.Ratios, ratio => Assert.Equal(step.IsSteered, ratio > 0)));
        Assert.Null(answer.Trace.Warning);
    }

    [Fact]
    public async Task The_ratio_is_what_was_added_over_what_was_there()
    {
        const float strength = 0.5f;
        var point = Point.Parse("attn_out.3");
        var vector = reference.Vector("max_norm", "attn_out.3");
        var answer = await TraceAsync("attn_out.3", strength, Scope.Last);
        var before = await reference.Model.ReadActivationsAsync([.. answer.PromptIds], [point], lastOnly: true);
        double norm = Math.Sqrt(before.Values[point].Sum(x => (double)x * x));
        Assert.Equal(strength * vector.Norm(point) / norm, answer.Trace!.Steps[0].Ratios[0], tolerance: Tolerance.OtherBatchShape);
    }

    [Fact]
    public async Task A_strength_of_zero_and_a_scope_without_a_position_are_said_to_change_nothing()
    {
        Assert.Contains("too small", (await TraceAsync("attn_out.3", 0, Scope.Last)).Trace!.Warning);
        Assert.Contains("no position", (await TraceAsync("attn_out.3", 1, Scope.Generated, maxTokens: 1)).Trace!.Warning);
    }

    [Fact]
    public async Task Tracing_changes_no_token()
    {
        int[] prompt = reference.Model.EncodePrompt("457+385=");
        var options = new GenerationOptions { Steering = reference.Vector("max_norm", TwoAnnotators.DefaultPlaces).At(0.5f), MaxTokens = 8 };
        Assert.Equal((await reference.Model.CompleteAsync(prompt, options)).Ids, (await reference.Model.CompleteAsync(prompt, options with { Trace = true })).Ids);
    }

    Task<Generation> TraceAsync(string points, float strength, Scope scope, int maxTokens = 8) => reference.Model.CompleteAsync(reference.Model.EncodePrompt("457+385="),
        new() { Steering = reference.Vector("max_norm", points).At(strength, scope), Trace = true, MaxTokens = maxTokens });
}
