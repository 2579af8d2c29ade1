using Microsoft.Extensions.AI;
using Roast.Extensions.AI;
using Roast.Onnx;
using Roast.Sampling;
using Xunit;

namespace Roast.Tests.Extensions;

/// <summary>What a request gets back.</summary>
public class AnswerTests
{
    [Fact]
    public async Task An_answer_comes_with_usage_reason_model_and_the_generation_itself()
    {
        using var client = Scene.Client();
        var response = await client.GetResponseAsync(Scene.Ask());
        Assert.Equal(Scene.Sloppy, response.Text);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal("two-annotators", response.ModelId);
        var generation = Assert.IsType<Generation>(response.RawRepresentation);
        Assert.Equal(Scene.Model.EncodePrompt(Scene.Question), generation.PromptIds);
        Assert.Equal((16L, 4L, 20L), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount));
        Assert.Equal(ChatRole.Assistant, Assert.Single(response.Messages).Role);
        Assert.StartsWith("roast-", response.ResponseId);
    }

    [Fact]
    public async Task Streaming_gives_what_the_whole_answer_gives()
    {
        using var client = Scene.Client();
        foreach (var options in (ChatOptions[])[new(), new() { Temperature = 1.5f, Seed = 7 }, new ChatOptions { MaxOutputTokens = 2 }.Steer("careful", Strength.Absolute(0.5f)), new() { StopSequences = ["3"] }])
        {
            var whole = await client.GetResponseAsync(Scene.Ask(), options);
            var updates = await client.Stream(options);
            var streamed = updates.ToChatResponse();
            Assert.Equal(whole.Text, streamed.Text);
            Assert.Equal(whole.FinishReason, streamed.FinishReason);
            Assert.Equal((whole.Usage!.InputTokenCount, whole.Usage.OutputTokenCount), (streamed.Usage!.InputTokenCount, streamed.Usage.OutputTokenCount));
            Assert.Equal(((Generation)whole.RawRepresentation!).Ids, ((Generation)updates[^1].RawRepresentation!).Ids);
            Assert.Single(updates.Select(update => update.ResponseId).Distinct());
            Assert.Single(streamed.Messages);
        }
    }

    [Fact]
    public async Task A_stream_hands_out_pieces_and_its_last_update_alone_has_the_usage()
    {
        using var client = Scene.Client();
        var updates = await client.Stream();
        Assert.Equal(["7", "3", "2", ""], updates.Select(update => update.Text));
        Assert.All(updates[..^1], update => Assert.Null(update.FinishReason));
        Assert.IsType<UsageContent>(Assert.Single(updates[^1].Contents));
        Assert.Equal(ChatFinishReason.Stop, updates[^1].FinishReason);
    }

    [Fact]
    public async Task Limits_and_stop_strings_end_an_answer_and_say_so()
    {
        using var client = Scene.Client();
        var cut = await client.GetResponseAsync(Scene.Ask(), new() { MaxOutputTokens = 2 });
        Assert.Equal(("73", ChatFinishReason.Length, 2L), (cut.Text, cut.FinishReason!.Value, cut.Usage!.OutputTokenCount));
        var stopped = await client.GetResponseAsync(Scene.Ask(), new() { StopSequences = ["32"] });
        Assert.Equal(("7", ChatFinishReason.Stop), (stopped.Text, stopped.FinishReason!.Value));
    }

    [Fact]
    public async Task A_limit_beyond_the_context_is_the_context()
    {
        using var client = Scene.Client();
        Assert.Equal(Scene.Sloppy, await client.Answer(new() { MaxOutputTokens = 100_000 }));
        var full = await client.GetResponseAsync(Scene.Ask(), new() { MaxOutputTokens = 100_000, RawRepresentationFactory = _ => new GenerationOptions { IgnoreEnd = true } });
        Assert.Equal((ChatFinishReason.Length, (long)Scene.Model.Shape.MaxPositions), (full.FinishReason!.Value, full.Usage!.TotalTokenCount!.Value));
    }

    [Fact]
    public async Task Sampling_options_draw_what_the_library_draws_with_them()
    {
        using var client = Scene.Client();
        var options = new ChatOptions { Temperature = 2, TopP = 0.9f, TopK = 9, Seed = -3, MaxOutputTokens = 5, AdditionalProperties = new() { [SteeringKeys.MinP] = 0.01, [SteeringKeys.RepetitionPenalty] = 1.1m } };
        var expected = Scene.Model.Complete(Scene.Model.EncodePrompt(Scene.Question), new GenerationOptions
        {
            Sampler = new SamplerOptions { Temperature = 2, TopP = 0.9f, TopK = 9, MinP = 0.01f, RepetitionPenalty = 1.1f }, Seed = unchecked((ulong)-3L), MaxTokens = 5,
        });
        Assert.Equal(expected.Ids, Raw(await client.GetResponseAsync(Scene.Ask(), options)).Ids);
    }

    [Fact]
    public async Task Top_p_alone_draws_at_temperature_1_and_a_raw_representation_is_where_options_start()
    {
        using var client = Scene.Client();
        int[] ids = Scene.Model.EncodePrompt(Scene.Question);
        var drawn = Scene.Model.Complete(ids, new GenerationOptions { Sampler = new SamplerOptions { Temperature = 1, TopP = 0.99f }, Seed = 5 });
        Assert.Equal(drawn.Ids, Raw(await client.GetResponseAsync(Scene.Ask(), new() { TopP = 0.99f, Seed = 5 })).Ids);

        var further = Raw(await client.GetResponseAsync(Scene.Ask(), new() { RawRepresentationFactory = _ => new GenerationOptions { IgnoreEnd = true, MaxTokens = 3 }, MaxOutputTokens = 6 }));
        Assert.Equal(6, further.Ids.Count);
    }

    [Fact]
    public async Task A_cancelled_request_ends_and_the_client_goes_on()
    {
        using var client = Scene.Client(Scene.Named with { MaxConcurrentRequests = 1, Defaults = new GenerationOptions { IgnoreEnd = true } });
        using var cancel = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.GetStreamingResponseAsync(Scene.Ask(), cancellationToken: cancel.Token)) await cancel.CancelAsync();
        });
        await foreach (var _ in client.GetStreamingResponseAsync(Scene.Ask())) break;       // leaving stops the loop and frees the slot
        Assert.Equal(3, Raw(await client.GetResponseAsync(Scene.Ask(), new() { MaxOutputTokens = 3 })).Ids.Count);
    }

    [Theory, InlineData(null), InlineData(2)]
    public async Task Bounded_answers_are_written_beside_the_thread_pool_which_the_application_needs_for_its_own_requests(int? most)
    {
        using var client = Scene.Client(Scene.Named with { MaxConcurrentRequests = most });
        Assert.Equal(most is null, await client.Start(() => Thread.CurrentThread.IsThreadPoolThread, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<TaskCanceledException>(() => client.Start(() => 1, new CancellationToken(canceled: true)));
        await Assert.ThrowsAsync<RoastException>(() => client.Start<int>(() => throw new RoastException(RoastError.Runtime, "x"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Requests_of_many_threads_do_not_mix()
    {
        using var client = Scene.Client(Scene.Named with { MaxConcurrentRequests = 3 });
        string[] answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(() => client.Answer(i % 2 == 0 ? null : new ChatOptions().Steer(Scene.Vector.At(0.5f))))));
        Assert.Equal(Enumerable.Range(0, 24).Select(i => i % 2 == 0 ? Scene.Sloppy : Scene.Careful), answers);
    }

    [Fact]
    public void The_client_gives_its_metadata_its_model_and_itself()
    {
        using var client = Scene.Client(new() { ModelId = "sums" });
        Assert.Equal(("roast", "sums"), (client.GetService<ChatClientMetadata>()!.ProviderName, client.GetService<ChatClientMetadata>()!.DefaultModelId));
        Assert.Same(Scene.Model, client.GetService<SteerableModel>());
        Assert.Same(client, client.GetService<IChatClient>());
        Assert.Null(client.GetService(typeof(SteerableModel), "other"));
        Assert.Null(client.GetService<HttpClient>());
    }

    static Generation Raw(ChatResponse response) => (Generation)response.RawRepresentation!;
}
