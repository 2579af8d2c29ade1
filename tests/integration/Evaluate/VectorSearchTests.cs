using Roast.Contrast;
using Roast.Onnx;
using Roast.Tests.Integration.DefaultModel;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Evaluate;

public class VectorSearchTests(TwoAnnotators reference)
{
    static readonly IReadOnlyList<float> Strengths = [0.2f, 0.5f, 1];

    static SearchOptions Options { get; } = new()
    {
        Fit = new() { Rollouts = 4, MaxAnswerTokens = TwoAnnotators.MaxAnswerTokens },
        Evaluation = TwoAnnotators.Evaluation,
        Pools = [Pool.Last, Pool.MeanContent],
        Scalings = [SoftScaling.MaxNorm, SoftScaling.L2Norm],
        Places = [PointPattern.Parse("attn_out.3"), PointPattern.Parse("resid_post.0,resid_post.2")],
        Strengths = Strengths,
    };

    Task<VectorSearch> RunAsync(SearchOptions options) =>
        VectorSearch.RunAsync(reference.Model, TwoAnnotators.Problems("train").Take(48), TwoAnnotators.Problems("dev").Take(60), options, cancellationToken: TestContext.Current.CancellationToken);

    [Fact]
    public async Task Every_setting_is_tried_and_each_has_the_curve_of_a_fit_and_a_sweep_of_its_own()
    {
        var search = await RunAsync(Options);
        Assert.Equal(
            [(Pool.Last, SoftScaling.MaxNorm, "attn_out.3"), (Pool.Last, SoftScaling.MaxNorm, "resid_post.0,resid_post.2"), (Pool.Last, SoftScaling.L2Norm, "attn_out.3"), (Pool.Last, SoftScaling.L2Norm, "resid_post.0,resid_post.2"),
             (Pool.MeanContent, SoftScaling.MaxNorm, "attn_out.3"), (Pool.MeanContent, SoftScaling.MaxNorm, "resid_post.0,resid_post.2"), (Pool.MeanContent, SoftScaling.L2Norm, "attn_out.3"), (Pool.MeanContent, SoftScaling.L2Norm, "resid_post.0,resid_post.2")],
            search.Candidates.Select(candidate => (candidate.Pool, candidate.Scaling, candidate.Curve.Place.ToString())));
        foreach (var candidate in (SearchCandidate[])[search.Candidates[0], search.Candidates[6]])
        {
            var vector = await Roaster.FitAsync(reference.Model, TwoAnnotators.Problems("train").Take(48), Options.Fit with { Points = candidate.Curve.Place, Pool = candidate.Pool, Scaling = candidate.Scaling });
            var sweep = await StrengthSweep.RunAsync(reference.Model, TwoAnnotators.Problems("dev").Take(60), vector, Strengths, options: TwoAnnotators.Evaluation);
            Assert.Equal(sweep.Baseline, search.Baseline);
            Assert.Equal(sweep.Accuracies.Select(pair => pair.Value), candidate.Curve.Sweep.Accuracies.Select(pair => pair.Value));
        }
    }

    [Fact]
    public async Task All_pools_vectors_come_from_one_sampling_and_are_those_of_a_fit_by_each()
    {
        var train = TwoAnnotators.Problems("train").Take(48);
        var (options, stages) = (Options.Fit with { Points = PointPattern.Parse("attn_out.*,resid_post.1"), Scaling = SoftScaling.None }, new Stages());
        Pool[] pools = [Pool.LastContent, Pool.Mean, Pool.Last, Pool.MeanContent];
        var fits = await Roaster.FitByAllAsync(reference.Model, train, options, pools, stages, TestContext.Current.CancellationToken);
        Assert.Equal(pools, fits.Select(fit => fit.Vector.Provenance.Pool!.Value));
        Assert.Equal(48 * options.Rollouts, stages.Count("rollouts"));
        Assert.Equal(0, stages.Count("reading rollouts"));
        Assert.InRange(stages.Count("reading references"), 1, 48);
        foreach (var (pool, fit) in pools.Zip(fits))
        {
            var alone = await Roaster.FitInDetailAsync(reference.Model, train, options with { Pool = pool }, cancellationToken: TestContext.Current.CancellationToken);
            var again = await Roaster.FitFromRolloutsAsync(reference.Model, train, fits[0].Rollouts, options with { Pool = pool }, cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(alone.Vector.Provenance.Rollouts, fit.Vector.Provenance.Rollouts);
            Assert.Equal(alone.Solution.Counts, fit.Solution.Counts);
            // Unscaled contrasts are differences of activations: what two passes of other shapes leave open of these is left open here.
            foreach (var point in fit.Vector.Points)
                foreach (var expected in (SteeringVector[])[alone.Vector, again.Vector])
                    Near.Equal(expected[point].Span, fit.Vector[point].Span, Tolerance.ActivationNoise * fit.Vector.Provenance.MeanNorms[point], $"{pool} at {point}");
        }
    }

    sealed class Stages : IProgress<WorkProgress>
    {
        readonly System.Collections.Concurrent.ConcurrentBag<string> _seen = [];
        public int Count(string stage) => _seen.Count(seen => seen == stage);
        public void Report(WorkProgress value) => _seen.Add(value.Stage);
    }

    [Fact]
    public async Task The_vector_recommends_what_was_chosen_and_cannot_be_reported_on_what_it_was_chosen_on()
    {
        var search = await RunAsync(Options);
        var (vector, chosen) = (search.Vector, search.Chosen);
        Assert.Equal("attn_out.3", chosen.Curve.Place.ToString());
        Assert.Equal(chosen.Curve.Place.Resolve(reference.Model.Shape.Layers), vector.Points);
        Assert.Equal((chosen.Pool, chosen.Scaling), (vector.Provenance.Pool, vector.Provenance.Scaling));
        Assert.Equal((Strength.Absolute(chosen.Curve.Sweep.Chosen), (Scope?)Scope.Last), (vector.Provenance.RecommendedStrength!.Value, vector.Provenance.RecommendedScope));
        Assert.Equal(vector.Points, vector.Provenance.RecommendedPoints);
        Assert.Equal(4, vector.Provenance.Rollouts!.PerQuestion);                           // also where the vector came from a second pool
        Assert.Equal(chosen.Curve.Sweep.Best, vector.Provenance.Results["dev.steered"]);
        var e = await Assert.ThrowsAsync<RoastException>(() => Study.EvaluateAsync(reference.Model, vector, null, TwoAnnotators.Problems("dev").Take(60)));
        Assert.Equal(RoastError.Overlap, e.Kind);
    }

    [Fact]
    public async Task Train_and_dev_that_share_questions_and_methods_without_rollouts_are_refused()
    {
        var train = TwoAnnotators.Problems("train").Take(8);
        var e = await Assert.ThrowsAsync<RoastException>(() => VectorSearch.RunAsync(reference.Model, train, train, Options));
        Assert.Equal(RoastError.Overlap, e.Kind);
        await Assert.ThrowsAsync<ArgumentException>(() => RunAsync(Options with { Fit = Options.Fit with { Method = FitMethod.Caa } }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Options with { Places = [] });
    }
}
