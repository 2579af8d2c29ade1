using Roast.GenAI.Native;
using Roast.Graph;
using Roast.Onnx;
using Roast.Sampling;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.GenAI;

/// <summary>What GenAI cannot do, and what it is given that cannot be used.</summary>
[Collection(nameof(OneAtATime))]
public sealed class RefusalTests : IDisposable
{
    static readonly Point Resid = Point.Parse("resid_post.1");
    readonly Folders _folders = new("qwen3-tied");

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task What_genai_cannot_do_as_our_loop_does_it_is_refused_with_the_reason()
    {
        using var engine = _folders.Open();
        int[] one = _folders.Tiny.Prompt("p1");
        async Task<string> Refused(IReadOnlyList<int[]> prompts, GenerationOptions options)
        {
            var e = await Assert.ThrowsAsync<RoastException>(() => engine.CompleteAllAsync(prompts, options with { MaxTokens = 4 }));
            Assert.Equal(RoastError.Unsupported, e.Kind);
            Assert.Contains("--engine ort", e.Message);
            return e.Message;
        }
        Assert.Contains("32 rows", await Refused([.. Enumerable.Repeat(one, 33)], new()));
        Assert.Contains("one seed", await Refused([one, one], new() { Sampler = SamplerOptions.Rollouts }));
        Assert.Contains("penalty", await Refused([one, one], new() { Sampler = new SamplerOptions { RepetitionPenalty = 1.1f } }));
        Assert.Contains("end token", await Refused([one, one], new() { IgnoreEnd = true }));
        Assert.Contains("scope last", await Refused([one, one], new() { Steering = _folders.Vector(1, Resid).At(1f) }));
        Assert.Contains("pad_token_id", await Refused([one, [.. one, _folders.Tiny.Model.EndTokens[1]]], new()));
        Assert.Contains("captured", await Refused([one], new() { Trace = true, Steering = _folders.Vector(1, Resid).At(1f) }));
        Assert.Equal(32, (await engine.CompleteAllAsync([.. Enumerable.Repeat(one, 32)], new() { MaxTokens = 2 })).Count);
    }

    [Fact]
    public async Task Misuse_is_refused_before_it_reaches_native_code()
    {
        using var engine = _folders.Open();
        await Assert.ThrowsAsync<ArgumentException>(() => engine.CompleteAsync([]));
        await Assert.ThrowsAsync<ArgumentException>(() => engine.CompleteAllAsync([]));
        await Assert.ThrowsAsync<ArgumentException>(() => engine.CompleteAsync([1, 384]));
        await Assert.ThrowsAsync<ArgumentException>(() => engine.CompleteAsync([1, -1]));
        await Assert.ThrowsAsync<ArgumentException>(() => engine.CompleteAsync([1], new() { Steering = _folders.Vector(1, Resid).At(1f), Live = new LiveSteering(_folders.Vector(1, Resid).At(1f)) }));
        Assert.Equal(RoastError.TooLarge, (await Assert.ThrowsAsync<RoastException>(() => engine.CompleteAsync([.. Enumerable.Repeat(1, 512)]))).Kind);
        Assert.Equal(RoastError.TooLarge, (await Assert.ThrowsAsync<RoastException>(() => engine.CompleteAsync([1], new() { MaxTokens = 512 }))).Kind);
        var wide = new SteeringVector([KeyValuePair.Create(Resid, new float[65])]);
        Assert.Equal(RoastError.VectorDoesNotFit, (await Assert.ThrowsAsync<RoastException>(() => engine.CompleteAsync([1], new() { Steering = wide.At(1f) }))).Kind);
    }

