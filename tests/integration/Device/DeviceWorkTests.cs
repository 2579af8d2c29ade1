using Roast.Onnx;
using Roast.Onnx.Rows;
using Roast.Sampling;
using Roast.Tests.Integration.DefaultModel;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Device;

/// <summary>The work that users do, on the device path: the same curve, the same trace. Fits: <see cref="DeviceFitTests"/>.</summary>
public class DeviceWorkTests(TwoAnnotators reference)
{
    [Fact]
    public async Task A_sweep_gives_the_hosts_curve()
    {
        var dev = TwoAnnotators.Problems("dev").Take(16);
        var vector = reference.Vector("max_norm", TwoAnnotators.DefaultPlaces);
        using var device = DeviceModel.Open();
        var expected = await StrengthSweep.RunAsync(reference.Model, dev, vector, [0.2f, 1, 8], options: TwoAnnotators.Evaluation);
        var actual = await StrengthSweep.RunAsync(device, dev, vector, [0.2f, 1, 8], options: TwoAnnotators.Evaluation);
        Assert.Equal(expected.Accuracies, actual.Accuracies);
        Assert.Equal((expected.Baseline, expected.Chosen), (actual.Baseline, actual.Chosen));
    }

    [Fact]
    public void A_strength_and_a_vector_changed_while_rows_run_are_the_next_tokens_and_the_traces_agree()
    {
        using var device = DeviceModel.Open();
        var (expected, actual) = (Live(reference.Model), Live(device));
        Assert.Equal(expected.Select(x => string.Join(',', x.Tokens)), actual.Select(x => string.Join(',', x.Tokens)));
        Assert.Equal(expected[0].Trace!.Steps.Select(x => (x.Position, x.IsSteered, string.Join(' ', x.Ratios))), actual[0].Trace!.Steps.Select(x => (x.Position, x.IsSteered, string.Join(' ', x.Ratios))));
        Assert.Equal(2, expected[0].Trace!.Steps.Select(x => x.Ratios[0] > 0.01).Distinct().Count());
    }

    /// <summary>Two rows under handles of their own: at every token another strength, at one another vector.</summary>
    RowResult[] Live(SteerableModel model)
    {
        var results = new RowResult[2];
        var handles = Enumerable.Range(0, 2).Select(i => new LiveSteering(reference.Vector("max_norm", "attn_out.2,mlp_act.1").At(0f))).ToArray();
        model.Rows.Run([.. handles.Select((live, i) =>
        {
            int count = 0;
            return new RowRequest
            {
                Prompt = reference.Model.EncodePrompt(i == 0 ? "457+385=" : "12+990="), Live = live, MaxTokens = 10, Trace = true, Sampler = SamplerOptions.Rollouts, Seed = new RowSeed(1, (uint)i, 0),
                OnToken = _ =>
                {
                    live.Strength = Strength.Absolute((i + 1) * count * 0.4f);
                    if (++count == 5) live.Vector = reference.Vector("l2_norm", "attn_out.2,mlp_act.1");
                    return true;
                },
            };
        })], [], (i, result) => results[i] = result, TestContext.Current.CancellationToken);
        return results;
    }
}
