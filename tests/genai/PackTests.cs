using Roast.GenAI.Native;
using Roast.Graph;
using Roast.Onnx;
using Xunit;

namespace Roast.Tests.GenAI;

/// <summary>Steering packs as adapters.</summary>
[Collection(nameof(OneAtATime))]
public sealed class PackTests : IDisposable
{
    static readonly Point First = Point.Parse("resid_post.1"), Second = Point.Parse("attn_out.2");
    readonly Folders _folders = new("llama3-rope");

    public void Dispose() => _folders.Dispose();

    int[] Prompt => _folders.Tiny.Prompt("p2");

    [Theory]
    [InlineData(Scope.All)]
    [InlineData(Scope.Last)]
    [InlineData(Scope.Generated)]
    public async Task A_pack_steers_as_our_loop_does_in_the_scope_that_the_moment_of_its_activation_gives(Scope scope)
    {
        using var engine = _folders.Open();
        var steering = _folders.Vector(4, First, Second).At(0.7f, scope);
        var pack = _folders.Pack("v.onnx_adapter", steering);
        using var run = engine.Start(Prompt, new() { MaxTokens = 20, IgnoreEnd = true }, pack);
        var ids = new List<int>();
        if (scope == Scope.Last) run.ReadPrefix();
        if (scope == Scope.Generated) ids.Add(run.Next()!.Value);
        run.Activate(pack);
        while (run.Next() is { } token) ids.Add(token);
        Assert.Equal((await Ours(steering)).Ids, ids);
        Assert.NotEqual((await Ours(null)).Ids, ids);
    }

    [Fact]
    public async Task Plain_genai_takes_the_pack_on_a_folder_with_ports()
    {
        foreach (var form in Enum.GetValues<PortForm>())
        {
            string folder = _folders.WithPorts(form, First, Second);
            var steering = _folders.Vector(4, First, Second).At(1f, Scope.All);
            var pack = _folders.Pack($"{form}.onnx_adapter", steering, folder);
            int[] plain = PlainGenAI.Greedy(folder, Prompt, 16, (model, generator) =>
            {
                using var adapters = new OgaAdapters(model);
                adapters.Load(pack.FullPath, "v");
                generator.Activate(adapters, "v");
            });
            Assert.Equal((await Ours(steering)).Ids.Take(plain.Length), plain);
        }
    }

    [Fact]
    public async Task Packs_of_different_points_add_up_whenever_each_is_activated()
    {
        using var engine = _folders.Open();
        var (one, other) = (_folders.Vector(4, First).At(1f, Scope.All), _folders.Vector(4, Second).At(1f, Scope.All));
        var (a, b) = (_folders.Pack("a.onnx_adapter", one), _folders.Pack("b.onnx_adapter", other));
        using var run = engine.Start(Prompt, new() { MaxTokens = 20, IgnoreEnd = true }, a, b);
        run.Activate(a);
        run.Activate(b);
        run.Activate(a);                                    // active already: nothing happens
        Assert.Equal([a, b], run.Active);
        var ids = new List<int>();
        while (run.Next() is { } token) ids.Add(token);
        Assert.Equal((await Ours(_folders.Vector(4, First, Second).At(1f, Scope.All))).Ids, ids);
    }

    [Fact]
    public void A_second_pack_of_the_same_point_is_refused_because_onnx_runtime_would_drop_one_in_silence()
    {
        using var engine = _folders.Open();
        var (a, b) = (_folders.Pack("a.onnx_adapter", _folders.Vector(4, First).At(1f)), _folders.Pack("b.onnx_adapter", _folders.Vector(4, First).At(-1f)));
        using var run = engine.Start(Prompt, new() { MaxTokens = 20 }, a, b);
        run.Activate(a);
        var e = Assert.Throws<RoastException>(() => run.Activate(b));
        Assert.Equal(RoastError.Unsupported, e.Kind);
        Assert.Contains("resid_post.1", e.Message);
        Assert.Contains("Switch", e.Message);

        // What would happen: one of the two changes nothing.
        string folder = _folders.WithPorts(PortForm.Shared, First);
        int[] Plain(params AdapterPack[] packs) => PlainGenAI.Greedy(folder, Prompt, 12, (model, generator) =>
        {
            using var adapters = new OgaAdapters(model);
            foreach (var pack in packs) { adapters.Load(pack.FullPath, pack.FullPath); generator.Activate(adapters, pack.FullPath); }
        });
        Assert.Equal(AdapterRule.LastWins ? Plain(b) : Plain(a), Plain(a, b));
        Assert.Equal(AdapterRule.LastWins ? Plain(a) : Plain(b), Plain(b, a));
        Assert.NotEqual(Plain(a), Plain(b));
    }

