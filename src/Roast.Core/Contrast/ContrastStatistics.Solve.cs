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
        var used = Choose(Questions, question => _questions[question].Counts, rereadWeight, out var tally);
        double[][] contrasts = Contrasts(used);
        var (vector, degenerate) = Average(used, contrasts, scaling);
        return new ContrastSolution(Layout, scaling, tally, used, new(contrasts), vector, degenerate, MeanNorms(_rolloutNorms, _standInNorms));
    }

    /// <summary>The questions that give a contrast, and what each one's vote weighs.</summary>
    internal static (string Question, double Weight)[] Choose(IEnumerable<string> questions, Func<string, QuestionCounts> count, double rereadWeight, out ContrastTally tally)
    {
        var used = new List<(string, double)>();
        tally = new ContrastTally();
        foreach (string question in questions)
        {
            var counts = count(question);
            if (tally.Add(counts, rereadWeight)) used.Add((question, counts.Correct > 0 ? 1 : rereadWeight));
        }
        return [.. used];
    }

    /// <summary>[used] [TotalWidth] each question's contrast.</summary>
    internal double[][] Contrasts((string Question, double Weight)[] used) => Array.ConvertAll(used, x =>
    {
        var contrast = new double[Layout.TotalWidth];
        _questions[x.Question].WriteContrast(contrast, ..);
        return contrast;
    });

    internal static Dictionary<Point, float> MeanNorms(NormSums rollouts, NormSums standIns) => rollouts.Rows > 0 ? rollouts.Means() : standIns.Means();

    /// <summary>[TotalWidth] the weighted mean of the scaled contrasts, and how many were degenerate per point.</summary>
    (double[] Vector, int[] Degenerate) Average((string Question, double Weight)[] used, double[][] contrasts, SoftScaling scaling)
    {
        var (vector, degenerate, scaled) = (new double[Layout.TotalWidth], new int[Layout.Points.Count], new double[Layout.TotalWidth]);
        double weights = 0;
        for (int q = 0; q < used.Length; q++)
        {
            contrasts[q].CopyTo(scaled, 0);
            for (int i = 0; i < degenerate.Length; i++)
                if (!SoftScale.Apply(scaled.AsSpan(Layout.Range(i)), scaling)) degenerate[i]++;      // its zeros vote all the same
            TensorPrimitives.MultiplyAdd(scaled, used[q].Weight, vector, vector);
            weights += used[q].Weight;
        }
        if (weights > 0) TensorPrimitives.Divide(vector, weights, vector);
        return (vector, degenerate);
    }
}
