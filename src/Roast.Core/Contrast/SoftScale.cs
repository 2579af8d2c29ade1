using System.Numerics.Tensors;

namespace Roast.Contrast;

/// <summary>Soft scaling of one contrast, in place.</summary>
public static class SoftScale
{
    /// <summary>A contrast whose size is at most this carries no direction: <c>max_norm</c> and <c>l2_norm</c> turn it into zeros.</summary>
    public const double Epsilon = 1e-8;

    /// <summary>Scales a contrast in place.</summary>
    /// <param name="contrast">[width] the contrast d, finite; overwritten. An empty one is degenerate.</param>
    /// <param name="scaling">Each scaling measures the size by its own quantity: max|d| or |d|. Softmax and none know no threshold.</param>
    /// <returns><c>false</c>: degenerate, <paramref name="contrast"/> is all zeros now.</returns>
    /// <exception cref="RoastException"><see cref="RoastError.NotFinite"/>: a value is NaN or infinite.</exception>
    /// <remarks>ROAST, arXiv 2602.14143. Nothing overflows and no square vanishes for any finite float64 input.</remarks>
    public static bool Apply(Span<double> contrast, SoftScaling scaling)
    {
        if (contrast.IsEmpty) return false;
        double max = Math.Abs(TensorPrimitives.MaxMagnitude<double>(contrast));
        if (!double.IsFinite(max))
            throw new RoastException(RoastError.NotFinite, $"A contrast of width {contrast.Length} holds {max}; every value must be finite. Look for NaN or infinity in the activations it was made from.");
        if (max == 0) { contrast.Clear(); return false; }                  // -0 becomes +0 too
        switch (scaling)
        {
            case SoftScaling.None: return true;
            case SoftScaling.MaxNorm when max > Epsilon: TensorPrimitives.Divide(contrast, max, contrast); return true;
            case SoftScaling.L2Norm when max * NormInUnitsOf(max, contrast) is var norm && norm > Epsilon: Normalize(contrast, max, norm); return true;
            case SoftScaling.Softmax: Softmax(contrast, max); return true;
            case SoftScaling.MaxNorm or SoftScaling.L2Norm: contrast.Clear(); return false;
            default: throw new ArgumentOutOfRangeException(nameof(scaling), scaling, "Not a soft scaling.");
        }
    }

    /// <summary>|d| / max|d|: between 1 and sqrt(width), so its squares neither overflow nor vanish.</summary>
    static double NormInUnitsOf(double max, ReadOnlySpan<double> d)
    {
        double sum = 0;
        foreach (double x in d) sum += x / max * (x / max);
        return Math.Sqrt(sum);
    }

    static void Normalize(Span<double> d, double max, double norm)
    {
        if (double.IsFinite(norm)) { TensorPrimitives.Divide(d, norm, d); return; }
        TensorPrimitives.Divide(d, max, d);                                 // |d| itself is above 1.8e308: two steps
        TensorPrimitives.Divide(d, NormInUnitsOf(1, d), d);
    }

    static void Softmax(Span<double> d, double max)
    {
        double sum = 0;
        for (int i = 0; i < d.Length; i++)
        {
            double e = Math.Exp(Math.Abs(d[i]) - max);                      // shifted: the largest exponent is 0
            sum += e;                                                       // a zero has no sign but its share of the sum
            d[i] = e * Math.Sign(d[i]);
        }
        TensorPrimitives.Multiply(d, d.Length / sum, d);
    }
}
