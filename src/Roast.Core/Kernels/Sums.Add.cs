using System.Numerics;
using System.Runtime.InteropServices;

namespace Roast.Kernels;

/// <summary>Sums over rollouts: float32 in, float64 kept.</summary>
internal static partial class Sums
{
    /// <summary><c>sum[i] += row[i]</c>, each addition in float64.</summary>
    /// <param name="sum">[width] overwritten.</param>
    /// <param name="row">[width] activations of one rollout.</param>
    /// <exception cref="ArgumentException">The widths differ.</exception>
    /// <remarks>
    /// One addition per element, so every path gives the twin's bits. Roof: 20 bytes a value. Own code because
    /// TensorPrimitives converts only into a buffer: that would be a second pass over memory.
    /// </remarks>
    internal static void Add(Span<double> sum, ReadOnlySpan<float> row)
    {
        WidthMismatch.ThrowIfDifferent(sum.Length, row.Length, nameof(row));
        var rows = MemoryMarshal.Cast<float, Vector<float>>(row);
        int whole = rows.Length * Vector<float>.Count;
        var sums = MemoryMarshal.Cast<double, Vector<double>>(sum[..whole]);      // two vectors of doubles for one of floats
        for (int i = 0; i < rows.Length; i++)
        {
            Vector.Widen(rows[i], out var low, out var high);
            sums[2 * i] += low;
            sums[2 * i + 1] += high;
        }
        AddTwin(sum[whole..], row[whole..]);
    }

    /// <summary>The meaning of <see cref="Add"/>, one value at a time.</summary>
    internal static void AddTwin(Span<double> sum, ReadOnlySpan<float> row)
    {
        for (int i = 0; i < row.Length; i++) sum[i] += row[i];
    }
}
