namespace Roast.Statistics;

/// <summary>How well a score tells two groups apart.</summary>
public static class MannWhitney
{
    /// <summary>The area under the ROC curve: the share of pairs in which the positive scores higher, a tie counting one half.</summary>
    /// <param name="positive">[n] scores, none NaN.</param>
    /// <param name="negative">[m] scores, none NaN.</param>
    /// <returns>In [0, 1]: 1 where every positive is above every negative, 0.5 where the score says nothing; <c>null</c> where a group is empty.</returns>
    /// <exception cref="ArgumentException">A score is NaN.</exception>
    /// <remarks>
    /// U / (n m), with U from the positives' rank sum and mean ranks for ties (H. B. Mann, D. R. Whitney, 1947). Time is that of sorting,
    /// not of visiting n*m pairs. Twice the wins are counted in whole numbers, so the result is exact up to one division.
    /// </remarks>
    public static double? Auc(ReadOnlySpan<double> positive, ReadOnlySpan<double> negative)
    {
        if (positive.IsEmpty || negative.IsEmpty) return null;
        double[] p = Sorted(positive, nameof(positive)), n = Sorted(negative, nameof(negative));
        Int128 doubledWins = 0;                             // 2 for a win, 1 for a tie; n * m may pass 2^63 only for absurd samples, but costs nothing to allow
        int below = 0, notAbove = 0;
        foreach (double score in p)
        {
            while (below < n.Length && n[below] < score) below++;
            while (notAbove < n.Length && n[notAbove] <= score) notAbove++;
            doubledWins += below + (long)notAbove;
        }
        return (double)doubledWins / (2.0 * p.Length * n.Length);
    }

    static double[] Sorted(ReadOnlySpan<double> scores, string name)
    {
        double[] sorted = scores.ToArray();
        if (Array.Exists(sorted, double.IsNaN)) throw new ArgumentException("A score is NaN, which has no rank; scores must be numbers.", name);
        Array.Sort(sorted);
        return sorted;
    }
}
