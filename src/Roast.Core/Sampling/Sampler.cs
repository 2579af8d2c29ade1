using System.Numerics.Tensors;

namespace Roast.Sampling;

/// <summary>
/// Chooses tokens from logits by the rules of transformers' processors, without allocating once it has met the
/// vocabulary. Holds scratch memory only (at most 24 bytes a vocabulary entry), so one sampler serves all rows of a
/// loop, one after the other. Not thread-safe.
/// </summary>
public sealed partial class Sampler
{
    double[] _weights = [];                                                 // [vocabulary] exp(z - max), by token id
    ulong[] _candidates = [];                                               // [vocabulary] sortable keys: logit above, id below
    int[] _seen = [];                                                       // [vocabulary] the call in which the id was penalized
    int _call;

    /// <summary>Chooses the next token of one row.</summary>
    /// <param name="logits">[vocabulary] scores of the next token; -infinity masks a token. Scratch: overwritten.</param>
    /// <param name="history">Token ids that the repetition penalty looks at, prompt included; may repeat. Not read when the penalty is 1.</param>
    /// <param name="options">The rules.</param>
    /// <param name="seed">The row's identity; not read when greedy.</param>
    /// <param name="step">Number of the new token, from 0.</param>
    /// <returns>A token id.</returns>
    /// <exception cref="ArgumentException">No logits, or a token id in the history that the vocabulary does not have.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is negative.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.NotFinite"/>: NaN or +infinity among the logits, or all masked.</exception>
    /// <remarks>The draw inverts the cumulative sum in float64, over the kept tokens in an order that depends on this row's logits alone.</remarks>
    public int Sample(Span<float> logits, ReadOnlySpan<int> history, SamplerOptions options, in RowSeed seed, int step)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        float max = Prepare(logits, history, options, seed, step);
        if (options.IsGreedy) return ArgMax(logits, max);
        int count = Keep(logits, max, options);
        return count == All ? DrawFromAll(logits.Length, seed.Uniform(step)) : DrawFromKept(count, seed.Uniform(step));
    }

    /// <summary>The lowest id among the largest logits.</summary>
    /// <param name="logits">[vocabulary] not changed.</param>
    /// <exception cref="ArgumentException">No logits.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.NotFinite"/>: NaN or +infinity among the logits, or all masked.</exception>
    public static int ArgMax(ReadOnlySpan<float> logits) => ArgMax(logits, CheckedMax(logits, "The logits"));

    static int ArgMax(ReadOnlySpan<float> logits, float max) =>
        logits.IndexOf(max);                                                // by value: -0 and +0 tie, which TensorPrimitives.IndexOfMax tells apart

    /// <summary>The kept ids in ascending order and their probabilities: what <see cref="Sample"/> draws from.</summary>
    internal (int[] Ids, double[] Probabilities) Distribution(Span<float> logits, ReadOnlySpan<int> history, SamplerOptions options)
    {
        float max = Prepare(logits, history, options, default, 0);
        int count = Keep(logits, max, options);
        var ids = new List<int>();
        if (count != All) foreach (ulong key in _candidates.AsSpan(0, count)) ids.Add(IdOf(key));
        else for (int id = 0; id < logits.Length; id++) if (logits[id] != float.NegativeInfinity) ids.Add(id);
        ids.Sort();
        double[] weights = [.. ids.Select(id => _weights[id])];
        double total = weights.Sum();
        return ([.. ids], Array.ConvertAll(weights, w => w / total));
    }

    /// <summary>Repetition penalty, checks and the largest logit.</summary>
    float Prepare(Span<float> logits, ReadOnlySpan<int> history, SamplerOptions options, in RowSeed seed, int step)
    {
        if (options.RepetitionPenalty != 1) Penalize(logits, history, options.RepetitionPenalty);
        float max = TensorPrimitives.Max<float>(logits);                    // NaN where there is one
        return float.IsFinite(max) ? max : CheckedMax(logits, $"The logits of question {seed.Question}, rollout {seed.Rollout}, step {step}");
    }

    void Penalize(Span<float> logits, ReadOnlySpan<int> history, float penalty)
    {
        if (_seen.Length < logits.Length) (_seen, _call) = (new int[logits.Length], 0);
        if (_call == int.MaxValue) { Array.Clear(_seen); _call = 0; }
        _call++;
        foreach (int id in history)
        {
            if ((uint)id >= (uint)logits.Length)
                throw new ArgumentException($"The history holds token {id}, but there are {logits.Length} logits; ids must lie in 0..{logits.Length - 1}.", nameof(history));
            if (_seen[id] == _call) continue;
            _seen[id] = _call;
            logits[id] = logits[id] > 0 ? logits[id] / penalty : logits[id] * penalty;
        }
    }

    static float CheckedMax(ReadOnlySpan<float> logits, string what)
    {
        if (logits.IsEmpty) throw new ArgumentException("There are no logits to choose from.", nameof(logits));
        float max = TensorPrimitives.Max(logits);
        if (float.IsFinite(max)) return max;
        if (float.IsNegativeInfinity(max))
            throw new RoastException(RoastError.NotFinite, $"{what} are all -infinity: every token is masked, so none can be chosen.");
        int bad = 0;
        while (!float.IsNaN(logits[bad]) && !float.IsPositiveInfinity(logits[bad])) bad++;
        throw new RoastException(RoastError.NotFinite, $"{what} hold {logits[bad]} at token {bad} of {logits.Length}; every logit must be a number or -infinity. " +
            "Lower the steering strength, or run the model in float32.");
    }
}
