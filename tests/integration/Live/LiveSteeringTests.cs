using Roast.Onnx;
using Roast.Onnx.Rows;
using Roast.Tests.Integration.DefaultModel;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Live;

public class LiveSteeringTests(TwoAnnotators reference)
{
    const int Tokens = 12, ChangeAfter = 4;

    [Fact]
    public void A_strength_that_is_set_between_two_tokens_steers_the_next_one_and_no_earlier()
    {
        var live = new LiveSteering(Vector.At(0f));
        var changed = Logits(new RowRequest { Prompt = Prompt, Live = live, MaxTokens = Tokens }, step => { if (step == ChangeAfter) live.Strength = Strength.Absolute(3); });
        var never = Logits(new RowRequest { Prompt = Prompt, Live = new LiveSteering(Vector.At(0f)), MaxTokens = Tokens }, _ => { });

        for (int step = 0; step <= ChangeAfter; step++) Near.SameBits(never[step], changed[step], $"step {step}");
        Assert.NotEqual(never[ChangeAfter + 1], changed[ChangeAfter + 1]);
    }

    [Fact]
    public void A_handle_that_is_never_touched_gives_the_bits_of_the_fixed_steering()
    {
        var fixedOne = Logits(new RowRequest { Prompt = Prompt, Steering = Vector.At(0.5f), MaxTokens = Tokens }, _ => { });
        var live = Logits(new RowRequest { Prompt = Prompt, Live = new LiveSteering(Vector.At(0.5f)), MaxTokens = Tokens }, _ => { });
        for (int step = 0; step < Tokens; step++) Near.SameBits(fixedOne[step], live[step], $"step {step}");
    }

    [Fact]
    public void Handles_of_rows_in_one_batch_do_not_touch_each_other()
    {
        LiveSteering[] handles = [new(Vector.At(0f)), new(Vector.At(0f)), new(Vector.At(0.5f))];
        var requests = handles.Select((handle, i) => new RowRequest
        {
            Prompt = Prompt,
            Live = handle,
            MaxTokens = Tokens,
            OnToken = _ => { if (i == 1) handle.Strength = Strength.Absolute(3); return true; },
        }).ToList();
        var tokens = new int[handles.Length][];
        reference.Model.Rows.Run(requests, [], (i, result) => tokens[i] = result.Tokens, TestContext.Current.CancellationToken);

        Assert.Equal(Alone(null), tokens[0]);
        Assert.NotEqual(tokens[0], tokens[1]);
        Assert.Equal(Alone(Vector.At(0.5f)), tokens[2]);
    }

    [Fact]
    public void A_new_vector_with_another_point_or_width_is_refused_and_the_old_one_stays()
    {
        var live = new LiveSteering(reference.Vector("max_norm", "attn_out.3").At(0.5f));
        var before = live.Current;
        Assert.Contains("mlp_act.0", Assert.Throws<ArgumentException>(() => live.Vector = reference.Vector("max_norm", "mlp_act.0")).Message);
        Assert.Contains("64", Assert.Throws<ArgumentException>(() => live.Vector = new SteeringVector([KeyValuePair.Create(Point.Parse("attn_out.3"), new float[64])])).Message);
        Assert.Same(before, live.Current);
        live.Vector = -live.Vector;
        Assert.Equal(0.5f, live.Strength.Value);
    }

    [Fact]
    public async Task Many_threads_may_set_while_a_row_runs()
    {
        var live = new LiveSteering(Vector.At(0f));
        using var done = new CancellationTokenSource();
        var setters = Enumerable.Range(0, 4).Select(i => Task.Run(() =>
        {
            for (int k = 0; !done.IsCancellationRequested; k++) { live.Strength = Strength.Absolute(k % 7 / 10f); if (k % 5 == 0) live.Vector = -live.Vector; }
        })).ToArray();
        var answer = await reference.Model.CompleteAsync(Prompt, new() { Live = live, IgnoreEnd = true, MaxTokens = 200 });
        await done.CancelAsync();
        await Task.WhenAll(setters);
        Assert.Equal(200, answer.Ids.Count);
    }

    [Fact]
    public async Task A_fixed_and_a_live_steering_at_once_are_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => reference.Model.CompleteAsync(Prompt, new() { Steering = Vector.At(1f), Live = new LiveSteering(Vector.At(1f)) }));

    int[] Prompt => reference.Model.EncodePrompt("457+385=");

    SteeringVector Vector => reference.Vector("max_norm", TwoAnnotators.DefaultPlaces);

    int[] Alone(Steering? steering)
    {
        int[] tokens = [];
        reference.Model.Rows.Run([new RowRequest { Prompt = Prompt, Steering = steering, MaxTokens = Tokens }], [], (_, result) => tokens = result.Tokens, TestContext.Current.CancellationToken);
        return tokens;
    }

    float[][] Logits(RowRequest request, Action<int> afterStep)
    {
        var logits = new float[Tokens][];
        reference.Model.Rows.Run([request with { OnLogits = (step, values) => { logits[step] = values.ToArray(); afterStep(step); } }], [], (_, _) => { }, TestContext.Current.CancellationToken);
        return logits;
    }
}
