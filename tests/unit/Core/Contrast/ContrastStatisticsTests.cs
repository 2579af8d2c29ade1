using Roast.Contrast;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Core.Contrast;

public class ContrastStatisticsTests
{
    static readonly Point First = new(Site.MlpAct, 0), Second = new(Site.AttnOut, 0);
    static readonly ActivationLayout Layout = new([First, Second], point => point == First ? 3 : 2);

    [Fact]
    public void A_mixed_question_votes_with_the_difference_of_its_means()
    {
        var statistics = new ContrastStatistics(Layout);
        statistics.AddRollout("q", "0", correct: true, [1, 2, 3, 4, 5]);
        statistics.AddRollout("q", "1", correct: true, [3, 2, 1, 0, 1]);
        statistics.AddRollout("q", "2", correct: false, [0, 0, 4, 1, 2]);
        var solution = statistics.Solve(SoftScaling.MaxNorm);
        Assert.Equal([2, 2, -2], solution.Contrast(First, 0).ToArray());
        Assert.Equal([1, 1], solution.Contrast(Second, 0).ToArray());
        Assert.Equal([1, 1, -1], solution.Vector(First).ToArray());
        Assert.Equal(new ContrastCounts(1, 1, 0, 0, 0, 0), solution.Counts);
        Assert.Equal(1, solution.Weight(0));
    }

    [Fact]
    public void A_question_without_a_correct_rollout_is_re_read_and_weighs_half()
    {
        var statistics = new ContrastStatistics(Layout);
        Mixed(statistics, "mixed", 1);                                      // votes +1
        statistics.AddRollout("reread", "0", correct: false, [1, 1, 1, 1, 1]);
        Assert.True(statistics.Count("reread").NeedsReference);
        statistics.AddReference("reread", [0, 0, 0, 0, 0]);                 // votes -1
        Assert.False(statistics.Count("reread").NeedsReference);
        var solution = statistics.Solve(SoftScaling.MaxNorm, rereadWeight: 0.5);
        Assert.Equal(new ContrastCounts(2, 1, 1, 0, 0, 0), solution.Counts);
        Assert.Equal([1, 0.5], Enumerable.Range(0, 2).Select(solution.Weight));
        Near.EqualToScale([1 / 3.0, 1 / 3.0, 1 / 3.0], solution.Vector(First), Tolerance.Float64Sums);     // (1 - 0.5) / 1.5
        Near.EqualToScale([0.0, 0, 0], statistics.Solve(SoftScaling.MaxNorm, rereadWeight: 1).Vector(First), 0);
    }

    [Fact]
    public void A_re_read_weight_of_0_skips_such_questions()
    {
        var statistics = new ContrastStatistics(Layout);
        statistics.AddRollout("q", "0", correct: false, [1, 1, 1, 1, 1]);
        statistics.AddReference("q", [0, 0, 0, 0, 0]);
        var solution = statistics.Solve(rereadWeight: 0);
        Assert.Equal(new ContrastCounts(1, 0, 0, 0, 1, 0), solution.Counts);
        Assert.Equal(RoastError.NoContrast, Assert.Throws<RoastException>(() => solution.ToVector()).Kind);
    }

    [Fact]
    public void A_question_without_an_incorrect_rollout_takes_a_known_wrong_answer_at_full_weight()
    {
        var statistics = new ContrastStatistics(Layout);
        statistics.AddRollout("q", "0", correct: true, [1, 1, 1, 1, 1]);
        Assert.True(statistics.Count("q").NeedsKnownWrong);
        Assert.Equal(1, statistics.Solve().Counts.Skipped);
        statistics.AddKnownWrong("q", [2, 1, 1, 1, 1]);
        var solution = statistics.Solve();
        Assert.Equal(new ContrastCounts(1, 0, 0, 1, 0, 1), solution.Counts);        // the second point's contrast is zero
        Assert.Equal(1, solution.Weight(0));
        Assert.Equal([-1, 0, 0], solution.Vector(First).ToArray());
    }

