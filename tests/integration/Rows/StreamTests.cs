using Roast.Onnx;
using Roast.Onnx.Rows;
using Roast.Tests.Integration.DefaultModel;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Rows;

public class StreamTests(TwoAnnotators reference)
{
    static readonly GenerationOptions Long = new() { IgnoreEnd = true };

    [Fact]
    public async Task Streamed_pieces_are_the_text_of_the_whole_answer()
    {
        var whole = await reference.Model.CompleteAsync(reference.Model.EncodePrompt("457+385="), new() { MaxTokens = 8 });
        var pieces = new List<string>();
        await foreach (string piece in reference.Model.GenerateAsync("457+385=", new() { MaxTokens = 8 })) pieces.Add(piece);
        Assert.Equal("732", whole.Text);
        Assert.Equal(whole.Text, string.Concat(pieces));
        Assert.Equal(StopReason.EndToken, whole.Stop);
        Assert.True(pieces.Count > 1, "the answer came in one piece");
    }

    [Fact]
    public async Task A_stream_that_is_enumerated_again_is_a_new_answer_also_beside_the_first()
    {
        var stream = reference.Model.GenerateAsync("457+385=", new() { MaxTokens = 8, StopStrings = ["2"] });
        Assert.Equal("73", await WholeAsync(stream));
        Assert.Equal("73", await WholeAsync(stream));
        Assert.Equal(["73", "73", "73"], await Task.WhenAll(WholeAsync(stream), WholeAsync(stream), WholeAsync(stream)));

        static async Task<string> WholeAsync(IAsyncEnumerable<string> stream)
        {
            string text = "";
            await foreach (string piece in stream) text += piece;
            return text;
        }
    }

    [Fact]
    public async Task Cancelling_ends_generation_with_a_cancellation()
    {
        using var cancel = new CancellationTokenSource();
        int seen = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (string _ in reference.Model.GenerateAsync("457+385=", Long, cancel.Token))
                if (++seen == 3) await cancel.CancelAsync();
        });
        Assert.True(seen >= 3);
    }

    [Fact]
    public async Task Leaving_the_stream_early_stops_the_loop_and_the_model_goes_on_working()
    {
        await foreach (string _ in reference.Model.GenerateAsync("457+385=", Long)) break;
        Assert.Equal("732", (await reference.Model.CompleteAsync(reference.Model.EncodePrompt("457+385="), new() { MaxTokens = 8 })).Text);
    }

    [Fact]
    public async Task Ignoring_the_end_goes_on_to_the_limit()
    {
        var answer = await reference.Model.CompleteAsync(reference.Model.EncodePrompt("457+385="), Long with { MaxTokens = 30 });
        Assert.Equal(30, answer.Ids.Count);
        Assert.Equal(StopReason.MaxTokens, answer.Stop);
    }

    [Fact]
    public async Task Without_a_limit_an_answer_fills_the_context_and_ends()
    {
        int[] prompt = reference.Model.EncodePrompt("457+385=");
        var answer = await reference.Model.CompleteAsync(prompt, Long);
        Assert.Equal(reference.Model.Shape.MaxPositions - prompt.Length, answer.Ids.Count);
    }

    [Fact]
    public async Task Eight_callers_at_once_get_what_each_gets_alone()
    {
        string[] prompts = [.. TwoAnnotators.Problems("dev").Questions.Take(8).Select(x => x.Prompt)];
        var alone = new List<string?>();
        foreach (string prompt in prompts) alone.Add(await AnswerAsync(prompt));
        Assert.Equal(alone, await Task.WhenAll(prompts.Select(AnswerAsync)));

        async Task<string?> AnswerAsync(string prompt) => (await reference.Model.CompleteAsync(reference.Model.EncodePrompt(prompt), new() { MaxTokens = 8 })).Text;
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        const int tokens = 200, most = 16;                   // bytes of managed memory a token; the smallest object has 24
        var request = new RowRequest { Prompt = reference.Model.EncodePrompt("457+385="), MaxTokens = tokens };
        reference.Model.Rows.Run([request], [], (_, _) => { }, default);
        long before = 0, after = 0;
        reference.Model.Rows.Run([request with
        {
            OnLogits = (step, _) =>
            {
                if (step == 1) before = GC.GetAllocatedBytesForCurrentThread();
                if (step == tokens - 1) after = GC.GetAllocatedBytesForCurrentThread();
            },
        }], [], (_, _) => { }, default);
        Assert.InRange((after - before) / (tokens - 2.0), 0, most);
    }
}
