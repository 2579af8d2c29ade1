using System.Numerics.Tensors;
using Roast.Statistics;

namespace Roast.Contrast;

public static partial class ContrastAnalysis
{
    const int Bins = 20, LargestDimensions = 10, MostGroups = 24, CurvePoints = 32;

    /// <summary>All analyses of one point.</summary>
    /// <param name="solution">The contrasts.</param>
    /// <param name="point">A point of its layout.</param>
    /// <param name="rollouts">Single rollouts, for separability; <c>null</c>: without it.</param>
    /// <param name="options"><c>null</c>: defaults.</param>
    /// <exception cref="KeyNotFoundException">A layout does not have the point.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.NoContrast"/>: no question gave a contrast.</exception>
    public static PointAnalysis OfPoint(ContrastSolution solution, Point point, RolloutActivations? rollouts = null, AnalysisOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(solution);
        options ??= new();
        double[] vector = solution.Vector(point).ToArray(), consistency = SignConsistency(solution, point);
        int[] order = [.. Enumerable.Range(0, vector.Length).OrderByDescending(i => Math.Abs(vector[i])).ThenBy(i => i)];
        bool hasHalves = solution.Used.Count >= 2;
        return new PointAnalysis(point, vector.Length, TensorPrimitives.Norm<double>(vector), solution.Used.Count, solution.DegenerateByPoint[point],
            Distribution.Of(consistency, new Interval(0, 1), Bins),
            MagnitudeAgainstConsistency(solution, point), MagnitudeRankAgainstConsistency(solution, point), Groups(vector, consistency, order),
            Distribution.Of(Cosines(solution, point), new Interval(-1, 1), Bins),
            Thinned(EnergyCurve(vector)),
            [.. order.Take(LargestDimensions).Select(i => new Dimension(i, vector[i], consistency[i]))],
            hasHalves ? SplitHalf(solution, point, options.Resamples, options.Seed) : null,
            hasHalves && rollouts is not null ? Separability(solution, rollouts, point, options.Folds, options.Resamples, options.Seed) : null);
    }

    /// <summary>Groups of as equal size as can be, smallest magnitudes first.</summary>
    static MagnitudeGroup[] Groups(double[] vector, double[] consistency, int[] order)
    {
        double largest = Math.Abs(vector[order[0]]);
        if (largest == 0) return [];
        int groups = Math.Min(MostGroups, vector.Length);
        return [.. Enumerable.Range(0, groups).Select(g =>
        {
            // From the end of the order, which is that of falling magnitudes.
            int[] members = order[^(int)((long)(g + 1) * vector.Length / groups)..^(int)((long)g * vector.Length / groups)];
            return new MagnitudeGroup(members.Length, members.Average(i => Math.Abs(vector[i]) / largest), members.Average(i => consistency[i]));
        })];
    }

    /// <summary>The curve at k = 1, the width, logarithmic steps between, and where it first reaches 50, 90 and 99 %: these stay exact.</summary>
    static EnergyShare[] Thinned(double[]? curve)
    {
        if (curve is null) return [];
        var steps = Enumerable.Range(0, CurvePoints + 1).Select(i => (int)Math.Round(Math.Pow(curve.Length, (double)i / CurvePoints)));
        var marks = ((double[])[0.5, 0.9, 0.99]).Select(share => Array.FindIndex(curve, x => x >= share) + 1);
        return [.. steps.Concat(marks).Distinct().Order().Select(k => new EnergyShare(k, curve[k - 1]))];
    }
}
