using CsCheck;
using Roast.Sampling;
using Xunit;

namespace Roast.Tests.Unit.Core.Sampling;

public class SamplerTests
{
    static readonly SamplerOptions Plain = new() { Temperature = 1 };

    [Fact]
    public void Greedy_takes_the_lowest_id_among_equal_logits()
    {
        Assert.Equal(1, Sample([0, 3, 3, -1], SamplerOptions.Greedy));
        Assert.Equal(1, Sample([-1, -0f, 0f], SamplerOptions.Greedy));      // the same number
        Assert.Equal(2, Sample([float.NegativeInfinity, -5, -4], SamplerOptions.Greedy));
        Assert.Equal(1, Sampler.ArgMax([0, 3, 3]));
    }

    [Fact]
    public void Greedy_looks_at_the_repetition_penalty() =>
        Assert.Equal(1, Sample([3, 2.9f, 0], new SamplerOptions { RepetitionPenalty = 1.5f }, history: [0, 0]));

    [Fact]
    public void A_tiny_temperature_is_greedy_and_overflows_nothing() =>
        Assert.Equal(2, Sample([1000, -1000, 1001], new SamplerOptions { Temperature = float.Epsilon }));

    [Fact]
    public void Draws_follow_the_probabilities()
    {
        float[] logits = [0, MathF.Log(2), MathF.Log(3), MathF.Log(4), float.NegativeInfinity];
        foreach (var options in new[] { Plain, Plain with { TopP = 0.9999f }, Plain with { TopK = 4 } })       // by id, by rank, by candidates
        {
            var counts = new int[5];
            for (int i = 0; i < 20_000; i++) counts[Sample(logits, options, step: i)]++;
            for (int id = 0; id < 5; id++) Assert.Equal(id < 4 ? 0.1 * (id + 1) : 0, counts[id] / 20_000.0, 0.015);     // 4 standard errors
        }
    }

    [Fact]
    public void A_draw_depends_on_seed_question_rollout_and_step_and_on_nothing_before_it()
    {
        float[] logits = Normal(300, spread: 1);
        var sampler = new Sampler();
        int[] Tokens(ulong seed, uint question, uint rollout) =>
            [.. Enumerable.Range(0, 50).Select(step => sampler.Sample(Copy(logits), [], SamplerOptions.Rollouts, new RowSeed(seed, question, rollout), step))];
        int[] first = Tokens(42, 1, 2);
        int[][] others = [Tokens(43, 1, 2), Tokens(42, 2, 2), Tokens(42, 1, 3)];
        Assert.All(others, tokens => Assert.NotEqual(first, tokens));
        Assert.Equal(first, Tokens(42, 1, 2));
        Assert.True(first.Distinct().Count() > 5, string.Join(" ", first));
    }

    [Fact]
    public void The_nucleus_is_that_of_a_full_sort() =>
        Gen.Select(Gen.Int[1, 400], Gen.Float[0.01f, 12], Gen.Float[0.001f, 1], Gen.Int[0, 50], Gen.Float[0, 0.2f], Gen.UInt).Sample((n, spread, topP, topK, minP, seed) =>
        {
            float[] logits = Normal(n, spread, seed);
            for (int i = 3; i < n; i += 5) logits[i] = logits[i - 3];       // ties
            var options = Plain with { TopP = topP, TopK = topK == 0 ? null : topK, MinP = minP };
            int[] kept = new Sampler().Distribution(Copy(logits), [], options).Ids;
            Assert.Equal(BySort(logits, options), kept);
        }, iter: 2000);

    [Fact]
    public void The_drawn_token_is_one_that_was_kept() =>
        Gen.Select(Gen.Int[1, 200], Gen.Float[0.01f, 30], Gen.Float[0.001f, 1], Gen.UInt).Sample((n, spread, topP, seed) =>
        {
            float[] logits = Normal(n, spread, seed);
            var options = Plain with { TopP = topP };
            int[] kept = new Sampler().Distribution(Copy(logits), [], options).Ids;
            for (int step = 0; step < 20; step++) Assert.Contains(Sample(logits, options, step: step), kept);
        }, iter: 200);

    [Theory]
    [InlineData(float.NaN), InlineData(float.PositiveInfinity)]
    public void A_logit_that_is_not_a_number_is_an_error_that_names_row_step_and_token(float bad)
    {
        foreach (var options in new[] { SamplerOptions.Greedy, SamplerOptions.Rollouts, Plain with { RepetitionPenalty = 1.1f } })
        {
            float[] logits = Normal(40);
            logits[33] = bad;
            var error = Assert.Throws<RoastException>(() => new Sampler().Sample(logits, [1], options, new RowSeed(42, 5, 6), step: 7));
            Assert.Equal(RoastError.NotFinite, error.Kind);
            foreach (string part in new[] { "question 5", "rollout 6", "step 7", "token 33" }) Assert.Contains(part, error.Message);
        }
    }

    [Fact]
    public void Masking_every_token_is_an_error() =>
        Assert.Contains("masked", Assert.Throws<RoastException>(() => Sample([float.NegativeInfinity, float.NegativeInfinity], Plain)).Message);

    [Fact]
    public void Misuse_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Sample([], SamplerOptions.Greedy));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sample([1], Plain, step: -1));
        Assert.Throws<ArgumentException>(() => Sample([1], Plain with { RepetitionPenalty = 2 }, history: [1]));
        Assert.Throws<ArgumentException>(() => Sample([1], Plain with { RepetitionPenalty = 2 }, history: [-1]));
    }

    [Fact]
    public void A_token_costs_no_managed_memory_once_the_vocabulary_is_known()
    {
        var sampler = new Sampler();
        float[] source = Normal(5000), logits = new float[5000];
        int[] history = [1, 2, 3];
        SamplerOptions[] all = [SamplerOptions.Greedy, SamplerOptions.Rollouts, Plain, Plain with { TopK = 20, TopP = 0.8f, MinP = 0.01f, RepetitionPenalty = 1.1f }];
        long before = 0;
        for (int i = 0; i < 20; i++)
        {
            if (i == 10) before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var options in all)
            {
                source.CopyTo(logits, 0);
                sampler.Sample(logits, history, options, new RowSeed(42), i);
            }
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>The rules word by word: sort everything, drop from below.</summary>
    static int[] BySort(float[] logits, SamplerOptions options)
    {
        double max = logits.Max();
        float least = options.TopK is { } k && k < logits.Length ? logits.OrderDescending().ElementAt(k - 1) : float.NegativeInfinity;
        int[] ids = [.. Enumerable.Range(0, logits.Length).Where(i => logits[i] >= least).OrderByDescending(i => logits[i]).ThenByDescending(i => i)];
        double Weight(int i) => Math.Exp(logits[i] - max);
        double total = ids.Sum(Weight), above = 0;
        var kept = new List<int>();
        foreach (int i in ids)
        {
            if (options.TopP < 1 && kept.Count > 0 && above >= options.TopP * total) break;
            kept.Add(i);
            above += Weight(i);
        }
        return [.. kept.Where(i => Weight(i) >= options.MinP).Order()];
    }

    static int Sample(float[] logits, SamplerOptions options, int[]? history = null, int step = 0) =>
        new Sampler().Sample(Copy(logits), history ?? [], options, new RowSeed(42), step);

    static float[] Copy(float[] logits) => [.. logits];

    static float[] Normal(int n, float spread = 2, uint seed = 1)
    {
        var values = new double[n];
        NormalDeviates.Fill(values, seed, stream: 9, index: 9);
        return Array.ConvertAll(values, x => (float)x * spread);
    }
}
