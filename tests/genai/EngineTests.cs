using Roast.Onnx;
using Roast.Sampling;
using Roast.Tests.Integration.TinyRandom;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.GenAI;

/// <summary>The same options give the same answers from GenAI and from our loop.</summary>
[Collection(nameof(OneAtATime))]
public class EngineTests
{
    static readonly Point Resid = Point.Parse("resid_post.1"), Act = Point.Parse("mlp_act.2");

    public static TheoryData<string> Models => [.. TinyModel.All];

    [Theory, MemberData(nameof(Models))]
    public async Task Every_steered_case_of_the_reference_gives_its_tokens_through_ports(string name)
    {
        using var folders = new Folders(name);
        using var engine = folders.Open();
        foreach (var one in folders.Tiny.Cases())
            for (int row = 0; row < TinyModel.Prompts.Count; row++)
            {
                string key = $"steer.{one.Name}.{TinyModel.Prompts[row]}";
                var answer = await engine.CompleteAsync(folders.Tiny.Prompt(TinyModel.Prompts[row]), new() { Steering = one.Steering(folders.Tiny.Golden, row), MaxTokens = one.NewTokens, IgnoreEnd = true });
                Assert.Equal(folders.Tiny.Golden.Int32s($"{key}.ids"), answer.Ids);
            }
    }

    public static TheoryData<Scope> AllScopes => [.. Enum.GetValues<Scope>()];

    [Theory, MemberData(nameof(AllScopes))]
    public async Task Greedy_answers_with_end_tokens_are_those_of_our_loop_in_every_scope(Scope scope)
    {
        using var folders = new Folders("qwen3-tied");
        using var engine = folders.Open();
        foreach (string prompt in TinyModel.Prompts)
            await AssertSame(folders, engine, folders.Tiny.Prompt(prompt), new() { Steering = folders.Vector(4, Resid, Act).At(1f, scope), MaxTokens = 24 });
    }

    [Fact]
    public async Task A_folder_written_with_ports_is_steered_in_either_form_and_unsteered_where_nothing_is_set()
    {
        using var folders = new Folders("llama-tied");
        foreach (var form in Enum.GetValues<PortForm>())
        {
            string folder = folders.WithPorts(form, Resid, Act);
            using var engine = folders.Open(folder);
            Assert.Equal([Resid, Act], engine.SteerablePoints);
            int[] prompt = folders.Tiny.Prompt("p1");
            await AssertSame(folders, engine, prompt, new() { MaxTokens = 24 });
            await AssertSame(folders, engine, prompt, new() { Steering = folders.Vector(4, Resid).At(1f), MaxTokens = 24 });
            Assert.Equal((await folders.Tiny.Model.CompleteAsync(prompt, new() { MaxTokens = 24 })).Ids, PlainGenAI.Greedy(folder, prompt, 24));
        }
    }

    [Fact]
    public async Task A_folder_of_genais_own_builder_is_steered_at_the_points_that_are_found_in_its_graph()
    {
        using var folders = new Folders("qwen3-tied");
        using var engine = folders.Open(SharedData.Require("models", "tiny-random", "qwen3-tied", "genai-fp32"));
        foreach (var scope in Enum.GetValues<Scope>())
        {
            var options = new GenerationOptions { Steering = folders.Vector(4, Resid, Act).At(1f, scope), MaxTokens = 16 };
            Assert.Equal((await folders.Tiny.Model.CompleteAsync(folders.Tiny.Prompt("p2"), options)).Ids, (await engine.CompleteAsync(folders.Tiny.Prompt("p2"), options)).Ids);
        }
    }

    [Fact]
    public async Task A_strength_that_is_changed_between_two_tokens_steers_the_next_one()
    {
        using var folders = new Folders("qwen2");
        using var engine = folders.Open();
        async Task<int[]> Changed(IGenerationEngine with)
        {
            var live = new LiveSteering(folders.Vector(6, Resid).At(0f));
            var ids = new List<int>();
            if (with is GenAIEngine genai)
            {
                using var run = genai.Start(folders.Tiny.Prompt("p1"), new() { Live = live, MaxTokens = 16, IgnoreEnd = true });
                while (run.Next() is { } token)
                {
                    ids.Add(token);
                    if (run.Count == 4) live.Strength = Strength.Absolute(1);
                    if (run.Count == 10) live.Vector = -live.Vector;
                }
                return [.. ids];
            }
            var model = (SteerableModel)with;
            model.Rows.Run([new Onnx.Rows.RowRequest
            {
                Prompt = folders.Tiny.Prompt("p1"), Live = live, MaxTokens = 16,
                OnToken = token =>
                {
                    ids.Add(token);
                    if (ids.Count == 4) live.Strength = Strength.Absolute(1);
                    if (ids.Count == 10) live.Vector = -live.Vector;
                    return true;
                },
            }], [], (_, _) => { }, CancellationToken.None);
            return [.. ids];
        }
        int[] ours = await Changed(folders.Tiny.Model), unsteered = [.. (await folders.Tiny.Model.CompleteAsync(folders.Tiny.Prompt("p1"), new() { MaxTokens = 16, IgnoreEnd = true })).Ids];
        Assert.Equal(ours, await Changed(engine));
        Assert.Equal(unsteered[..4], ours[..4]);
        Assert.NotEqual(unsteered, ours);
    }