    [Fact]
    public void Stand_ins_are_ignored_where_rollouts_of_their_kind_exist()
    {
        var statistics = new ContrastStatistics(Layout);
        Mixed(statistics, "q", 1);
        double[] before = statistics.Solve().Vector(First).ToArray();
        statistics.AddReference("q", [9, -9, 9, -9, 9]);
        statistics.AddKnownWrong("q", [-9, 9, 9, 9, 9]);
        Assert.Equal(before, statistics.Solve().Vector(First).ToArray());
        Assert.Equal(1, statistics.Solve().Counts.Mixed);
    }

    [Fact]
    public void Known_right_and_wrong_answers_alone_are_contrastive_activation_addition()
    {
        var statistics = new ContrastStatistics(Layout);
        statistics.AddReference("a", [2, 0, 0, 1, 1]);
        statistics.AddKnownWrong("a", [0, 0, 0, 0, 0]);
        statistics.AddReference("b", [0, 4, 0, 1, 1]);
        statistics.AddKnownWrong("b", [0, 0, 0, 0, 0]);
        var solution = statistics.Solve(SoftScaling.None);
        Assert.Equal([1, 2, 0], solution.Vector(First).ToArray());
        Assert.Equal(2, solution.Counts.Reread);
        Assert.Equal((2 + 0 + 4 + 0) / 4f, solution.MeanNorms[First]);      // no rollouts: the norms of the answers that were read
    }

    [Fact]
    public void A_degenerate_question_still_votes_its_zeros_and_is_counted_at_its_point()
    {
        var statistics = new ContrastStatistics(Layout);
        Mixed(statistics, "a", 1);
        statistics.AddRollout("b", "0", correct: true, [5, 5, 5, 2, 2]);
        statistics.AddRollout("b", "1", correct: false, [5, 5, 5, 1, 1]);
        var solution = statistics.Solve();
        Assert.Equal([0.5, 0.5, 0.5], solution.Vector(First).ToArray());
        Assert.Equal([1, 1], solution.Vector(Second).ToArray());
        Assert.Equal((1, 0, 1), (solution.DegenerateByPoint[First], solution.DegenerateByPoint[Second], solution.Counts.Degenerate));
        Assert.Equal(new double[3], solution.ScaledContrast(First, 1));
    }

    [Theory]
    [InlineData(float.NaN), InlineData(float.PositiveInfinity), InlineData(float.NegativeInfinity)]
    public void An_activation_that_is_not_finite_names_question_rollout_point_and_dimension_and_adds_nothing(float bad)
    {
        var statistics = new ContrastStatistics(Layout);
        var error = Assert.Throws<RoastException>(() => statistics.AddRollout("why", "7", correct: true, [0, 0, 0, 0, bad]));
        Assert.Equal(RoastError.NotFinite, error.Kind);
        foreach (string part in new[] { "'why'", "rollout 7", "attn_out.0", "dimension 1" }) Assert.Contains(part, error.Message);
        Assert.Contains("reference", Assert.Throws<RoastException>(() => statistics.AddReference("why", [bad, 0, 0, 0, 0])).Message);
        Assert.Contains("known wrong", Assert.Throws<RoastException>(() => statistics.AddKnownWrong("why", [0, 0, bad, 0, 0])).Message);
        Assert.Empty(statistics.Questions);
        Assert.Equal(0, statistics.Rollouts);
    }

    [Fact]
    public void Without_a_contrast_the_message_says_how_many_were_all_right_and_all_wrong()
    {
        var statistics = new ContrastStatistics(Layout);
        statistics.AddRollout("a", "0", correct: true, new float[5]);
        statistics.AddRollout("b", "0", correct: true, new float[5]);
        statistics.AddRollout("c", "0", correct: false, new float[5]);
        statistics.AddQuestion("d");
        var error = Assert.Throws<RoastException>(() => statistics.Solve().ToVector());
        Assert.Equal(RoastError.NoContrast, error.Kind);
        Assert.Contains("None of 4 questions", error.Message);
        Assert.Contains("2 had only correct answers, 1 only wrong ones, 1 no answer", error.Message);
        Assert.Equal(RoastError.NoContrast, Assert.Throws<RoastException>(() => { _ = statistics.Solve().Vector(First).Length; }).Kind);
        Assert.Equal(RoastError.NoContrast, Assert.Throws<RoastException>(() => new ContrastStatistics(Layout).Solve().ToVector()).Kind);
    }

