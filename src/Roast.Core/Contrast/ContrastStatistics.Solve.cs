using System.Numerics.Tensors;

namespace Roast.Contrast;

public sealed partial class ContrastStatistics
{
    /// <summary>The steering vector that these rollouts ask for: the weighted mean over questions of their soft-scaled contrasts.</summary>
    /// <param name="scaling">How each contrast is normalized before it votes.</param>
    /// <param name="rereadWeight">
    /// Vote of a question whose positive is the reference answer, in [0, 1]; every other vote is 1. 0 skips such
    /// questions. 0.5 as in ROAST (arXiv 2602.14143).
    /// </param>
    /// <returns>A snapshot: statistics that change later do not change it. It may hold no contrast; see <see cref="ContrastSolution.ToVector"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rereadWeight"/> is outside [0, 1] or NaN.</exception>
    /// <remarks>DESIGN 2.3 to 2.6. Questions are walked in ordinal order, so the same sums give the same bits.</remarks>
    public ContrastSolution Solve(SoftScaling scaling = SoftScaling.MaxNorm, double rereadWeight = 0.5)
    {
        if (!(rereadWeight is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(rereadWeight), rereadWeight, "The weight of re-read questions must lie in [0, 1]; ROAST's default is 0.5.");
        List<(string Question, double Weight, double[] Contrast)> used = [];
        var tally = new ContrastTally();
        foreach (string question in Questions)
        {
            var sums = _questions[question];
            if (!tally.Add(sums.Counts, rereadWeight)) continue;
            var contrast = new double[Layout.TotalWidth];
            sums.WriteContrast(contrast, ..);
            used.Add((question, sums.Counts.Correct > 0 ? 1 : rereadWeight, contrast));
        }
        var (vector, degenerate) = Average(used, scaling);
        return new ContrastSolution(Layout, scaling, tally, [.. used], vector, degenerate,
            meanNorms: _rolloutNorms.Rows > 0 ? _rolloutNorms.Means() : _standInNorms.Means());
    }

    /// <summary>[TotalWidth] the weighted mean of the scaled contrasts, and how many were degenerate per point.</summary>
    (double[] Vector, int[] Degenerate) Average(List<(string Question, double Weight, double[] Contrast)> used, SoftScaling scaling)
    {
        var (vector, degenerate, scaled) = (new double[Layout.TotalWidth], new int[Layout.Points.Count], new double[Layout.TotalWidth]);
        double weights = 0;
        foreach (var (_, weight, contrast) in used)
        {
            contrast.CopyTo(scaled, 0);
            for (int i = 0; i < degenerate.Length; i++)
                if (!SoftScale.Apply(scaled.AsSpan(Layout.Range(i)), scaling)) degenerate[i]++;      // its zeros vote all the same
            TensorPrimitives.MultiplyAdd(scaled, weight, vector, vector);
            weights += weight;
        }
        if (weights > 0) TensorPrimitives.Divide(vector, weights, vector);
        return (vector, degenerate);
    }
}
