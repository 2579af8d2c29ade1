using System.Numerics.Tensors;
using Roast.Sampling;
using Roast.Statistics;

namespace Roast.Contrast;

public static partial class ContrastAnalysis
{
    /// <summary>
    /// Separability at a point, cross-fitted: the questions are dealt into folds at random, and a fold's rollouts are projected on the unit
    /// vector of the other folds' contrasts. So no rollout is scored by a vector that has seen its question.
    /// </summary>
    /// <param name="solution">At least two questions used.</param>
    /// <param name="rollouts">The rollouts that the solution was made of; those of skipped questions are scored too.</param>
    /// <param name="point">A point of both layouts.</param>
    /// <param name="folds">At least 2; more than there are questions with a contrast means one question a fold.</param>
    /// <param name="resamples">Bootstrap resamples of the interval, at least 1.</param>
    /// <param name="seed">Names the folds and the resamples.</param>
    /// <param name="confidence">In (0, 1).</param>
    /// <exception cref="KeyNotFoundException">A layout does not have the point.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number outside its range.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.NoContrast"/>: fewer than two questions gave a contrast.</exception>
    /// <remarks>
    /// The point of view of a linear probe, with the vector as the probe. Without cross-fitting a vector of n questions in more than n
    /// dimensions separates its own rollouts well even where they are noise.
    /// </remarks>
    public static Separability Separability(ContrastSolution solution, RolloutActivations rollouts, Point point, int folds = 5, int resamples = 1000, ulong seed = 42, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(solution);
        ArgumentNullException.ThrowIfNull(rollouts);
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        if (!(confidence is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence must lie in (0, 1); 0.95 is usual.");
        if (solution.Used.Count < 2) throw new RoastException(RoastError.NoContrast, $"A held-out score needs at least two questions with a contrast; there are {solution.Used.Count}.");
        folds = Math.Min(folds, solution.Used.Count);
        var foldOf = Folds(solution, rollouts, folds, seed);
        double[][] directions = HeldOutDirections(solution, point, folds, foldOf);
        var range = rollouts.Layout.Range(point);
        var scores = rollouts.Rows.Select(row => (row.Question, row.IsCorrect, Score: Project(row.Activations.AsSpan(range), directions[foldOf[row.Question]]))).ToArray();
        double[] right = [.. scores.Where(x => x.IsCorrect).Select(x => x.Score)], wrong = [.. scores.Where(x => !x.IsCorrect).Select(x => x.Score)];
        double[] within = [.. scores.GroupBy(x => x.Question, StringComparer.Ordinal).OrderBy(x => x.Key, StringComparer.Ordinal)
            .Select(x => MannWhitney.Auc([.. x.Where(y => y.IsCorrect).Select(y => y.Score)], [.. x.Where(y => !y.IsCorrect).Select(y => y.Score)])).OfType<double>()];
        return new Separability(MannWhitney.Auc(right, wrong), right.Length, wrong.Length,
            within.Length > 0 ? TensorPrimitives.Average<double>(within) : null, within.Length > 0 ? BootstrapMean(within, resamples, seed, confidence) : null, within.Length, folds);
    }

    /// <summary>Deals the used questions evenly, and the others evenly too: every fold leaves contrasts outside.</summary>
    static Dictionary<string, int> Folds(ContrastSolution solution, RolloutActivations rollouts, int folds, ulong seed)
    {
        var foldOf = new Dictionary<string, int>(StringComparer.Ordinal);
        var used = solution.Used.ToHashSet(StringComparer.Ordinal);
        string[] others = [.. rollouts.Rows.Select(row => row.Question).Distinct(StringComparer.Ordinal).Where(question => !used.Contains(question)).Order(StringComparer.Ordinal)];
        uint draws = 0;
        foreach (string[] questions in (string[][])[[.. solution.Used], others])
        {
            for (int i = questions.Length - 1; i > 0; i--)  // Fisher-Yates
            {
                int j = (int)(Philox4x32.Block(draws++, 0, 0, RowSeed.FoldStream, seed).Uniform53 * (i + 1));
                (questions[i], questions[j]) = (questions[j], questions[i]);
            }
            for (int i = 0; i < questions.Length; i++) foldOf.Add(questions[i], i % folds);
        }
        return foldOf;
    }

    /// <summary>[folds][width] the unit vector of all contrasts outside each fold; zeros where they cancel or are degenerate, and then every score ties.</summary>
    static double[][] HeldOutDirections(ContrastSolution solution, Point point, int folds, Dictionary<string, int> foldOf)
    {
        double[][] scaled = Scaled(solution, point);
        return [.. Enumerable.Range(0, folds).Select(fold =>
        {
            int[] others = [.. Enumerable.Range(0, scaled.Length).Where(q => foldOf[solution.Used[q]] != fold)];
            double[] vote = Vote(solution, scaled, solution.Layout.Width(point), others);
            double norm = TensorPrimitives.Norm<double>(vote);
            if (norm > 0) TensorPrimitives.Divide(vote, norm, vote);    // folds of other lengths would put their scores on other scales
            return vote;
        })];
    }

    static double Project(ReadOnlySpan<float> activation, ReadOnlySpan<double> direction)
    {
        Kernels.WidthMismatch.ThrowIfDifferent(direction.Length, activation.Length, nameof(activation));
        double sum = 0;
        for (int i = 0; i < activation.Length; i++) sum += activation[i] * direction[i];
        return sum;
    }

    static Interval BootstrapMean(double[] values, int resamples, ulong seed, double confidence)
    {
        var means = new double[resamples];
        for (uint r = 0; r < resamples; r++)
        {
            double sum = 0;
            for (uint i = 0; i < values.Length; i++) sum += values[(int)(Philox4x32.Block(i, r, 1, RowSeed.FoldStream, seed).Uniform53 * values.Length)];
            means[r] = sum / values.Length;
        }
        Array.Sort(means);
        double tail = (1 - confidence) / 2;
        return new Interval(Percentile.Of(means, tail), Percentile.Of(means, 1 - tail));
    }
}
