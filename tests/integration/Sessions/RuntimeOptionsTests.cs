using Roast.Onnx;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Sessions;

public class RuntimeOptionsTests
{
    static async Task<string> Sum(RuntimeOptions options)
    {
        using var model = SteerableModel.Open(Repository.DefaultModel, options);
        return string.Join(",", (await model.CompleteAsync(model.EncodePrompt("457+385="), cancellationToken: TestContext.Current.CancellationToken)).Ids);
    }

    [Fact]
    public async Task Where_threads_wait_and_run_changes_no_answer()
    {
        string expected = await Sum(new() { Threads = 1 });
        Assert.Equal(expected, await Sum(new() { Threads = 2, Spinning = false }));
        Assert.Equal(expected, await Sum(new() { Threads = 2, WorkerProcessors = [0] }));
    }

    [Theory]
    [InlineData(1, new[] { 0 })]
    [InlineData(2, new[] { 0, 1 })]
    [InlineData(4, new[] { 0, 1 })]
    public async Task A_processor_for_each_worker_or_for_none(int threads, int[] processors)
    {
        var e = await Assert.ThrowsAsync<ArgumentException>(() => Sum(new() { Threads = threads, WorkerProcessors = processors }));
        Assert.Contains($"{threads - 1} workers", e.Message);
    }

    [Fact]
    public void Processors_are_counted_from_zero() => Assert.Throws<ArgumentOutOfRangeException>(() => new RuntimeOptions { WorkerProcessors = [-1] });
}
