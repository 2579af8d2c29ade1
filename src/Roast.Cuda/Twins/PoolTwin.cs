namespace Roast.Cuda.Twins;

/// <summary>The meaning of kernels/pool.cu, with its order of additions.</summary>
internal static class PoolTwin
{
    const int Warps = 8;

    public static void Last(ActivationView x, ReadOnlySpan<int> rows, Span<float> pooled)
    {
        for (int b = 0; b < rows.Length; b++) Elements.Read(x, rows[b], pooled.Slice(b * x.Width, x.Width));
    }

    public static void Add(ActivationView x, ReadOnlySpan<byte> mask, Span<double> sums)
    {
        var row = new float[x.Width];
        for (int r = 0; r < x.Rows; r++)
        {
            if (mask[r] == 0) continue;
            Elements.Read(x, r, row);
            var sum = sums.Slice(r * x.Width, x.Width);
            for (int c = 0; c < row.Length; c++) sum[c] += row[c];
        }
    }

    public static void Mean(ActivationView x, ReadOnlySpan<int> first, ReadOnlySpan<int> end, ReadOnlySpan<byte> mask, Span<float> pooled)
    {
        var (row, sum, part) = (new float[x.Width], new double[x.Width], new double[x.Width]);
        for (int b = 0; b < first.Length; b++)
        {
            sum.AsSpan().Clear();
            int seen = 0;
            for (int warp = 0; warp < Warps; warp++)         // each sums every eighth row, then they are joined in order
            {
                part.AsSpan().Clear();
                for (int r = first[b] + warp; r < end[b]; r += Warps)
                {
                    if (!mask.IsEmpty && mask[r] == 0) continue;
                    seen++;
                    Elements.Read(x, r, row);
                    for (int c = 0; c < row.Length; c++) part[c] += row[c];
                }
                for (int c = 0; c < part.Length; c++) sum[c] += part[c];
            }
            var to = pooled.Slice(b * x.Width, x.Width);
            for (int c = 0; c < to.Length; c++) to[c] = seen > 0 ? (float)(sum[c] / seen) : 0;
        }
    }
}
