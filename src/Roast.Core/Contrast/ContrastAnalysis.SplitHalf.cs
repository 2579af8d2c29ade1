using System.Numerics.Tensors;
using Roast.Sampling;
using Roast.Statistics;

namespace Roast.Contrast;

public static partial class ContrastAnalysis
{
    /// <summary>The cosine between the vectors of two groups of questions: how much a vector depends on which questions were asked.</summary>
    /// <param name="solution">The contrasts.</param>
    /// <param name="point">A point of its layout.</param>
    /// <param name="halfA">Places in <see cref="ContrastSolution.Used"/>; may repeat.</param>
    /// <param name="halfB">Places of the other group.</param>
    /// <exception cref="KeyNotFoundException">The layout does not have the point.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Not a place in <see cref="ContrastSolution.Used"/>.</exception>
    public static double SplitHalfCosine(ContrastSolution solution, Point point, ReadOnlySpan<int> halfA, ReadOnlySpan<int> halfB)
    {
        ArgumentNullException.ThrowIfNull(solution);
        return SplitHalfCosine(solution, Scaled(solution, point), solution.Layout.Width(point), halfA, halfB);
    }

    /// <summary>
    /// Split-half agreement with a bootstrap interval: in each resample the questions are split at random into halves,
    /// each half is drawn from with replacement, and the cosine between both halves' vectors is taken.
    /// </summary>
    /// <param name="solution">At least two questions used.</param>
    /// <param name="point">A point of its layout.</param>
    /// <param name="resamples">At least 1; 1,000 gives an interval that is steady to about 0.01.</param>
    /// <param name="seed">Names the splits: the same seed gives the same ones.</param>
    /// <param name="confidence">In (0, 1).</param>
    /// <exception cref="KeyNotFoundException">The layout does not have the point.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number outside its range.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.NoContrast"/>: fewer than two questions gave a contrast.</exception>
    public static SplitHalf SplitHalf(ContrastSolution solution, Point point, int resamples = 1000, ulong seed = 42, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(solution);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        if (!(confidence is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence must lie in (0, 1); 0.95 is usual.");
        int used = solution.Used.Count;
        if (used < 2) throw new RoastException(RoastError.NoContrast, $"Two halves need at least two questions with a contrast; there are {used}.");
        double[][] scaled = Scaled(solution, point);
        var cosines = new double[resamples];
        for (int r = 0; r < resamples; r++)
        {
            var (halfA, halfB) = Resample(used, seed, (uint)r);
            cosines[r] = SplitHalfCosine(solution, scaled, solution.Layout.Width(point), halfA, halfB);
        }
        return Summarize(cosines, confidence);
    }

    /// <summary>Mean and percentile interval of bootstrap values.</summary>
    internal static SplitHalf Summarize(double[] cosines, double confidence)
    {
        double[] sorted = [.. cosines.Order()];
        double tail = (1 - confidence) / 2;
        return new SplitHalf(TensorPrimitives.Average<double>(cosines), new Interval(Percentile.Of(sorted, tail), Percentile.Of(sorted, 1 - tail)), cosines.Length);
    }

    static double[][] Scaled(ContrastSolution solution, Point point) => [.. Enumerable.Range(0, solution.Used.Count).Select(q => solution.ScaledContrast(point, q))];

    static double SplitHalfCosine(ContrastSolution solution, double[][] scaled, int width, ReadOnlySpan<int> halfA, ReadOnlySpan<int> halfB) =>
        Cosine(Vote(solution, scaled, width, halfA), Vote(solution, scaled, width, halfB));

    /// <summary>The weighted sum of a group: its angle is that of the mean.</summary>
    static double[] Vote(ContrastSolution solution, double[][] scaled, int width, ReadOnlySpan<int> group)
    {
        var sum = new double[width];
        foreach (int q in group) TensorPrimitives.MultiplyAdd(scaled[q], solution.Weight(q), sum, sum);
        return sum;
    }

    /// <summary>A random split (Fisher-Yates), then each half drawn from with replacement.</summary>
    static (int[] A, int[] B) Resample(int used, ulong seed, uint resample)
    {
        uint draws = 0;
        int Below(int n) => (int)(Philox4x32.Block(draws++, resample, 0, RowSeed.ResampleStream, seed).Uniform53 * n);
        int[] order = [.. Enumerable.Range(0, used)];
        for (int i = used - 1; i > 0; i--)
        {
            int j = Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        int[] Draw(Range half) { int[] from = order[half]; return Array.ConvertAll(from, _ => from[Below(from.Length)]); }
        return (Draw(..(used / 2)), Draw((used / 2)..));
    }
}
