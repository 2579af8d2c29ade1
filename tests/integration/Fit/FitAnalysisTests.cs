using Roast.Contrast;
using Roast.Onnx;
using Roast.Tests.Integration.DefaultModel;
using Xunit;

namespace Roast.Tests.Integration.Fit;

public class FitAnalysisTests(TwoAnnotators reference)
{
    static readonly RoastOptions Options = new() { MaxAnswerTokens = TwoAnnotators.MaxAnswerTokens, KeepActivations = true };

    [Fact]
    public async Task Keeping_activations_changes_no_bit_of_the_vector_and_keeps_every_rollout()
    {
        var task = TwoAnnotators.Problems("train").Take(24);
        var (kept, plain) = (await Roaster.FitInDetailAsync(reference.Model, task, Options, cancellationToken: TestContext.Current.CancellationToken),
            await Roaster.FitInDetailAsync(reference.Model, task, Options with { KeepActivations = false }, cancellationToken: TestContext.Current.CancellationToken));
        foreach (var point in plain.Vector.Points) Assert.Equal(plain.Vector[point].ToArray(), kept.Vector[point].ToArray());
        Assert.Equal(24 * 8, kept.Activations!.Count);
        Assert.Null(plain.Activations);
        var analysis = await FitAnalysis.RunAsync(plain, cancellationToken: TestContext.Current.CancellationToken);
        Assert.All(analysis.Points, point => Assert.Null(point.Separability));
    }

    [Fact]
    public async Task On_the_default_model_right_and_wrong_come_apart_in_the_last_layer_and_not_in_the_first()
    {
        var fit = await Roaster.FitInDetailAsync(reference.Model, TwoAnnotators.Problems("train"), Options, cancellationToken: TestContext.Current.CancellationToken);
        var analysis = await FitAnalysis.RunAsync(fit, new AnalysisOptions { Resamples = 100 }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(fit.Vector.Points.Order(), analysis.Points.Select(point => point.Point).Order());
        PointAnalysis first = analysis.Points.Single(x => x.Point == new Point(Site.AttnOut, 0)), last = analysis.Points.Single(x => x.Point == new Point(Site.AttnOut, 3));
        // The last layer's contrast alone carries the accuracy (its card); its dimensions agree over questions.
        Assert.True(last.Separability!.WithinQuestions > 0.9 && last.Separability.Auc > 0.75 && last.SplitHalf!.Value.Mean > 0.9, $"{last}");
        Assert.True(first.Separability!.Auc < 0.65 && first.SplitHalf!.Value.Mean < last.SplitHalf.Value.Mean, $"{first}");
        Assert.Equal(fit.Rollouts.Count(rollout => rollout.IsCorrect), last.Separability.Correct);
        Assert.Equal(fit.Solution.Counts.Mixed, last.Separability.MixedQuestions);
    }

    [Fact]
    public async Task A_pooled_mean_difference_is_not_analysed_as_what_it_is_not()
    {
        var fit = await Roaster.FitInDetailAsync(reference.Model, TwoAnnotators.Problems("train").Take(8), Options with { Method = FitMethod.MeanDifference }, cancellationToken: TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<ArgumentException>(() => FitAnalysis.RunAsync(fit, cancellationToken: TestContext.Current.CancellationToken));
    }
}
