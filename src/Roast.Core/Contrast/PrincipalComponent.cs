using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Roast.Contrast;

/// <summary>The first principal component of the centred contrasts: a baseline that asks how questions differ.</summary>
public static class PrincipalComponent
{
    /// <summary>The first component of the questions' contrasts at a point.</summary>
    /// <param name="solution">At least two questions used.</param>
    /// <param name="point">A point of its layout.</param>
    /// <exception cref="KeyNotFoundException">The layout does not have the point.</exception>
    /// <inheritdoc cref="First(IReadOnlyList{ReadOnlyMemory{double}})"/>
    public static double[] First(ContrastSolution solution, Point point)
    {
        ArgumentNullException.ThrowIfNull(solution);
        return First([.. Enumerable.Range(0, solution.Used.Count).Select(i => solution.Contrast(point, i))]);
    }

    /// <summary>The first component of contrasts.</summary>
    /// <param name="contrasts">[questions][width] all of one width, at least two.</param>
    /// <returns>[width] of length 1; its product with the mean contrast is not negative.</returns>
    /// <exception cref="ArgumentException">Contrasts of different widths.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.NoContrast"/>: fewer than two contrasts, or all are equal.</exception>
    /// <remarks>
    /// Eigenvector of the smaller Gram matrix, [questions, questions] or [width, width]: by Jacobi's rotations where it
    /// is small, else by Lanczos' method from a fixed start. Deterministic; accurate to about 1e-15 / gap of the two
    /// largest singular values, relative.
    /// </remarks>
    public static double[] First(IReadOnlyList<ReadOnlyMemory<double>> contrasts)
    {
        ArgumentNullException.ThrowIfNull(contrasts);
        if (contrasts.Count < 2) throw new RoastException(RoastError.NoContrast, $"A principal component needs the contrasts of at least two questions; there are {contrasts.Count}.");
        int width = contrasts[0].Length;
        double[] mean = Mean(contrasts, width);
        double[][] centred = Centre(contrasts, mean);
        double[] component = contrasts.Count <= width ? FromRows(centred, width) : FromColumns(centred, width);
        double norm = TensorPrimitives.Norm<double>(component);
        TensorPrimitives.Divide(component, TensorPrimitives.Dot<double>(component, mean) < 0 ? -norm : norm, component);
        return component;
    }

    static double[] Mean(IReadOnlyList<ReadOnlyMemory<double>> contrasts, int width)
    {
        var mean = new double[width];
        foreach (var contrast in contrasts)
        {
            Kernels.WidthMismatch.ThrowIfDifferent(width, contrast.Length, nameof(contrasts));
            TensorPrimitives.Add(mean, contrast.Span, mean);
        }
        TensorPrimitives.Divide(mean, contrasts.Count, mean);
        return mean;
    }

    /// <summary>Contrasts minus their mean, in units of the largest magnitude, so that no square overflows or vanishes.</summary>
    static double[][] Centre(IReadOnlyList<ReadOnlyMemory<double>> contrasts, double[] mean)
    {
        var centred = new double[contrasts.Count][];
        double largest = 0;
        for (int q = 0; q < centred.Length; q++)
        {
            TensorPrimitives.Subtract(contrasts[q].Span, mean, centred[q] = new double[mean.Length]);
            largest = Math.Max(largest, Math.Abs(TensorPrimitives.MaxMagnitude<double>(centred[q])));
        }
        if (!(largest > 0)) throw new RoastException(RoastError.NoContrast, $"All {centred.Length} contrasts are equal, so they have no principal component. Use their mean.");
        foreach (double[] row in centred) TensorPrimitives.Divide(row, largest, row);
        return centred;
    }

    /// <summary>Eigenvector of X X^T, carried over to the columns: X^T u.</summary>
    static double[] FromRows(double[][] x, int width)
    {
        var gram = new double[x.Length, x.Length];
        for (int i = 0; i < x.Length; i++)
            for (int j = 0; j <= i; j++) gram[i, j] = gram[j, i] = TensorPrimitives.Dot<double>(x[i], x[j]);
        double[] u = SymmetricEigen.Largest(gram);
        var component = new double[width];
        for (int q = 0; q < x.Length; q++) TensorPrimitives.MultiplyAdd(x[q], u[q], component, component);
        return component;
    }

    /// <summary>Eigenvector of X^T X.</summary>
    static double[] FromColumns(double[][] x, int width)
    {
        var gram = new double[width, width];
        for (int i = 0; i < width; i++)
        {
            var sums = MemoryMarshal.CreateSpan(ref gram[i, 0], width);
            foreach (double[] row in x) TensorPrimitives.MultiplyAdd(row, row[i], sums, sums);
        }
        return SymmetricEigen.Largest(gram);
    }
}
