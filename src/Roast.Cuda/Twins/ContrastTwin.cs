using Roast.Contrast;

namespace Roast.Cuda.Twins;

/// <summary>The meaning of kernels/contrast.cu, with its order of additions.</summary>
internal static class ContrastTwin
{
    const int ColumnsPerThread = 4, Groups = 8;

    public static void Contrast(in ContrastCall call)
    {
        int width = call.Rows.Width, pitch = ContrastCall.Pitch(width);
        var (a, b, row) = (new double[width], new double[width], new float[width]);
        for (int q = 0; q < call.Questions; q++)
        {
            var d = call.Differences.Host.Slice(q * pitch, pitch);
            d.Clear();
            var correct = Segment(call.CorrectAt, call.Correct, q);
            var incorrect = Segment(call.IncorrectAt, call.Incorrect, q);
            bool both = !correct.IsEmpty && !incorrect.IsEmpty;
            if (both)
            {
                Sum(call.Rows, correct, row, a);
                Sum(call.Rows, incorrect, row, b);
                for (int c = 0; c < width; c++) d[c] = a[c] / correct.Length - b[c] / incorrect.Length;
            }
            (call.Sizes.Host[q], call.States.Host[q], call.Votes.Host[q]) = Judge(d[..width], both, call.Weights.Host[q], call.Scaling);
        }
    }

    public static void ContrastSums(in ContrastSumsCall call)
    {
        int width = call.Width, pitch = ContrastCall.Pitch(width);
        for (int q = 0; q < call.Questions; q++)
        {
            var d = call.Differences.Host.Slice(q * pitch, pitch);
            d.Clear();
            int k = call.CorrectCounts.Host[q], m = call.IncorrectCounts.Host[q];
            bool both = k > 0 && m > 0;
            if (both)
            {
                Span<double> a = Row(call, call.Correct.Host[q]), b = Row(call, call.Incorrect.Host[q]);
                for (int c = 0; c < width; c++) d[c] = a[c] / k - b[c] / m;
            }
            (call.Sizes.Host[q], call.States.Host[q], call.Votes.Host[q]) = Judge(d[..width], both, call.Weights.Host[q], call.Scaling);
        }
    }

    static Span<double> Row(in ContrastSumsCall call, int number) => call.Sums.Slice(number * call.Stride, call.Width).Host;

    /// <summary>The size, state and vote of a difference, which softmax turns into its exponentials.</summary>
    static (double Size, int State, double Vote) Judge(Span<double> d, bool both, double weight, SoftScaling scaling)
    {
        double top = 0;
        foreach (double x in d)
        {
            double size = Math.Abs(x);
            top = Math.Max(top, size <= double.MaxValue ? size : double.PositiveInfinity);       // NaN counts as infinity
        }
        double total = top > 0 && top <= double.MaxValue ? Measure(d, d.Length, top, scaling) : top;
        var state = !both ? ContrastState.OneSided
            : top > double.MaxValue ? ContrastState.NotFinite
            : top == 0 || (scaling is SoftScaling.MaxNorm or SoftScaling.L2Norm && total <= SoftScale.Epsilon) ? ContrastState.Degenerate
            : ContrastState.Votes;
        double vote = state != ContrastState.Votes ? 0 : scaling switch
        {
            SoftScaling.None => weight,
            SoftScaling.Softmax => weight * (d.Length / total),
            _ => weight / total,
        };
        return (total, (int)state, vote);
    }

    public static void Mean(in ContrastMeanCall call)
    {
        int pitch = ContrastCall.Pitch(call.Width);
        Span<double> d = call.Differences.Host, votes = call.Votes.Host, sums = call.Sums.Host;
        var mean = call.Mean.Host;
        for (int c = 0; c < mean.Length; c++)
        {
            double sum = sums[c];
            for (int group = 0; group < Groups; group++)     // each sums every eighth question, then they are joined in order
            {
                double part = 0;
                for (int q = group; q < votes.Length; q += Groups)
                    if (votes[q] != 0) part = Math.FusedMultiplyAdd(votes[q], d[q * pitch + c], part);
                sum += part;
            }
            sums[c] = sum;
            mean[c] = call.TotalWeight > 0 ? (float)(sum / call.TotalWeight) : 0;
        }
    }

    /// <summary>exp(x) for x &lt;= 0, with the kernel's operations; below -708 zero.</summary>
    public static double Exp(double x)
    {
        if (x < -708) return 0;
        const double shift = 6755399441055744;               // 1.5 * 2^52: adding it rounds to an integer
        double k = Math.FusedMultiplyAdd(x, 1.4426950408889634, shift) - shift;
        double r = Math.FusedMultiplyAdd(k, -6.93147180369123816490e-01, x);
        r = Math.FusedMultiplyAdd(k, -1.90821492927058770002e-10, r);
        double p = Reciprocals[0];
        foreach (double coefficient in Reciprocals.AsSpan(1)) p = Math.FusedMultiplyAdd(p, r, coefficient);
        return p * BitConverter.UInt64BitsToDouble((ulong)((long)k + 1023) << 52);
    }

    /// <summary>1/13!, 1/12!, ... 1/0!.</summary>
    static readonly double[] Reciprocals = [1 / 6227020800.0, 1 / 479001600.0, 1 / 39916800.0, 1 / 3628800.0, 1 / 362880.0, 1 / 40320.0, 1 / 5040.0, 1 / 720.0, 1 / 120.0, 1 / 24.0, 1 / 6.0, 0.5, 1, 1];

    /// <summary>|d|, the sum of the softmax's exponentials (which then stand in d), or max|d|.</summary>
    static double Measure(Span<double> d, int width, double top, SoftScaling scaling)
    {
        if (scaling is not (SoftScaling.L2Norm or SoftScaling.Softmax)) return top;
        Span<double> threads = stackalloc double[BlockTree.Threads];
        threads.Clear();
        for (int c = 0; c < width; c++)
        {
            ref double sum = ref threads[c / ColumnsPerThread % BlockTree.Threads];
            if (scaling == SoftScaling.L2Norm) sum = Math.FusedMultiplyAdd(d[c], d[c], sum);
            else
            {
                double e = Exp(Math.Abs(d[c]) - top);
                sum += e;
                d[c] = d[c] > 0 ? e : d[c] < 0 ? -e : 0;
            }
        }
        double total = BlockTree.Sum(threads);
        return scaling == SoftScaling.L2Norm ? Math.Sqrt(total) : total;
    }

    static ReadOnlySpan<int> Segment(DeviceView<int> at, DeviceView<int> rows, int q)
    {
        int from = at.Host[q], to = at.Host[q + 1];
        return to > from ? rows.Host[from..to] : [];
    }

    static void Sum(ActivationView rows, ReadOnlySpan<int> which, float[] row, double[] sum)
    {
        sum.AsSpan().Clear();
        foreach (int r in which)
        {
            Elements.Read(rows, r, row);
            for (int c = 0; c < sum.Length; c++) sum[c] += row[c];
        }
    }
}