    [Fact]
    public async Task A_folder_without_ports_that_does_not_say_where_its_points_are_generates_but_is_not_steered()
    {
        File.WriteAllBytes(Path.Combine(_folders.Plain, "model.onnx"), ModelGraph.Load(Path.Combine(_folders.Plain, "model.onnx")).Instrument(new Plan { Taps = [Resid], Logits = LogitPositions.All }));
        using var engine = _folders.Open();
        Assert.Empty(engine.SteerablePoints);
        Assert.Equal(4, (await engine.CompleteAsync([1], new() { MaxTokens = 4, IgnoreEnd = true })).Ids.Count);
        var e = await Assert.ThrowsAsync<RoastException>(() => engine.CompleteAsync([1], new() { Steering = _folders.Vector(1, Resid).At(1f) }));
        Assert.Equal(RoastError.Unsupported, e.Kind);
        Assert.Contains("roast instrument", e.Message);
    }

    [Fact]
    public async Task A_folder_with_other_ports_names_those_that_it_has()
    {
        using var engine = _folders.Open(_folders.WithPorts(PortForm.Shared, Point.Parse("attn_out.0")));
        var e = await Assert.ThrowsAsync<RoastException>(() => engine.CompleteAsync([1], new() { Steering = _folders.Vector(1, Resid).At(1f) }));
        Assert.Equal(RoastError.VectorDoesNotFit, e.Kind);
        Assert.Contains("resid_post.1", e.Message);
        Assert.Contains("attn_out.0", e.Message);
    }

    [Fact]
    public async Task A_folder_that_is_none_or_is_damaged_is_refused()
    {
        Assert.Equal(RoastError.NotFound, Assert.Throws<RoastException>(() => _folders.Open(_folders["absent"])).Kind);
        Assert.Contains("roast export", Assert.Throws<RoastException>(() => _folders.Open(SharedData.Require("models", "tiny-random", "qwen2"))).Message);
        string config = Path.Combine(_folders.Plain, "genai_config.json"), text = File.ReadAllText(config);
        foreach (string damaged in (string[])["", "[]", "{}", text.Replace("\"model.onnx\"", "\"../model.onnx\""), text.Replace("\"vocab_size\": 384", "\"vocab_size\": 0")])
        {
            File.WriteAllText(config, damaged);
            Assert.Equal(RoastError.BadFile, Assert.Throws<RoastException>(() => _folders.Open()).Kind);
        }
        File.WriteAllText(config, text.Replace("\"type\": \"qwen3\"", "\"type\": \"unheard_of\""));
        using var engine = _folders.Open();
        var e = await Assert.ThrowsAsync<RoastException>(() => engine.CompleteAsync([1], new() { MaxTokens = 1 }));
        Assert.Equal(RoastError.Runtime, e.Kind);
        Assert.Contains("unheard_of", e.Message);           // GenAI's own words
    }

    [Fact]
    public async Task Every_native_object_is_freed_also_where_something_fails()
    {
        await Collected();
        int before = OgaHandle.Alive;
        using (var engine = _folders.Open())
        {
            var pack = _folders.Pack("v.onnx_adapter", _folders.Vector(1, Resid).At(1f));
            await engine.CompleteAsync([1], new() { Steering = _folders.Vector(1, Resid).At(1f), MaxTokens = 4, IgnoreEnd = true });
            using (var run = engine.Start([1], new() { MaxTokens = 4 }, pack)) { run.Activate(pack); run.Next(); }
            File.WriteAllText(pack.FullPath, "changed since it was opened");
            Assert.Equal(RoastError.Runtime, Assert.Throws<RoastException>(() => engine.Start([1], new() { MaxTokens = 4 }, pack)).Kind);
            await Assert.ThrowsAsync<RoastException>(() => engine.CompleteAsync([1], new() { MaxTokens = 1000 }));
            Assert.Equal(2, OgaHandle.Alive - before);      // one model with inputs, one for packs; all else is gone
        }
        Assert.Equal(before, OgaHandle.Alive);
        var closed = _folders.Open();
        closed.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => closed.CompleteAsync([1], new() { MaxTokens = 1 }));
    }

    // Objects whose constructor threw are left to the finalizer.
    static Task Collected()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Task.CompletedTask;
    }
}
