using System.Globalization;
using Roast.Onnx;
using Roast.Onnx.Rows;
using Roast.Sampling;
using Roast.Tests.Integration.DefaultModel;
using Xunit;

namespace Roast.Tests.Integration.Rows;

/// <summary>
/// Rows that join, leave, are cancelled and are steered anew while others run, against the same rows alone. A few hundred
/// operations here; ROAST_SOAK=10000 runs a real soak and prints what it found.
/// </summary>
[Collection(nameof(Alone))]
public class SoakTests(TwoAnnotators reference, ITestOutputHelper output)
{
    const int Default = 300, MaxTokens = 10;
    const long ManagedGrowth = 8 << 20;                      // bytes; a leaked batch of 40 rows would pass it within some hundred operations

    static readonly string[] Places = ["mlp_act.*,attn_out.*", "resid_post.1", "attn_out.last"];

    readonly Dictionary<Script, int[]> _alone = [];

    int[][] Prompts => field ??= [.. TwoAnnotators.Problems("dev").Questions.Take(12).Select(question => reference.Model.EncodePrompt(question.Prompt))];

    [Fact]
    public void Rows_that_come_and_go_answer_as_they_do_alone_and_nothing_leaks()
    {
        int operations = int.TryParse(Environment.GetEnvironmentVariable("ROAST_SOAK"), CultureInfo.InvariantCulture, out int asked) ? asked : Default;
        var random = new Random(17);
        int rows = 0, cancelled = 0;
        long managed = 0, native = 0;
        for (int i = 0; i < operations; i++)
        {
            if (i == operations / 10) (managed, native) = (ManagedBytes(), Environment.WorkingSet);
            var scripts = Enumerable.Range(0, random.Next(1, 40)).Select(_ => Draw(random)).ToArray();
            if (random.Next(5) == 0) { Cancel(scripts, random.Next(1, 20)); cancelled++; }
            else Compare(scripts);
            rows += scripts.Length;
        }
        long grown = ManagedBytes() - managed;
        output.WriteLine($"{operations} operations, {rows} rows, {cancelled} cancelled batches; managed memory grew by {grown:N0} bytes, the working set by {Environment.WorkingSet - native:N0}, over the last nine tenths.");
        Assert.InRange(grown, long.MinValue, ManagedGrowth);
    }

    /// <summary>What is alive without the answers that this test remembers.</summary>
    long ManagedBytes()
    {
        _alone.Clear();
        _alone.TrimExcess();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    void Compare(Script[] scripts)
    {
        var together = new int[scripts.Length][];
        reference.Model.Rows.Run([.. scripts.Select(Request)], [], (i, result) => together[i] = result.Tokens, TestContext.Current.CancellationToken);
        for (int i = 0; i < scripts.Length; i++)
            Assert.True(TokensAlone(scripts[i]).SequenceEqual(together[i]), $"{scripts[i]}: alone {string.Join(',', TokensAlone(scripts[i]))}, in a batch of {scripts.Length} {string.Join(',', together[i])}");
    }

    void Cancel(Script[] scripts, int afterTokens)
    {
        using var cancel = new CancellationTokenSource();
        int seen = 0;
        var requests = scripts.Select(script => Request(script) with { OnToken = _ => { if (++seen == afterTokens) cancel.Cancel(); return true; } }).ToList();
        try { reference.Model.Rows.Run(requests, [], (_, _) => { }, cancel.Token); }
        catch (OperationCanceledException) { return; }
        // Without an exception the rows must have ended before, or in the very step in which they were cancelled.
        Assert.InRange(seen, 1, afterTokens + scripts.Length);
    }

    int[] TokensAlone(Script script)
    {
        if (!_alone.TryGetValue(script, out int[]? tokens))
        {
            reference.Model.Rows.Run([Request(script)], [], (_, result) => tokens = result.Tokens, TestContext.Current.CancellationToken);
            _alone.Add(script, tokens!);
        }
        return tokens!;
    }

    static Script Draw(Random random) => new(random.Next(12), random.Next(Places.Length + 1), random.Next(-2, 3) / 4f, (Scope)random.Next(4), random.Next(3), random.Next(4), random.Next(2) == 0 ? null : random.Next(1, MaxTokens), random.Next(1, MaxTokens + 1));

    RowRequest Request(Script script)
    {
        bool steered = script.Place < Places.Length;
        var live = steered ? new LiveSteering(reference.Vector("max_norm", Places[script.Place]).At(script.Strength, script.Scope)) : null;
        int count = 0;
        return new RowRequest
        {
            Prompt = Prompts[script.Question],
            Live = live,
            Sampler = script.Sampler == 0 ? SamplerOptions.Greedy : SamplerOptions.Rollouts,
            Seed = new RowSeed(5, (uint)script.Question, (uint)script.Seed),
            MaxTokens = MaxTokens,
            EndTokens = script.Sampler == 1 ? [] : reference.Model.EndTokenArray,
            OnToken = _ =>
            {
                count++;
                if (live is not null && count == script.ChangeAfter) live.Strength = Strength.Absolute(-script.Strength);
                return count < script.LeaveAfter;
            },
        };
    }

    /// <summary>All that decides a row's tokens: two rows of one script have the same ones.</summary>
    sealed record Script(int Question, int Place, float Strength, Scope Scope, int Sampler, int Seed, int? ChangeAfter, int LeaveAfter);
}

/// <summary>Tests that weigh the whole process: nothing runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public class Alone;