    [Fact]
    public void Packs_are_switched_in_the_middle_of_an_answer_as_a_live_vector_is()
    {
        using var engine = _folders.Open();
        SteeringVector one = _folders.Vector(4, First), other = -one;
        AdapterPack[] packs = [_folders.Pack("a.onnx_adapter", one.At(1f)), _folders.Pack("b.onnx_adapter", other.At(1f)), _folders.Pack("off.onnx_adapter", one.At(0f))];
        var live = new LiveSteering(one.At(1f, Scope.All));
        var options = new GenerationOptions { MaxTokens = 20, IgnoreEnd = true };
        int[] order = [0, 1, 0, 2];                         // a new one every five tokens
        List<int> switched = [], changed = [];
        using (var run = engine.Start(Prompt, options, packs))
            for (int step = 0; step < 20; step++)
            {
                if (step % 5 == 0) run.Switch(packs[order[step / 5]]);
                switched.Add(run.Next()!.Value);
            }
        using (var run = engine.Start(Prompt, options with { Live = live }))
            for (int step = 0; step < 20; step++)
            {
                if (step % 5 == 0) (live.Vector, live.Strength) = (order[step / 5] == 1 ? other : one, Strength.Absolute(order[step / 5] == 2 ? 0 : 1));
                changed.Add(run.Next()!.Value);
            }
        Assert.Equal(changed, switched);
    }

    [Fact]
    public void A_switch_that_would_leave_a_point_to_an_earlier_pack_is_refused()
    {
        using var engine = _folders.Open();
        var (a, b) = (_folders.Pack("a.onnx_adapter", _folders.Vector(4, First, Second).At(1f)), _folders.Pack("b.onnx_adapter", _folders.Vector(4, First).At(1f)));
        using var run = engine.Start(Prompt, new() { MaxTokens = 20 }, a, b);
        run.Switch(a);
        var e = Assert.Throws<RoastException>(() => run.Switch(b));
        Assert.Contains("attn_out.2", e.Message);
        Assert.Equal([a], run.Active);
    }

    [Fact]
    public void A_pack_and_options_that_steer_one_point_are_refused()
    {
        using var engine = _folders.Open();
        var pack = _folders.Pack("a.onnx_adapter", _folders.Vector(4, First).At(1f));
        var e = Assert.Throws<RoastException>(() => engine.Start(Prompt, new() { Steering = _folders.Vector(4, First, Second).At(1f) }, pack));
        Assert.Contains("resid_post.1", e.Message);
        Assert.DoesNotContain("attn_out.2", e.Message);
    }

    [Fact]
    public async Task A_pack_beside_a_vector_at_another_point_steers_with_it()
    {
        using var engine = _folders.Open();
        var pack = _folders.Pack("a.onnx_adapter", _folders.Vector(4, First).At(1f));
        using var run = engine.Start(Prompt, new() { Steering = _folders.Vector(4, Second).At(1f, Scope.All), MaxTokens = 20, IgnoreEnd = true }, pack);
        run.Activate(pack);
        var ids = new List<int>();
        while (run.Next() is { } token) ids.Add(token);
        Assert.Equal((await Ours(_folders.Vector(4, First, Second).At(1f, Scope.All))).Ids, ids);
    }

    [Fact]
    public void A_pack_for_another_model_is_refused_before_anything_runs()
    {
        using var engine = _folders.Open(_folders.WithPorts(PortForm.Shared, First));
        var absent = _folders.Pack("absent.onnx_adapter", _folders.Vector(4, Second).At(1f));
        var e = Assert.Throws<RoastException>(() => engine.Start(Prompt, null, absent));
        Assert.Equal(RoastError.VectorDoesNotFit, e.Kind);
        Assert.Contains("attn_out.2", e.Message);
        var rows = _folders.Pack("rows.onnx_adapter", _folders.Vector(4, First).At(1f), _folders.WithPorts(PortForm.PerRow, First));
        Assert.Contains("another model", Assert.Throws<RoastException>(() => engine.Start(Prompt, null, rows)).Message);
        using var run = engine.Start(Prompt);
        Assert.Throws<ArgumentException>(() => run.Activate(absent));
    }

    Task<Generation> Ours(Steering? steering) => _folders.Tiny.Model.CompleteAsync(Prompt, new() { Steering = steering, MaxTokens = 20, IgnoreEnd = true });
}
