using System.Numerics.Tensors;

namespace Roast.Contrast;

internal static partial class SymmetricEigen
{
    /// <summary>Residual over eigenvalue at which the eigenvector has all the digits that its gap leaves to float64.</summary>
    const double Converged = 1e-15;

    /// <summary>The unit eigenvector of the largest eigenvalue of a positive semidefinite matrix.</summary>
    /// <param name="a">[n, n] symmetric; not changed.</param>
    /// <remarks>
    /// Lanczos' method with full reorthogonalization (Golub and Van Loan, 10.3): one product with the matrix per step,
    /// and far fewer steps than n. The start is drawn from Philox with a fixed key, so the same matrix gives the same
    /// bits; after n steps at the latest the subspace is everything.
    /// </remarks>
    internal static double[] LargestByLanczos(double[,] a)
    {
        int n = a.GetLength(0), check = LargestForJacobi;
        List<double[]> basis = [Start(n)];
        List<double> alphas = [], betas = [];
        while (true)
        {
            double[] v = basis[^1], next = Product(a, v, n);
            alphas.Add(TensorPrimitives.Dot<double>(next, v));
            for (int pass = 0; pass < 2; pass++)                            // twice is enough: Parlett, The Symmetric Eigenvalue Problem, 6.9
                foreach (double[] u in basis) TensorPrimitives.MultiplyAdd(u, -TensorPrimitives.Dot<double>(next, u), next, next);
            double beta = TensorPrimitives.Norm<double>(next);
            bool last = basis.Count == n || beta <= Converged * alphas.Max();
            if (last || basis.Count >= check)
            {
                check += check / 2;
                var (value, ritz) = LargestOfTridiagonal(alphas, betas);
                if (last || beta * Math.Abs(ritz[^1]) <= Converged * value) return Combine(basis, ritz, n);
            }
            TensorPrimitives.Divide(next, beta, next);
            basis.Add(next);
            betas.Add(beta);
        }
    }

    static double[] Start(int n)
    {
        var start = new double[n];
        Sampling.NormalDeviates.Fill(start, seed: 0, stream: 0, index: 0);
        TensorPrimitives.Divide(start, TensorPrimitives.Norm<double>(start), start);
        return start;
    }

    static double[] Product(double[,] a, double[] v, int n)
    {
        var result = new double[n];
        var rows = System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref a[0, 0], a.Length);
        for (int i = 0; i < n; i++) result[i] = TensorPrimitives.Dot(rows.Slice(i * n, n), v);
        return result;
    }

    static (double Value, double[] Vector) LargestOfTridiagonal(List<double> diagonal, List<double> beside)
    {
        var t = new double[diagonal.Count, diagonal.Count];
        for (int i = 0; i < diagonal.Count; i++)
        {
            t[i, i] = diagonal[i];
            if (i > 0) t[i, i - 1] = t[i - 1, i] = beside[i - 1];
        }
        double[] vector = LargestByJacobi(t, out double value);
        return (value, vector);
    }

    static double[] Combine(List<double[]> basis, double[] weights, int n)
    {
        var vector = new double[n];
        for (int i = 0; i < basis.Count; i++) TensorPrimitives.MultiplyAdd(basis[i], weights[i], vector, vector);
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<double>(vector), vector);
        return vector;
    }
}
