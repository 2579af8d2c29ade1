using Roast.Contrast;
using Roast.Sampling;
using Roast.Statistics;
using Xunit;

namespace Roast.Tests.Unit.Core.Contrast;

public class SeparabilityTests
{
    static readonly Point Point = new(Site.ResidPost, 0);

    [Fact]
    public void A_question_is_scored_by_the_other_questions_vector()
    {
        // Contrasts (1, 0) and (0, 1): each is blind for the other's rollouts, though each would separate its own.
        var blind = Score(("a", true, [1, 0]), ("a", false, [0, 0]), ("b", true, [0, 1]), ("b", false, [0, 0]));
        Assert.Equal((0.5, 0.5, 2, 2, 2, 2), (blind.Auc!.Value, blind.WithinQuestions!.Value, blind.Correct, blind.Incorrect, blind.MixedQuestions, blind.Folds));
        // Contrasts (1, 0) and (1, 1): b's vector sees a's, and a's sees b's.
        var seeing = Score(("a", true, [1, 0]), ("a", false, [0, 0]), ("b", true, [1, 1]), ("b", false, [0, 0]));
        Assert.Equal((1.0, 1.0), (seeing.Auc!.Value, seeing.WithinQuestions!.Value));
        Assert.Equal(new Interval(1, 1), seeing.WithinInterval);
    }

    [Fact]
    public void What_differs_from_question_to_question_spoils_the_pooled_area_only()
    {
        // Question b lies 10 further along the common direction, so its wrong rollout is above a's right one: 3 of 4 pairs.
        var found = Score(("a", true, [1, 0]), ("a", false, [0, 0]), ("b", true, [11, 0]), ("b", false, [10, 0]));
        Assert.Equal((0.75, 1.0), (found.Auc!.Value, found.WithinQuestions!.Value));
    }

    [Fact]
    public void Skipped_questions_are_scored_and_have_no_pairs_of_their_own()
    {
        var found = Score(("a", true, [1, 0]), ("a", false, [0, 0]), ("b", true, [1, 0]), ("b", false, [0, 0]), ("c", true, [-5, 0]));
        Assert.Equal((3, 2, 2), (found.Correct, found.Incorrect, found.MixedQuestions));
        Assert.Equal(4 / 6.0, found.Auc!.Value);            // c's right rollout loses against both wrong ones
        Assert.Equal(1.0, found.WithinQuestions);
    }

    [Fact]
    public void Noise_in_more_dimensions_than_questions_is_not_separated_though_its_own_vector_would_separate_it()
    {
        const int width = 256, questions = 24, perKind = 4;
        var (statistics, rollouts) = (new ContrastStatistics(new ActivationLayout([Point], _ => width)), new RolloutActivations(new ActivationLayout([Point], _ => width), questions * 2 * perKind));
        var noise = new double[width];
        List<(bool IsCorrect, float[] Row)> rows = [];
        for (uint i = 0; i < questions * 2 * perKind; i++)
        {
            NormalDeviates.Fill(noise, seed: 11, stream: 5, index: i);
            rows.Add((i % 2 == 0, Array.ConvertAll(noise, x => (float)x)));
            statistics.AddRollout($"q{i / (2 * perKind):D2}", $"{i}", rows[^1].IsCorrect, rows[^1].Row);
            rollouts.Add($"q{i / (2 * perKind):D2}", rows[^1].IsCorrect, rows[^1].Row);
        }
        var solution = statistics.Solve(SoftScaling.L2Norm);
        double[] Scores(bool correct) => [.. rows.Where(row => row.IsCorrect == correct).Select(row => Dot(row.Row, solution.Vector(Point)))];
        Assert.True(MannWhitney.Auc(Scores(true), Scores(false)) > 0.8);
        var heldOut = ContrastAnalysis.Separability(solution, rollouts, Point);
        Assert.InRange(heldOut.Auc!.Value, 0.38, 0.62);
        Assert.True(heldOut.WithinInterval!.Value.Contains(0.5), $"{heldOut}");
        Assert.Equal(heldOut, ContrastAnalysis.Separability(solution, rollouts, Point));
        Assert.NotEqual(heldOut, ContrastAnalysis.Separability(solution, rollouts, Point, seed: 43));
    }

    [Fact]
    public void A_held_out_score_needs_two_questions_and_activations_that_fit_into_memory()
    {
        var layout = new ActivationLayout([Point], _ => 1024);
        var statistics = new ContrastStatistics(layout);
        statistics.AddRollout("a", "0", correct: true, new float[1024]);
        statistics.AddRollout("a", "1", correct: false, new float[1024]);
        int most = (int)(RolloutActivations.MaxBytes / (1024 * sizeof(float)));
        Assert.Equal(RoastError.NoContrast, Assert.Throws<RoastException>(() => ContrastAnalysis.Separability(statistics.Solve(), new RolloutActivations(layout, most), Point)).Kind);
        Assert.Equal(RoastError.TooLarge, Assert.Throws<RoastException>(() => new RolloutActivations(layout, most + 1)).Kind);
        Assert.Throws<ArgumentException>(() => new RolloutActivations(layout, 1).Add("a", true, new float[1023]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ContrastAnalysis.Separability(statistics.Solve(), new RolloutActivations(layout, 1), Point, folds: 1));
    }

    static double Dot(float[] row, ReadOnlySpan<double> vector)
    {
        double sum = 0;
        for (int i = 0; i < row.Length; i++) sum += row[i] * vector[i];
        return sum;
    }

    static Separability Score(params (string Question, bool IsCorrect, float[] Row)[] rows)
    {
        var layout = new ActivationLayout([Point], _ => rows[0].Row.Length);
        var (statistics, rollouts) = (new ContrastStatistics(layout), new RolloutActivations(layout, rows.Length));
        for (int i = 0; i < rows.Length; i++)
        {
            statistics.AddRollout(rows[i].Question, $"{i}", rows[i].IsCorrect, rows[i].Row);
            rollouts.Add(rows[i].Question, rows[i].IsCorrect, rows[i].Row);
        }
        return ContrastAnalysis.Separability(statistics.Solve(SoftScaling.None), rollouts, Point);
    }
}
