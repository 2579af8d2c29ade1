namespace Roast.Cuda.Twins;

/// <summary>The meaning of kernels/norms.cu, with its order of additions.</summary>
internal static class NormsTwin
{
    public static void Norms(ActivationView x, Span<double> norms)
    {
        var row = new float[x.Width];
        Span<double> threads = stackalloc double[BlockTree.Threads];
        int columns = x.Type.PerThread();
        for (int r = 0; r < x.Rows; r++)
        {
            Elements.Read(x, r, row);
            threads.Clear();
            for (int c = 0; c < row.Length; c++)
            {
                ref double sum = ref threads[c / columns % BlockTree.Threads];
                sum = Math.FusedMultiplyAdd(row[c], row[c], sum);
            }
            norms[r] = Math.Sqrt(BlockTree.Sum(threads));
        }
    }
}
