using Roast.Contrast;
using Roast.Onnx;
using Roast.Statistics;
using Xunit;

namespace Roast.Tests.Integration.DefaultModel;

/// <summary>The method with its own rollouts against the model card's figures. Sampling differs from the reference's, so the bound is the card's 95 % interval.</summary>
public class OwnRolloutsTests(TwoAnnotators reference)
{
    [Theory]
    [InlineData(42ul, 961)]
    [InlineData(22ul, 965)]
    [InlineData(52ul, 952)]
    public async Task At_the_default_places_the_fit_reaches_the_cards_accuracy_and_no_random_direction_does(ulong seed, int cardCorrect)
    {
        var fit = await FitAsync(new RoastOptions { Seed = seed });
        var report = await EvaluationReport.RunAsync(reference.Model, TwoAnnotators.Problems("test"), fit.Vector.At(0.5f), options: TwoAnnotators.Evaluation with { Seed = seed });

        AssertInside(Wilson.Interval(cardCorrect, 1000), report.Steered.Accuracy);
        Assert.True(report.Negative.Accuracy.Correct < report.Baseline.Accuracy.Correct, $"-v gave {report.Negative.Accuracy}, the baseline {report.Baseline.Accuracy}");
        Assert.Equal(20, report.Random.Directions);
        Assert.Equal(0, report.Random.Reached);
        Assert.True(report.Steered.McNemarP < 1e-100);
    }

    [Fact]
    public async Task At_ROASTs_own_strength_the_gain_is_the_cards()
    {
        var fit = await FitAsync(new RoastOptions());
        var outcomes = await Evaluator.RunAsync(reference.Model, TwoAnnotators.Problems("test"), [new Variant("0.2", fit.Vector.At(0.2f))], TwoAnnotators.Evaluation);
        AssertInside(Wilson.Interval(749, 1000), outcomes[0].Accuracy);
    }

    [Fact]
    public async Task Attention_of_the_last_layer_with_l2_norm_reaches_nearly_every_question()
    {
        var fit = await FitAsync(new RoastOptions { Points = PointPattern.Parse("attn_out.last"), Scaling = SoftScaling.L2Norm });
        var outcomes = await Evaluator.RunAsync(reference.Model, TwoAnnotators.Problems("test"), [new Variant("2", fit.Vector.At(2f))], TwoAnnotators.Evaluation);
        AssertInside(Wilson.Interval(997, 1000), outcomes[0].Accuracy);
    }

    [Fact]
    public async Task Known_answers_alone_do_as_well_on_this_model()
    {
        var fit = await FitAsync(new RoastOptions { Method = FitMethod.Caa });
        var outcomes = await Evaluator.RunAsync(reference.Model, TwoAnnotators.Problems("test"), [new Variant("caa", fit.Vector.At(0.5f))], TwoAnnotators.Evaluation);
        AssertInside(Wilson.Interval(953, 1000), outcomes[0].Accuracy);
        Assert.Equal("caa", fit.Vector.Provenance.Method);
    }

    Task<FitResult> FitAsync(RoastOptions options) => Roaster.FitInDetailAsync(reference.Model, TwoAnnotators.Problems("train"), options with { MaxAnswerTokens = TwoAnnotators.MaxAnswerTokens });

    static void AssertInside(Interval interval, MeasuredAccuracy accuracy) => Assert.InRange(accuracy.Value, interval.Low, interval.High);
}
