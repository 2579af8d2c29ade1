using System.Numerics.Tensors;

namespace Roast.Sampling;

public sealed partial class Sampler
{
    /// <summary>Keeps the bound of a round below what exact arithmetic allows: rounding must not drop a token too many.</summary>
    const double Caution = 1 - 1e-9;

    /// <summary>
    /// Top-p: in ascending order (by logit, then id) tokens are dropped while their running share is at most 1 - p;
    /// then min-p. Leaves the kept tokens first among the candidates, in descending order.
    /// </summary>
    /// <remarks>
    /// Only tokens near the cut and above need sorting. Let b = (1 - p) * Z / n: n tokens that weigh at most b each
    /// have no more than the mass that may be dropped, so they are dropped whatever their order. With what is left of
    /// that mass the argument holds again among the rest. Exact, and a peaked distribution keeps a few hundred to sort.
    /// </remarks>
    int KeepNucleus(ReadOnlySpan<float> logits, ReadOnlySpan<double> weights, float least, SamplerOptions options)
    {
        var (count, total, budget) = float.IsNegativeInfinity(least)
            ? CollectHeavy(logits, weights, options.TopP)
            : CollectTop(logits, weights, least, options.TopP);
        count = DropLight(weights, count, budget);
        var sorted = _candidates.AsSpan(0, count);
        sorted.Sort();
        sorted.Reverse();
        double above = 0, mass = options.TopP * total;
        int kept = 0;
        while (kept < count && (kept == 0 || above < mass))                 // dropped from below while share <= 1 - p: kept while the mass above is < p
        {
            double weight = weights[IdOf(sorted[kept])];
            if (kept > 0 && weight < options.MinP) break;                   // the largest weight is 1, so this is its share of it
            above += weight;
            kept++;
        }
        return kept;
    }

    /// <summary>The tokens above the first bound, the mass of all, and the mass that may still be dropped.</summary>
    (int Count, double Total, double Budget) CollectHeavy(ReadOnlySpan<float> logits, ReadOnlySpan<double> weights, double topP)
    {
        double total = TensorPrimitives.Sum(weights), budget = (1 - topP) * total, bound = budget / weights.Length * Caution, dropped = 0;
        int count = 0;
        for (int id = 0; id < weights.Length; id++)
        {
            if (weights[id] > bound) _candidates[count++] = KeyOf(logits[id], id);
            else dropped += weights[id];
        }
        return (count, total, budget - dropped);
    }

    /// <summary>The tokens that top-k leaves, and their mass.</summary>
    (int Count, double Total, double Budget) CollectTop(ReadOnlySpan<float> logits, ReadOnlySpan<double> weights, float least, double topP)
    {
        double total = 0;
        int count = 0;
        for (int id = 0; id < weights.Length; id++)
        {
            if (logits[id] < least) continue;
            _candidates[count++] = KeyOf(logits[id], id);
            total += weights[id];
        }
        return (count, total, (1 - topP) * total);
    }

    /// <summary>Repeats the bound among the candidates until it removes less than a quarter of them.</summary>
    int DropLight(ReadOnlySpan<double> weights, int count, double budget)
    {
        while (true)
        {
            double bound = budget / count * Caution;
            int left = 0;
            for (int i = 0; i < count; i++)
            {
                double weight = weights[IdOf(_candidates[i])];
                if (weight > bound) _candidates[left++] = _candidates[i];
                else budget -= weight;
            }
            if (left >= count * 3 / 4) return left;
            count = left;
        }
    }
}
