namespace Roast.Cuda.Twins;

/// <summary>The tree in which gpu.h's <c>over_block</c> joins the values of 256 threads: warps by halves, then warps in order.</summary>
internal static class BlockTree
{
    public const int Threads = 256;
    const int Warp = 32;

    /// <summary>Sum of <paramref name="values"/> ([256], overwritten) with the device's rounding.</summary>
    public static double Sum(Span<double> values)
    {
        Span<double> next = stackalloc double[Warp];
        double sum = 0;
        for (int first = 0; first < Threads; first += Warp)
        {
            var warp = values.Slice(first, Warp);
            for (int mask = Warp / 2; mask > 0; mask /= 2)
            {
                for (int lane = 0; lane < Warp; lane++) next[lane] = warp[lane] + warp[lane ^ mask];
                next.CopyTo(warp);
            }
            sum = first == 0 ? warp[0] : sum + warp[0];
        }
        return sum;
    }
}
