using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Roast.Onnx;
using Roast.Onnx.Devices;
using Roast.Onnx.Sessions;
using Roast.Graph;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Sessions;

public class SessionCacheTests
{
    static Plan Tapping(int layer) => new() { Taps = [new Point(Site.ResidPost, layer)] };

    static SessionCache Open(int most) => new(ModelGraph.FromHuggingFace(Repository.DefaultModel), new RuntimeOptions { Threads = 1, MaxSessions = most }, new HostDevice());

    [Fact]
    public void Plans_that_are_equal_share_a_session()
    {
        using var cache = Open(most: 4);
        using var first = cache.Rent(Tapping(1));
        using var second = cache.Rent(Tapping(1));
        Assert.Same(first.Session, second.Session);
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public void Above_the_limit_the_least_recently_used_idle_session_is_closed_and_a_lent_one_never()
    {
        using var cache = Open(most: 2);
        using var lent = cache.Rent(Tapping(0));
        for (int layer = 1; layer < 4; layer++) cache.Rent(Tapping(layer)).Dispose();
        Assert.Equal(2, cache.Count);
        using var again = cache.Rent(Tapping(0));
        Assert.Same(lent.Session, again.Session);
    }

    [Fact]
    public void Disposing_waits_for_whoever_runs_and_then_closes_all()
    {
        var cache = Open(most: 4);
        var lease = cache.Rent(Tapping(2));
        cache.Rent(Tapping(3)).Dispose();
        cache.Dispose();
        Assert.Equal(1, cache.Count);                       // the one in use
        Assert.Throws<ObjectDisposedException>(() => cache.Rent(Tapping(2)));
        lease.Dispose();
        lease.Dispose();
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public async Task A_session_that_is_being_opened_keeps_nobody_waiting_who_has_another_and_is_opened_once()
    {
        using var device = new SlowDevice();
        using var cache = new SessionCache(ModelGraph.FromHuggingFace(Repository.DefaultModel), new RuntimeOptions { Threads = 1 }, device);
        cache.Rent(Tapping(0)).Dispose();
        device.Slow = Tapping(1);
        var first = Task.Run(() => cache.Rent(Tapping(1)));
        Assert.True(device.Entered.Wait(TimeSpan.FromMinutes(2)));
        var second = Task.Run(() => cache.Rent(Tapping(1)));
        var other = Task.Run(() => cache.Rent(Tapping(0)).Dispose());
        await other.WaitAsync(TimeSpan.FromMinutes(2));      // while the first one still opens
        Assert.False(first.IsCompleted);
        device.Go.Set();
        Assert.Same((await first).Session, (await second).Session);
        (await first).Dispose();
        (await second).Dispose();
        Assert.Equal(2, cache.Count);
    }

    [Fact]
    public void A_session_that_could_not_be_opened_is_tried_again_and_holds_nothing_back_when_the_model_is_disposed()
    {
        var device = new SlowDevice { Refused = Tapping(1) };
        var cache = new SessionCache(ModelGraph.FromHuggingFace(Repository.DefaultModel), new RuntimeOptions { Threads = 1 }, device);
        Assert.Equal(RoastError.Unsupported, Assert.Throws<RoastException>(() => cache.Rent(Tapping(1))).Kind);
        Assert.Equal(0, cache.Count);
        device.Refused = null;
        cache.Rent(Tapping(1)).Dispose();
        device.Refused = Tapping(2);
        Assert.Throws<RoastException>(() => cache.Rent(Tapping(2)));
        cache.Dispose();
        cache.Dispose();
        Assert.Equal((0, 1), (cache.Count, device.Disposals));
    }

    [Theory, InlineData("replaced"), InlineData("deleted"), InlineData("touched")]
    public void Weights_that_are_others_than_when_the_model_was_opened_are_refused_to_a_further_session(string how)
    {
        using var copy = new LinkedModel(Repository.DefaultModel);
        string weights = copy["model.safetensors"];
        using var cache = new SessionCache(ModelGraph.FromHuggingFace(copy.Path), new RuntimeOptions { Threads = 1 }, new HostDevice());
        using var running = cache.Rent(Tapping(0));
        string fresh = copy["fresh"];
        File.Copy(weights, fresh);
        if (how == "replaced") File.SetLastWriteTimeUtc(fresh, DateTime.UtcNow.AddMinutes(1));
        if (how != "touched") File.Delete(weights);
        if (how == "replaced") File.Move(fresh, weights);
        if (how == "touched") File.SetLastWriteTimeUtc(weights, DateTime.UtcNow.AddMinutes(1));
        var e = Assert.Throws<RoastException>(() => cache.Rent(Tapping(1)));
        Assert.Equal(RoastError.BadFile, e.Kind);
        Assert.Contains("model.safetensors: was changed, replaced or taken away", e.Message);
        cache.Rent(Tapping(0)).Dispose();                   // what is open goes on
    }

    /// <summary>The host, with a session that takes until it is told, or is refused.</summary>
    sealed class SlowDevice : RowDevice
    {
        readonly HostDevice _host = new();

        public ManualResetEventSlim Entered { get; } = new();
        public ManualResetEventSlim Go { get; } = new();
        public Plan? Slow { get; set; }
        public Plan? Refused { get; set; }
        public int Disposals { get; private set; }
        public override string Name => _host.Name;
        public override string? Note => null;
        public override void Configure(SessionOptions options) { }
        public override void Check(PlanSession session)
        {
            if (session.Plan.Equals(Refused)) throw new RoastException(RoastError.Unsupported, "refused");
            if (!session.Plan.Equals(Slow)) return;
            Entered.Set();
            Go.Wait();
        }
        public override TensorMemory Allocate(TensorElementType type, long length) => _host.Allocate(type, length);
        public override PortMemory Ports(PlanSession session, int rows) => _host.Ports(session, rows);
        public override TapCaptures Captures(IReadOnlyList<TensorMemory> taps, IReadOnlyList<int> widths, int rows) => _host.Captures(taps, widths, rows);
        public override RunOptions RunOptions(bool repeats) => _host.RunOptions(repeats);
        public override void Run(InferenceSession session, RunOptions options, OrtIoBinding binding) => _host.Run(session, options, binding);
        public override void Dispose() => Disposals++;
    }

    [Fact]
    public async Task A_model_that_is_disposed_under_running_callers_lets_them_finish()
    {
        var model = SteerableModel.Open(Repository.DefaultModel);
        int[] prompt = model.EncodePrompt("457+385=");
        var started = new TaskCompletionSource();
        var runs = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            int[] tokens = [];
            model.Rows.Run([new Roast.Onnx.Rows.RowRequest { Prompt = prompt, MaxTokens = 200, OnToken = _ => { started.TrySetResult(); return true; } }], [], (_, result) => tokens = result.Tokens, default);
            return tokens;
        })).ToArray();
        await started.Task;
        model.Dispose();
        // A caller that came too late is told; one that was running has its whole answer.
        var answers = new List<int[]>();
        foreach (var run in runs)
            try { answers.Add(await run); }
            catch (ObjectDisposedException) { }
        Assert.NotEmpty(answers);
        Assert.All(answers, tokens => Assert.Equal(200, tokens.Length));
    }
}
