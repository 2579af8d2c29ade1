namespace Roast.Statistics;

/// <summary>Wilson's score interval of an accuracy.</summary>
public static class Wilson
{
    /// <summary>The interval of accuracies that <paramref name="correct"/> of <paramref name="total"/> does not contradict.</summary>
    /// <param name="correct">Right answers, 0..total.</param>
    /// <param name="total">Questions, at least 1.</param>
    /// <param name="confidence">In (0, 1).</param>
    /// <returns>Inside [0, 1]; the lower end is exactly 0 where none is correct, the upper one exactly 1 where all are.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number outside its range.</exception>
    /// <remarks>
    /// E. B. Wilson, 1927: (p + z^2/2n +- z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n). Unlike p +- z sqrt(p(1-p)/n) it
    /// covers what it promises at small n and near 0 and 1. No continuity correction.
    /// </remarks>
    public static Interval Interval(int correct, int total, double confidence = 0.95)
    {
        double p = Proportion.Checked(correct, total, nameof(correct));
        double z = Proportion.TwoSidedQuantile(confidence), n = total;
        double shrink = 1 + z * z / n;
        double centre = (p + z * z / (2 * n)) / shrink;
        double half = z / shrink * Math.Sqrt(p * (1 - p) / n + z * z / (4 * n * n));
        return new Interval(correct == 0 ? 0 : Math.Max(0, centre - half), correct == total ? 1 : Math.Min(1, centre + half));
    }
}
