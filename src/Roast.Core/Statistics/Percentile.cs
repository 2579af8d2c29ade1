namespace Roast.Statistics;

/// <summary>Percentiles of a sample.</summary>
public static class Percentile
{
    /// <summary>The value at a share <paramref name="p"/> of the sorted sample, by linear interpolation at (n - 1) * p.</summary>
    /// <param name="sorted">[n] ascending, at least one value.</param>
    /// <param name="p">In [0, 1].</param>
    /// <exception cref="ArgumentException">An empty sample.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is outside [0, 1] or NaN.</exception>
    /// <remarks>Hyndman and Fan's type 7, the default of numpy and R.</remarks>
    public static double Of(ReadOnlySpan<double> sorted, double p)
    {
        if (sorted.IsEmpty) throw new ArgumentException("An empty sample has no percentiles.", nameof(sorted));
        if (!(p is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(p), p, "A share must lie in [0, 1].");
        double place = (sorted.Length - 1) * p;
        int below = (int)place;
        return below + 1 < sorted.Length ? double.Lerp(sorted[below], sorted[below + 1], place - below) : sorted[^1];
    }
}