    [Fact]
    public async Task One_row_draws_the_tokens_that_our_loop_draws_from_the_same_seed()
    {
        using var folders = new Folders("qwen3-untied");
        using var engine = folders.Open();
        foreach (ulong seed in (ulong[])[1, 2, 3])
            await AssertSame(folders, engine, folders.Tiny.Prompt("p1"), new() { Sampler = new SamplerOptions { Temperature = 0.9f, TopP = 0.9f, RepetitionPenalty = 1.2f }, Seed = seed, MaxTokens = 24 });
        await AssertSame(folders, engine, folders.Tiny.Prompt("p2"), new() { Sampler = new SamplerOptions { RepetitionPenalty = 1.5f }, MaxTokens = 24 });
    }

    [Fact]
    public async Task Rows_of_different_lengths_decode_together_as_they_do_in_our_loop()
    {
        using var folders = new Folders("llama3-rope");
        using var engine = folders.Open();
        int[][] prompts = [.. TinyModel.Prompts.Select(folders.Tiny.Prompt), folders.Tiny.Prompt("p2")[..13]];
        foreach (var steering in (Steering?[])[null, folders.Vector(4, Resid).At(1f, Scope.All), folders.Vector(4, Resid).At(1f, Scope.Generated)])
        {
            var options = new GenerationOptions { Steering = steering, MaxTokens = 24 };
            var (ours, theirs) = (await folders.Tiny.Model.CompleteAllAsync(prompts, options), await engine.CompleteAllAsync(prompts, options));
            for (int row = 0; row < prompts.Length; row++) { Assert.Equal(ours[row].Ids, theirs[row].Ids); Assert.Equal(ours[row].Stop, theirs[row].Stop); }
        }
    }

    [Fact]
    public async Task Text_streams_in_the_same_pieces_and_stop_strings_end_it_alike()
    {
        using var folders = new Folders("qwen3-tied");
        using var engine = folders.Open();
        int[] prompt = folders.Tiny.Model.EncodePrompt("hello there");
        Assert.Equal(prompt, engine.EncodePrompt("hello there"));
        string whole = (await folders.Tiny.Model.CompleteAsync(prompt, new() { MaxTokens = 24, IgnoreEnd = true })).Text!;
        foreach (var options in (GenerationOptions[])[new() { MaxTokens = 24, IgnoreEnd = true }, new() { MaxTokens = 24, IgnoreEnd = true, StopStrings = [whole.Substring(whole.Length / 2, 2)] }])
        {
            List<string> ours = [], theirs = [];
            await foreach (string piece in folders.Tiny.Model.GenerateAsync(prompt, options)) ours.Add(piece);
            await foreach (string piece in engine.GenerateAsync(prompt, options)) theirs.Add(piece);
            Assert.Equal(ours, theirs);
            await AssertSame(folders, engine, prompt, options);
        }
    }

    [Fact]
    public async Task A_prompt_that_ends_with_the_pad_token_is_read_to_its_end()
    {
        using var folders = new Folders("qwen3-tied");
        using var engine = folders.Open();
        int pad = folders.Tiny.Model.EndTokens[1];         // what genai_config.json has for this model
        await AssertSame(folders, engine, [.. folders.Tiny.Prompt("p1"), pad], new() { MaxTokens = 16, IgnoreEnd = true });
    }

    [Fact]
    public async Task A_cancelled_answer_ends_with_a_cancellation_and_the_next_one_is_whole()
    {
        using var folders = new Folders("qwen2");
        using var engine = folders.Open();
        using var cancel = new CancellationTokenSource();
        using (var run = engine.Start(folders.Tiny.Prompt("p1"), new() { MaxTokens = 16, IgnoreEnd = true }))
        {
            run.Next(cancel.Token);
            await cancel.CancelAsync();
            Assert.ThrowsAny<OperationCanceledException>(() => run.Next(cancel.Token));
        }
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.CompleteAsync(folders.Tiny.Prompt("p1"), new() { MaxTokens = 16 }, cancel.Token));
        await AssertSame(folders, engine, folders.Tiny.Prompt("p1"), new() { MaxTokens = 16 });
    }

    static async Task AssertSame(Folders folders, GenAIEngine engine, int[] prompt, GenerationOptions options)
    {
        var (ours, theirs) = (await folders.Tiny.Model.CompleteAsync(prompt, options), await engine.CompleteAsync(prompt, options));
        Assert.Equal(ours.Ids, theirs.Ids);
        Assert.Equal((ours.Text, ours.Stop), (theirs.Text, theirs.Stop));
    }
}
