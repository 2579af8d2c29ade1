using System.Numerics.Tensors;
using Roast.Kernels;

namespace Roast.Contrast;

/// <summary>
/// Directions to compare ROAST with, from the same sums and at the same points. Each gives [width] in float64 for one
/// point; <see cref="DirectionConversion.ToVector"/> makes a steering vector of them.
/// </summary>
public static class Baselines
{
    /// <summary>Mean of all correct rollouts minus mean of all incorrect ones, over the mixed questions: one rollout, one vote.</summary>
    /// <param name="statistics">The sums.</param>
    /// <param name="point">A point of their layout.</param>
    /// <param name="scaling">Applied to the finished difference.</param>
    /// <exception cref="KeyNotFoundException">The layout does not have the point.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.NoContrast"/>: no question is mixed.</exception>
    public static double[] PooledMeanDifference(ContrastStatistics statistics, Point point, SoftScaling scaling = SoftScaling.None)
    {
        var part = Part(statistics, point);
        var (positive, negative, difference) = (new double[statistics.Layout.Width(point)], new double[statistics.Layout.Width(point)], new double[statistics.Layout.Width(point)]);
        long correct = 0, incorrect = 0;
        foreach (var sums in Mixed(statistics))
        {
            TensorPrimitives.Add(positive, sums.Positive.Sum.AsSpan(part), positive);
            TensorPrimitives.Add(negative, sums.Negative.Sum.AsSpan(part), negative);
            correct += sums.Positive.Count;
            incorrect += sums.Negative.Count;
        }
        Sums.MeanDifference(difference, positive, correct, negative, incorrect);
        SoftScale.Apply(difference, scaling);
        return difference;
    }

    /// <summary>
    /// Contrastive activation addition over all (correct, incorrect) pairs of all mixed questions:
    /// sum of k*m*d over questions / sum of k*m. A question with many pairs counts more.
    /// </summary>
    /// <param name="statistics">The sums.</param>
    /// <param name="point">A point of their layout.</param>
    /// <exception cref="KeyNotFoundException">The layout does not have the point.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.NoContrast"/>: no question is mixed.</exception>
    /// <remarks>
    /// Rimsky et al., arXiv 2312.06681, on rollouts. CAA proper contrasts teacher-forced known answers: give each
    /// question <see cref="ContrastStatistics.AddReference"/> and <see cref="ContrastStatistics.AddKnownWrong"/>
    /// and no rollouts, then <see cref="ContrastStatistics.Solve"/> with <see cref="SoftScaling.None"/>.
    /// </remarks>
    public static double[] AllPairsMean(ContrastStatistics statistics, Point point)
    {
        var part = Part(statistics, point);
        var (mean, contrast) = (new double[statistics.Layout.Width(point)], new double[statistics.Layout.Width(point)]);
        double pairs = 0;
        foreach (var sums in Mixed(statistics))
        {
            double weight = (double)sums.Counts.Correct * sums.Counts.Incorrect;
            sums.WriteContrast(contrast, part);
            TensorPrimitives.MultiplyAdd(contrast, weight, mean, mean);
            pairs += weight;
        }
        TensorPrimitives.Divide(mean, pairs, mean);
        return mean;
    }

    /// <summary>v with all but its k largest magnitudes set to 0; among equal ones the lower index stays.</summary>
    /// <param name="vector">[width] not changed.</param>
    /// <param name="k">How many stay, 0..width.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is outside its range.</exception>
    public static double[] TopK(ReadOnlySpan<double> vector, int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, vector.Length);
        var result = new double[vector.Length];
        foreach (int i in ByMagnitude(vector).AsSpan(0, k)) result[i] = vector[i];
        return result;
    }

    /// <summary>Indices by descending magnitude, equal ones by ascending index.</summary>
    internal static int[] ByMagnitude(ReadOnlySpan<double> vector)
    {
        var indices = new int[vector.Length];
        var keys = new (double Magnitude, int Index)[vector.Length];
        for (int i = 0; i < keys.Length; i++) keys[i] = (-Math.Abs(vector[i]), indices[i] = i);
        Array.Sort(keys, indices);
        return indices;
    }

    static Range Part(ContrastStatistics statistics, Point point)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        return statistics.Layout.Range(point);
    }

    static List<QuestionSums> Mixed(ContrastStatistics statistics)
    {
        var mixed = statistics.Questions.Select(statistics.Sums).Where(sums => sums.Counts.IsMixed).ToList();
        return mixed.Count > 0 ? mixed : throw new RoastException(RoastError.NoContrast,
            $"None of {statistics.Questions.Count} questions has correct and incorrect rollouts, so this baseline has nothing to contrast. Sample more rollouts, or choose questions that the model sometimes gets right.");
    }
}
