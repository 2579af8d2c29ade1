namespace Roast.Statistics;

/// <summary>McNemar's exact test for two runs over the same questions.</summary>
public static class McNemar
{
    /// <summary>How probable a split at least this uneven is when the change helps as often as it hurts.</summary>
    /// <param name="gained">Questions that only the second run answered right.</param>
    /// <param name="lost">Questions that only the first run answered right.</param>
    /// <returns>The two-sided p-value in (0, 1], or 0 where it is below 1e-308; 1 where nothing changed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A negative number.</exception>
    /// <remarks>
    /// 2 * P(X &lt;= min(gained, lost)) for X binomial with n = gained + lost and 1/2, at most 1. Exact to about 1e-12
    /// relative for any pair of integers: the largest term by Loader's expansion, the others by their ratios.
    /// </remarks>
    public static double ExactP(int gained, int lost)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(gained);
        ArgumentOutOfRangeException.ThrowIfNegative(lost);
        if (gained == lost) return 1;                                       // also 0 and 0
        long k = Math.Min(gained, lost), n = (long)gained + lost;
        double term = FairCoin.Probability(k, n), sum = term;
        for (long i = k; i > 0; i--)
        {
            term *= i / (double)(n - i + 1);                                // C(n, i-1) / C(n, i): below 1, so the terms only shrink
            sum += term;
            if (term <= sum * 1e-17) break;
        }
        return Math.Min(1, 2 * sum);
    }
}
