using System.Numerics.Tensors;

namespace Roast.Contrast;

public static partial class ContrastAnalysis
{
    /// <summary>[width] the share of |v|^2 that the 1, 2, ... width largest magnitudes hold, rising to exactly 1; <c>null</c> for a zero vector.</summary>
    /// <param name="vector">[width] finite.</param>
    /// <remarks>A line along the diagonal is a vector spread evenly; one that rises at once, a vector of few dimensions.</remarks>
    public static double[]? EnergyCurve(ReadOnlySpan<double> vector)
    {
        double largest = vector.IsEmpty ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(vector));
        if (largest == 0) return null;
        var curve = new double[vector.Length];
        TensorPrimitives.Divide(vector, largest, curve);
        TensorPrimitives.Multiply(curve, curve, curve);
        Array.Sort(curve);
        Array.Reverse(curve);
        double total = 0, sum = 0;
        for (int i = curve.Length - 1; i >= 0; i--) total += curve[i];     // the smallest first: these sums lose the least
        for (int i = 0; i < curve.Length; i++) curve[i] = Math.Min(1, (sum += curve[i]) / total);
        curve[^1] = 1;
        return curve;
    }
}
