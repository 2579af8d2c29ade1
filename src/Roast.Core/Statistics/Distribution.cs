using System.Numerics.Tensors;

namespace Roast.Statistics;

/// <summary>A sample in a few numbers: what a plot or a table needs of thousands of values.</summary>
/// <param name="Count">Values.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Quantiles">[7] the least value, the 5 %, 25 %, 50 %, 75 % and 95 % quantiles, and the largest value.</param>
/// <param name="Range">The ends of the histogram.</param>
/// <param name="Histogram">[bins] values in each of the bins of equal width; a value on a border belongs to the bin above, the upper end to the last one.</param>
public sealed record Distribution(int Count, double Mean, IReadOnlyList<double> Quantiles, Interval Range, IReadOnlyList<int> Histogram)
{
    static readonly double[] Shares = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1];

    /// <summary>Sums a sample up.</summary>
    /// <param name="values">[n] at least one; each inside <paramref name="range"/>.</param>
    /// <param name="range">Low below high.</param>
    /// <param name="bins">Bins of the histogram, at least 1.</param>
    /// <exception cref="ArgumentException">No value, one outside the range, or a range without width.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bins"/> is below 1.</exception>
    /// <remarks>Quantiles as <see cref="Percentile"/> takes them.</remarks>
    public static Distribution Of(ReadOnlySpan<double> values, Interval range, int bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        if (values.IsEmpty) throw new ArgumentException("An empty sample has no distribution.", nameof(values));
        if (!(range.Width > 0)) throw new ArgumentException($"The range [{range.Low}, {range.High}] has no width.", nameof(range));
        double[] sorted = values.ToArray();
        Array.Sort(sorted);                                 // NaN comes first
        if (!range.Contains(sorted[0]) || !range.Contains(sorted[^1])) throw new ArgumentException($"Values from {sorted[0]} to {sorted[^1]} do not lie in [{range.Low}, {range.High}].", nameof(values));
        var histogram = new int[bins];
        foreach (double value in sorted) histogram[Math.Min(bins - 1, (int)((value - range.Low) / range.Width * bins))]++;
        return new Distribution(sorted.Length, TensorPrimitives.Average<double>(sorted), [.. Shares.Select(p => Percentile.Of(sorted, p))], range, histogram);
    }
}