    [Fact]
    public void The_vector_carries_counts_scaling_and_mean_norms_and_keeps_what_the_caller_knows()
    {
        var statistics = new ContrastStatistics(Layout);
        statistics.AddRollout("q", "0", correct: true, [3, 0, 4, 1, 0]);
        statistics.AddRollout("q", "1", correct: false, [0, 0, 1, 0, 3]);
        var vector = statistics.Solve(SoftScaling.L2Norm).ToVector(new VectorProvenance { Pool = Pool.Mean, QuestionHashes = ["h"] });
        Assert.Equal(("roast", SoftScaling.L2Norm, Pool.Mean), (vector.Provenance.Method, vector.Provenance.Scaling!.Value, vector.Provenance.Pool!.Value));
        Assert.Equal(1, vector.Provenance.Counts!.Mixed);
        Assert.Equal(["h"], vector.Provenance.QuestionHashes);
        Assert.Equal((3f, 2f), (vector.Provenance.MeanNorms[First], vector.Provenance.MeanNorms[Second]));
        Assert.Equal(1, vector.Norm(First), Tolerance.RoundedToFloat32);
        Assert.Equal("mine", statistics.Solve().ToVector(new VectorProvenance { Method = "mine" }).Provenance.Method);
    }

    [Fact]
    public void A_solution_does_not_change_when_the_statistics_do()
    {
        var statistics = new ContrastStatistics(Layout);
        Mixed(statistics, "a", 1);
        var solution = statistics.Solve();
        Mixed(statistics, "a", -5);
        Mixed(statistics, "b", -1);
        Assert.Equal([1, 1, 1], solution.Vector(First).ToArray());
        Assert.Equal(["a"], solution.Used);
    }

    [Fact]
    public void A_shard_that_goes_on_adding_does_not_change_the_whole_it_was_merged_into()
    {
        ContrastStatistics whole = new(Layout), shard = new(Layout);
        Mixed(shard, "a", 1);
        whole.Merge(shard);
        shard.AddRollout("a", "9", correct: true, [-9, -9, -9, -9, -9]);
        Assert.Equal([1, 1, 1], whole.Solve().Vector(First).ToArray());
        Assert.Equal(new QuestionCounts(1, 1, 0, 0), whole.Count("a"));
    }

    [Fact]
    public void Misuse_is_refused()
    {
        var statistics = new ContrastStatistics(Layout);
        Assert.Throws<ArgumentException>(() => statistics.AddRollout("q", "0", true, new float[4]));
        Assert.Throws<ArgumentException>(() => statistics.Merge(statistics));
        Assert.Contains("mlp_act.0[3]", Assert.Throws<ArgumentException>(() => statistics.Merge(new ContrastStatistics(new ActivationLayout([First], _ => 5)))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => statistics.Solve(rereadWeight: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => statistics.Solve(rereadWeight: -0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => statistics.Solve(rereadWeight: 1.1));
        Assert.Throws<KeyNotFoundException>(() => statistics.Count("unheard"));
        Mixed(statistics, "q", 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => statistics.Solve().Weight(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => statistics.Solve().Contrast(First, -1));
        Assert.Throws<KeyNotFoundException>(() => { _ = statistics.Solve().Vector(new Point(Site.MlpOut, 9)).Length; });
    }

    /// <summary>A question whose contrast is <paramref name="d"/> in every dimension.</summary>
    static void Mixed(ContrastStatistics statistics, string question, float d)
    {
        statistics.AddRollout(question, "0", correct: true, [d, d, d, d, d]);
        statistics.AddRollout(question, "1", correct: false, new float[5]);
    }
}
