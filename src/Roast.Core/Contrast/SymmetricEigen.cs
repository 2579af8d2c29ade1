namespace Roast.Contrast;

/// <summary>Eigenvectors of small symmetric matrices.</summary>
internal static partial class SymmetricEigen
{
    const int MaxSweeps = 100;                                              // 6 to 10 are usual: convergence is quadratic

    /// <summary>Jacobi's rotations grow with the cube; above this size Lanczos' first check needs no larger ones.</summary>
    const int LargestForJacobi = 32;

    /// <summary>The unit eigenvector of the largest eigenvalue of a positive semidefinite matrix.</summary>
    /// <param name="a">[n, n] symmetric; overwritten.</param>
    internal static double[] Largest(double[,] a) => a.GetLength(0) <= LargestForJacobi ? LargestByJacobi(a, out _) : LargestByLanczos(a);

    /// <summary>The unit eigenvector of the largest eigenvalue, by Jacobi's rotations.</summary>
    /// <param name="a">[n, n] symmetric; overwritten.</param>
    /// <param name="value">The eigenvalue.</param>
    /// <remarks>Cyclic Jacobi: Golub and Van Loan, Matrix Computations, 8.5. Rotations annihilate one off-diagonal pair after another.</remarks>
    internal static double[] LargestByJacobi(double[,] a, out double value)
    {
        int n = a.GetLength(0);
        var vectors = new double[n, n];                                     // row i: the eigenvector of a[i, i]
        double trace = 0;
        for (int i = 0; i < n; i++)
        {
            vectors[i, i] = 1;
            trace += Math.Abs(a[i, i]);
        }
        for (int sweep = 0; sweep < MaxSweeps && Sweep(a, vectors, n, negligible: 1e-18 * trace); sweep++) { }
        int largest = 0;
        for (int i = 1; i < n; i++) if (a[i, i] > a[largest, largest]) largest = i;
        var result = new double[n];
        for (int j = 0; j < n; j++) result[j] = vectors[largest, j];
        value = a[largest, largest];
        return result;
    }

    /// <summary>Rotates every pair once; <c>false</c> where nothing was left to rotate.</summary>
    static bool Sweep(double[,] a, double[,] vectors, int n, double negligible)
    {
        bool rotated = false;
        for (int p = 0; p < n - 1; p++)
            for (int q = p + 1; q < n; q++)
            {
                if (Math.Abs(a[p, q]) <= negligible) continue;
                double theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
                double t = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
                if (t == 0) continue;                                       // the angle vanishes in float64: nothing would change
                double c = 1 / Math.Sqrt(t * t + 1);
                Rotate(a, vectors, n, p, q, c, t * c);
                rotated = true;
            }
        return rotated;
    }

    static void Rotate(double[,] a, double[,] vectors, int n, int p, int q, double c, double s)
    {
        for (int k = 0; k < n; k++) (a[k, p], a[k, q]) = (c * a[k, p] - s * a[k, q], s * a[k, p] + c * a[k, q]);
        for (int k = 0; k < n; k++) (a[p, k], a[q, k]) = (c * a[p, k] - s * a[q, k], s * a[p, k] + c * a[q, k]);
        a[p, q] = a[q, p] = 0;
        for (int k = 0; k < n; k++) (vectors[p, k], vectors[q, k]) = (c * vectors[p, k] - s * vectors[q, k], s * vectors[p, k] + c * vectors[q, k]);
    }
}
