using System.Numerics.Tensors;

namespace Roast.Statistics;

/// <summary>How two quantities move together.</summary>
public static class Correlation
{
    /// <summary>Pearson's correlation, in [-1, 1]; <c>null</c> where either side does not vary.</summary>
    /// <param name="x">[n] finite.</param>
    /// <param name="y">[n] finite.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double? Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length) throw new ArgumentException($"{x.Length} values against {y.Length}; a correlation needs pairs.", nameof(y));
        if (IsConstant(x) || IsConstant(y)) return null;                    // by comparison: a rounded mean would leave a little variance
        double[] dx = Centre(x), dy = Centre(y);
        double n = TensorPrimitives.Norm<double>(dx) * TensorPrimitives.Norm<double>(dy);
        return n > 0 ? Math.Clamp(TensorPrimitives.Dot<double>(dx, dy) / n, -1, 1) : null;
    }

    /// <summary>Spearman's rank correlation, equal values sharing their mean rank; <c>null</c> where either side does not vary or there are fewer than 3 pairs.</summary>
    /// <inheritdoc cref="Pearson" path="/param|/exception"/>
    public static double? Spearman(ReadOnlySpan<double> x, ReadOnlySpan<double> y) =>
        x.Length < 3 && x.Length == y.Length ? null : Pearson(Ranks(x), Ranks(y));

    static bool IsConstant(ReadOnlySpan<double> x) => x.IsEmpty || !x.ContainsAnyExcept(x[0]);

    /// <summary>x minus its mean, in units of the largest deviation, so that no square overflows or vanishes.</summary>
    static double[] Centre(ReadOnlySpan<double> x)
    {
        var result = new double[x.Length];
        TensorPrimitives.Subtract(x, TensorPrimitives.Average(x), result);
        double largest = Math.Abs(TensorPrimitives.MaxMagnitude<double>(result));
        if (largest > 0) TensorPrimitives.Divide(result, largest, result);
        return result;
    }

    static double[] Ranks(ReadOnlySpan<double> x)
    {
        var (sorted, indices, ranks) = (x.ToArray(), new int[x.Length], new double[x.Length]);
        for (int i = 0; i < indices.Length; i++) indices[i] = i;
        Array.Sort(sorted, indices);
        for (int first = 0, end; first < sorted.Length; first = end)
        {
            for (end = first + 1; end < sorted.Length && sorted[end] == sorted[first]; end++) { }
            for (int i = first; i < end; i++) ranks[indices[i]] = (first + end - 1) / 2.0;
        }
        return ranks;
    }
}
