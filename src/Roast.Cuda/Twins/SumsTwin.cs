namespace Roast.Cuda.Twins;

/// <summary>The meaning of kernels/sums.cu, with its order of additions.</summary>
internal static class SumsTwin
{
    const int ColumnsPerThread = 4;

    public static void Add(in SumsCall call)
    {
        ReadOnlySpan<int> at = call.At.Host;
        Span<double> threads = stackalloc double[BlockTree.Threads];
        for (int point = 0; point < call.Points; point++)
        {
            int from = at[point], width = at[point + 1] - from;
            var sums = call.Sums.Host.Slice(from, width);
            var row = call.Steps == 0 ? call.Row.Host.Slice(from, width) : default;
            var steps = call.Steps == 0 ? default : call.StepSums.Host.Slice(checked((int)((long)call.StepRows * from + (long)call.StepRow * width)), width);
            threads.Clear();
            ulong bad = 0;
            for (int c = 0; c < width; c++)
            {
                float x = call.Steps == 0 ? row[c] : (float)(steps[c] / call.Steps);
                sums[c] += x;
                ref double squares = ref threads[c / ColumnsPerThread % BlockTree.Threads];
                squares = Math.FusedMultiplyAdd(x, x, squares);
                if (bad == 0 && !float.IsFinite(x)) bad = (ulong)call.Tag << 33 | (ulong)(from + c) << 2 | (float.IsNaN(x) ? 0ul : x > 0 ? 1ul : 2ul);
            }
            call.Norms.Host[point] += Math.Sqrt(BlockTree.Sum(threads));
            ref ulong noted = ref call.NotFinite.Host[point];
            if (noted == 0) noted = bad;
        }
    }
}
