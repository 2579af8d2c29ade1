using System.Numerics;
using System.Runtime.InteropServices;

namespace Roast.Kernels;

internal static partial class Sums
{
    /// <summary>Sum of the squares of a row in float64: cannot overflow, since a float32 squared is at most 1.2e77.</summary>
    /// <param name="row">[width] activations.</param>
    /// <returns>|row|^2; 0 for an empty row.</returns>
    /// <remarks>The vector path adds in another order than the twin: they agree to width * 2^-53, relative.</remarks>
    internal static double SquareOf(ReadOnlySpan<float> row)
    {
        var rows = MemoryMarshal.Cast<float, Vector<float>>(row);
        var (even, odd) = (Vector<double>.Zero, Vector<double>.Zero);
        foreach (var x in rows)
        {
            Vector.Widen(x, out var low, out var high);
            even += low * low;
            odd += high * high;
        }
        return Vector.Sum(even + odd) + SquareOfTwin(row[(rows.Length * Vector<float>.Count)..]);
    }

    /// <summary>The meaning of <see cref="SquareOf"/>, one value at a time.</summary>
    internal static double SquareOfTwin(ReadOnlySpan<float> row)
    {
        double sum = 0;
        foreach (float x in row) sum += (double)x * x;
        return sum;
    }
}
