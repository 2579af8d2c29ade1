using Roast.Onnx;
using Roast.Tasks;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Evaluate;

public class StudyTests
{
    static RoastTask Problems(string split, int count) => RoastTask.Load("exact", Path.Combine(Repository.DefaultModel, "problems", $"{split}.jsonl")).Take(count);

    static StudyOptions Quick => new()
    {
        Fit = new RoastOptions { MaxAnswerTokens = 8 },
        Evaluation = new EvaluationOptions { MaxAnswerTokens = 8, RandomDirections = 2 },
        Strengths = [0.05f, 0.5f],
    };

    [Fact]
    public async Task A_study_puts_what_it_chose_and_measured_into_the_vector()
    {
        using var model = SteerableModel.Open(Repository.DefaultModel);
        var study = await Study.FitAsync(model, Problems("train", 32), Problems("dev", 40), Problems("test", 40), Quick);
        var story = study.Vector.Provenance;
        Assert.Equal(Strength.Absolute(0.5f), story.RecommendedStrength);
        Assert.Equal(study.Report.Steered.Accuracy, story.Results["test.steered"]);
        Assert.Equal(study.Sweep!.Best, story.Results["dev.steered"]);
        Assert.Equal(32, story.QuestionHashes.Count);
        Assert.Equal("caa", Assert.Single(study.Report.Others).Name);
        Assert.False(study.Overlap.Any);
    }

    [Fact]
    public async Task Splits_that_share_questions_are_refused_before_anything_is_sampled()
    {
        using var model = SteerableModel.Open(Repository.DefaultModel);
        var refused = await Assert.ThrowsAsync<RoastException>(() => Study.FitAsync(model, Problems("train", 32), Problems("train", 5), Problems("test", 40), Quick, new Fails()));
        Assert.Equal(RoastError.Overlap, refused.Kind);
        Assert.Contains("5 of train and dev", refused.Message);
    }

    [Fact]
    public async Task An_overlap_that_is_allowed_is_counted()
    {
        using var model = SteerableModel.Open(Repository.DefaultModel);
        var test = Problems("test", 6);
        var vector = new SteeringVector([KeyValuePair.Create(new Point(Site.AttnOut, 0), new float[96])], new VectorProvenance { QuestionHashes = [test.Questions[0].Hash, "another"] });
        var study = await Study.EvaluateAsync(model, vector, Problems("test", 3), test, options: Quick with { AllowOverlap = true });
        Assert.Equal(new Overlap(1, 1, 3), study.Overlap);
        Assert.Equal("1 of train and dev, 1 of train and test, 3 of dev and test", study.Overlap.ToString());
    }

    /// <summary>Progress that must not be made.</summary>
    sealed class Fails : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => Assert.Fail($"{value.Stage} has begun.");
    }
}
