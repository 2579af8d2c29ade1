using Roast.Contrast;
using Roast.Onnx;
using Roast.Onnx.Rows;
using Roast.Sampling;
using Roast.Tests.Integration.DefaultModel;
using Xunit;

namespace Roast.Tests.Integration.Device;

/// <summary>What crosses between host and device in a step.</summary>
public class DeviceTrafficTests(TwoAnnotators reference)
{
    const int Rows = 6, Steps = 20;

    [Fact]
    public void A_greedy_step_sends_ids_and_lengths_and_brings_back_token_ids_alone()
    {
        var launcher = Run(request => request with { Steering = reference.Vector("max_norm", TwoAnnotators.DefaultPlaces).At(0.2f) });
        Assert.Equal(Steps, launcher.Uploads.Count(bytes => bytes == Rows * 12));
        Assert.Equal(Enumerable.Repeat((long)Rows * sizeof(int), Steps), launcher.Downloads);
    }

    [Fact]
    public void A_sampled_step_brings_back_the_logits_once()
    {
        var launcher = Run(request => request with { Sampler = SamplerOptions.Rollouts });
        Assert.Equal(Enumerable.Repeat((long)Rows * reference.Model.Shape.VocabularySize * sizeof(float), Steps), launcher.Downloads);
    }

    [Fact]
    public void Rows_with_one_prompt_share_a_prefill_by_copies_on_the_device()
    {
        var launcher = Run(request => request);
        Assert.Equal(Rows - 1, launcher.BlockCopies);
        Assert.Single(launcher.Uploads, bytes => bytes == (reference.Model.EncodePrompt("457+385=").Length - 1) * sizeof(long));
    }

    [Fact]
    public void A_vector_is_sent_once_and_a_new_strength_sends_numbers_alone()
    {
        var vector = reference.Vector("max_norm", "resid_post.1");
        var live = Enumerable.Range(0, Rows).Select(_ => new LiveSteering(vector.At(0f))).ToArray();
        int row = 0;
        var launcher = Run(request =>
        {
            var handle = live[row++];
            int count = 0;
            return request with { Live = handle, OnToken = _ => { handle.Strength = Strength.Absolute(++count / 10f); return true; } };
        });
        Assert.Single(launcher.Uploads, bytes => bytes == reference.Model.Shape.HiddenSize * sizeof(float));
        Assert.Equal(Steps, launcher.Uploads.Count(bytes => bytes == (3 * Rows + 1) * sizeof(int)));
        Assert.Equal(Steps + 1, launcher.Scales);            // and the prefill's own, of zeros
        Assert.Equal(Steps, launcher.Downloads.Count);
    }

    [Theory, InlineData(Pool.Last), InlineData(Pool.Mean)]
    public void Captures_are_moved_when_a_row_ends_and_in_no_step(Pool pool)
    {
        var points = PointPattern.Everything.Resolve(reference.Model.Shape.Layers);
        var launcher = Run(request => request with { Capture = [pool] }, points);
        long total = points.Sum(point => reference.Model.Shape.Width(point.Site)) * (pool == Pool.Mean ? sizeof(double) : sizeof(float));
        Assert.Equal(Rows, launcher.Downloads.Count(bytes => bytes == total));
        Assert.Equal(Steps + 1, launcher.Downloads.Count - Rows);       // a step more, which feeds the last token
    }

    CountingLauncher Run(Func<RowRequest, RowRequest> change, IReadOnlyList<Point>? points = null)
    {
        var launcher = new CountingLauncher();
        using var device = DeviceModel.Open(DeviceModel.Twins(launcher: launcher));
        int[] prompt = reference.Model.EncodePrompt("457+385=");
        device.Rows.Run([.. Enumerable.Range(0, Rows).Select(i => change(new RowRequest { Prompt = prompt, MaxTokens = Steps, Seed = new RowSeed(1, 0, (uint)i) }))], points ?? [], (_, _) => { }, default);
        return launcher;
    }
}
