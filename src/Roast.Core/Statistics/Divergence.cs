using System.Numerics.Tensors;

namespace Roast.Statistics;

/// <summary>How far two next-token distributions lie apart.</summary>
public static class Divergence
{
    /// <summary>Kullback and Leibler's D(p || q) = sum p log(p / q), in nats, of the softmaxes of two rows of logits.</summary>
    /// <param name="p">[vocabulary] logits; minus infinity is a token that cannot come.</param>
    /// <param name="q">[vocabulary] logits of what p is compared with.</param>
    /// <returns>At least 0; 0 for equal distributions; infinite where p allows a token that q does not; NaN where a logit is NaN or +infinity, or all are minus infinity.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or there is no logit.</exception>
    /// <remarks>
    /// S. Kullback, R. A. Leibler, 1951. In float64, with both log-sum-exps taken after the largest logit: no exponential overflows, and adding
    /// a constant to either row changes nothing but rounding.
    /// </remarks>
    public static double KullbackLeibler(ReadOnlySpan<float> p, ReadOnlySpan<float> q)
    {
        if (p.Length != q.Length) throw new ArgumentException($"{p.Length} logits against {q.Length}; a divergence needs one vocabulary.", nameof(q));
        if (p.IsEmpty) throw new ArgumentException("A distribution needs at least one logit.", nameof(p));
        double logP = LogSumExp(p), logQ = LogSumExp(q), sum = 0;
        if (!double.IsFinite(logP) || !double.IsFinite(logQ)) return double.NaN;
        for (int i = 0; i < p.Length; i++)
        {
            double log = p[i] - logP, mass = Math.Exp(log);
            if (mass > 0) sum += mass * (log - (q[i] - logQ));      // 0 log 0 is 0
        }
        return Math.Max(0, sum);                            // never negative but for rounding; NaN stays NaN
    }

    static double LogSumExp(ReadOnlySpan<float> x)
    {
        double largest = TensorPrimitives.Max(x), sum = 0;  // NaN wins
        if (!double.IsFinite(largest)) return double.NaN;
        foreach (float value in x) sum += Math.Exp(value - largest);
        return largest + Math.Log(sum);
    }
}
