using System.Numerics.Tensors;
using Roast.Statistics;

namespace Roast.Contrast;

/// <summary>What the questions' contrasts say about the vector that was made of them.</summary>
public static partial class ContrastAnalysis
{
    /// <summary>[width] per dimension, the share of questions whose contrast has the vector's sign; a zero on either side does not agree.</summary>
    /// <exception cref="KeyNotFoundException">The layout does not have the point.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.NoContrast"/>: no question gave a contrast.</exception>
    public static double[] SignConsistency(ContrastSolution solution, Point point)
    {
        ArgumentNullException.ThrowIfNull(solution);
        var vector = solution.Vector(point);
        var agreeing = new int[vector.Length];
        for (int q = 0; q < solution.Used.Count; q++)
        {
            var contrast = solution.Contrast(point, q).Span;
            for (int i = 0; i < vector.Length; i++)
                if (Math.Sign(contrast[i]) * Math.Sign(vector[i]) > 0) agreeing[i]++;       // signs: a product of small values would vanish
        }
        return Array.ConvertAll(agreeing, n => (double)n / solution.Used.Count);
    }

    /// <summary>[used] the cosine of each question's unscaled contrast to the vector, in the order of <see cref="ContrastSolution.Used"/>.</summary>
    /// <inheritdoc cref="SignConsistency" path="/exception"/>
    public static double[] Cosines(ContrastSolution solution, Point point)
    {
        ArgumentNullException.ThrowIfNull(solution);
        var vector = solution.Vector(point);
        var cosines = new double[solution.Used.Count];
        for (int q = 0; q < cosines.Length; q++) cosines[q] = Cosine(solution.Contrast(point, q).Span, vector);
        return cosines;
    }

    /// <summary>The cosine of the angle between two vectors, in [-1, 1]; 0 where one of them is zero.</summary>
    /// <param name="a">[width] finite.</param>
    /// <param name="b">[width] finite.</param>
    /// <exception cref="ArgumentException">The widths differ.</exception>
    public static double Cosine(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Kernels.WidthMismatch.ThrowIfDifferent(a.Length, b.Length, nameof(b));
        if (a.IsEmpty) return 0;
        double largestA = Math.Abs(TensorPrimitives.MaxMagnitude(a)), largestB = Math.Abs(TensorPrimitives.MaxMagnitude(b));
        if (largestA == 0 || largestB == 0) return 0;
        double ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double x = a[i] / largestA, y = b[i] / largestB;                // the angle does not change, and no product overflows or vanishes
            ab += x * y;
            aa += x * x;
            bb += y * y;
        }
        return Math.Clamp(ab / Math.Sqrt(aa * bb), -1, 1);
    }

    /// <summary>The share of |v|^2 that the k largest magnitudes hold, in [0, 1]; <c>null</c> for a zero vector.</summary>
    /// <param name="vector">[width] finite.</param>
    /// <param name="k">0..width.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is outside its range.</exception>
    public static double? EnergyKept(ReadOnlySpan<double> vector, int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, vector.Length);
        double largest = vector.IsEmpty ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(vector));
        if (largest == 0) return null;
        var energies = new double[vector.Length];
        TensorPrimitives.Divide(vector, largest, energies);
        TensorPrimitives.Multiply(energies, energies, energies);
        Array.Sort(energies);                                               // ascending: sums over the smallest first lose the least
        double rest = TensorPrimitives.Sum<double>(energies.AsSpan(0, vector.Length - k));
        double kept = TensorPrimitives.Sum<double>(energies.AsSpan(vector.Length - k));
        return kept / (kept + rest);
    }

    /// <summary>Pearson's correlation of |v| and sign consistency over the dimensions of a point; <c>null</c> where one of them does not vary.</summary>
    /// <inheritdoc cref="SignConsistency" path="/exception"/>
    public static double? MagnitudeAgainstConsistency(ContrastSolution solution, Point point) =>
        Correlation.Pearson(Magnitudes(solution, point), SignConsistency(solution, point));

    /// <summary>Spearman's rank correlation of |v| and sign consistency over the dimensions of a point; <c>null</c> where one of them does not vary, or the width is below 3.</summary>
    /// <inheritdoc cref="SignConsistency" path="/exception"/>
    public static double? MagnitudeRankAgainstConsistency(ContrastSolution solution, Point point) =>
        Correlation.Spearman(Magnitudes(solution, point), SignConsistency(solution, point));

    static double[] Magnitudes(ContrastSolution solution, Point point)
    {
        ArgumentNullException.ThrowIfNull(solution);
        double[] magnitudes = solution.Vector(point).ToArray();
        TensorPrimitives.Abs(magnitudes, magnitudes);
        return magnitudes;
    }
}
