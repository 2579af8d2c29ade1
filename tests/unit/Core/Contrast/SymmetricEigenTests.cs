using Roast.Contrast;
using Roast.Sampling;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Core.Contrast;

public class SymmetricEigenTests
{
    [Theory]
    [InlineData(1), InlineData(2), InlineData(31), InlineData(33), InlineData(97), InlineData(150)]
    public void Lanczos_and_Jacobi_find_the_same_eigenvector_of_a_matrix_without_a_large_gap(int n)
    {
        double[,] a = Gram(n, 2 * n);
        double[] lanczos = SymmetricEigen.LargestByLanczos(a), again = SymmetricEigen.LargestByLanczos(a), jacobi = SymmetricEigen.LargestByJacobi((double[,])a.Clone(), out double value);
        Assert.Equal(lanczos, again);
        AssertEigenvector(a, lanczos, value);
        AssertEigenvector(a, jacobi, value);
        Assert.Equal(1, Math.Abs(lanczos.Zip(jacobi).Sum(p => p.First * p.Second)), Tolerance.Analyses);
    }

    [Fact]
    public void Rank_one_and_diagonal_matrices_end_early()
    {
        var ones = new double[120, 120];
        foreach (ref double x in System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref ones[0, 0], ones.Length)) x = 1;
        AssertEigenvector(ones, SymmetricEigen.Largest((double[,])ones.Clone()), 120);
        var diagonal = new double[120, 120];
        for (int i = 0; i < 120; i++) diagonal[i, i] = i == 77 ? 3 : 1;
        Assert.Equal(1, Math.Abs(SymmetricEigen.Largest(diagonal)[77]), Tolerance.Analyses);
    }

    [Fact]
    public void The_first_component_of_many_questions_is_the_direction_in_which_they_differ()
    {
        var rows = new List<ReadOnlyMemory<double>>();
        for (uint q = 0; q < 300; q++)
        {
            double[] row = Draw(400, q);
            for (int i = 0; i < 200; i++) row[i] += (q % 2 == 0 ? 3 : -2) + i * 0.001;
            rows.Add(row);
        }
        double[] component = PrincipalComponent.First(rows);
        Assert.Equal(1, Math.Sqrt(component.Sum(x => x * x)), Tolerance.Float64Sums);
        Assert.True(component[..200].Sum() / Math.Sqrt(200) > 0.99);        // cosine to the first half's ones; the mean contrast is positive there
    }

    static void AssertEigenvector(double[,] a, double[] v, double value)
    {
        for (int i = 0; i < v.Length; i++)
        {
            double product = 0;
            for (int j = 0; j < v.Length; j++) product += a[i, j] * v[j];
            Assert.Equal(value * v[i], product, 1e-12 * value);
        }
        Assert.Equal(1, v.Sum(x => x * x), Tolerance.Float64Sums);
    }

    static double[,] Gram(int n, int width)
    {
        double[][] rows = [.. Enumerable.Range(0, n).Select(i => Draw(width, (uint)i))];
        var gram = new double[n, n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) gram[i, j] = rows[i].Zip(rows[j]).Sum(p => p.First * p.Second);
        return gram;
    }

    static double[] Draw(int n, uint index)
    {
        var values = new double[n];
        NormalDeviates.Fill(values, seed: 11, stream: 3, index);
        return values;
    }
}
