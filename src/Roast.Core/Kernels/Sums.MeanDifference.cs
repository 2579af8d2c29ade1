using System.Numerics;
using System.Runtime.InteropServices;

namespace Roast.Kernels;

internal static partial class Sums
{
    /// <summary>A contrast from its sums: <c>d[i] = a[i] / countA - b[i] / countB</c>.</summary>
    /// <param name="d">[width] overwritten.</param>
    /// <param name="a">[width] sum over the correct rollouts.</param>
    /// <param name="countA">How many were summed; at least 1.</param>
    /// <param name="b">[width] sum over the incorrect rollouts.</param>
    /// <param name="countB">How many were summed; at least 1.</param>
    /// <exception cref="ArgumentException">The widths differ.</exception>
    /// <remarks>DESIGN 2.3. Two divisions and a subtraction per element, each rounded once: every path gives the twin's bits.</remarks>
    internal static void MeanDifference(Span<double> d, ReadOnlySpan<double> a, long countA, ReadOnlySpan<double> b, long countB)
    {
        WidthMismatch.ThrowIfDifferent(d.Length, a.Length, nameof(a));
        WidthMismatch.ThrowIfDifferent(d.Length, b.Length, nameof(b));
        var ds = MemoryMarshal.Cast<double, Vector<double>>(d);
        var sa = MemoryMarshal.Cast<double, Vector<double>>(a);
        var sb = MemoryMarshal.Cast<double, Vector<double>>(b);
        var (ka, kb) = (new Vector<double>(countA), new Vector<double>(countB));
        for (int i = 0; i < ds.Length; i++) ds[i] = sa[i] / ka - sb[i] / kb;
        int whole = ds.Length * Vector<double>.Count;
        MeanDifferenceTwin(d[whole..], a[whole..], countA, b[whole..], countB);
    }

    /// <summary>The meaning of <see cref="MeanDifference"/>, one value at a time.</summary>
    internal static void MeanDifferenceTwin(Span<double> d, ReadOnlySpan<double> a, long countA, ReadOnlySpan<double> b, long countB)
    {
        for (int i = 0; i < d.Length; i++) d[i] = a[i] / countA - b[i] / countB;
    }
}
