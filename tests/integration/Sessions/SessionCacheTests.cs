using Roast.Onnx;
using Roast.Onnx.Sessions;
using Roast.Graph;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Sessions;

public class SessionCacheTests
{
    static Plan Tapping(int layer) => new() { Taps = [new Point(Site.ResidPost, layer)] };

    static SessionCache Open(int most) => new(ModelGraph.FromHuggingFace(Repository.DefaultModel), new RuntimeOptions { Threads = 1, MaxSessions = most }, new Onnx.Devices.HostDevice());

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
