using System.Text.Json;
using Roast.Onnx;
using Roast.Tasks;
using Roast.Tests.Integration.DefaultModel;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Evaluate;

public sealed class SteeringEffectTests(TwoAnnotators reference) : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("roast-effect-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    Steering Steering(float strength = 0.5f, Scope scope = Scope.Last) => reference.Vector("max_norm", TwoAnnotators.DefaultPlaces).At(strength, scope);

    [Fact]
    public async Task First_divergences_and_diverging_tokens_are_those_of_the_references_logits_and_answers()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.DefaultModel, "golden.json")));
        var prompts = golden.RootElement.GetProperty("prompts").EnumerateArray().ToArray();
        string file = Path.Combine(_folder, "prompts.jsonl");
        File.WriteAllLines(file, prompts.Select((prompt, i) => JsonSerializer.Serialize(new { id = $"{i}", prompt = prompt.GetProperty("prompt").GetString(), answer = "0" })));
        var effect = await SteeringEffectMeter.RunAsync(reference.Model, RoastTask.Load("exact", file), Steering(), TwoAnnotators.MaxAnswerTokens, cancellationToken: TestContext.Current.CancellationToken);

        int vocabulary = reference.Model.Shape.VocabularySize, diverging = 0;
        for (int i = 0; i < prompts.Length; i++)
        {
            int[] plain = Ids(prompts[i], "greedy_ids"), steered = Ids(prompts[i], "steered_ids");
            var answer = effect.Answers[i];
            Assert.Equal(plain, answer.Tokens.Select(token => token.Id));
            int first = Enumerable.Range(0, plain.Length).FirstOrDefault(step => step >= steered.Length || steered[step] != plain[step], -1);
            Assert.Equal(first < 0 ? null : first, answer.FirstDiverging);
            if (first >= 0) Assert.Equal(steered[first], answer.Tokens[first].SteeredId);
            if (first >= 0) diverging++;
            double[] p = LogSoftmax(reference.Golden["steered_logits"], i, vocabulary), q = LogSoftmax(reference.Golden["logits"], i, vocabulary);
            Assert.Equal(p.Zip(q).Sum(at => Math.Exp(at.First) * (at.First - at.Second)), answer.Tokens[0].Divergence, Tolerance.DefaultModelLogits);
        }
        Assert.InRange(diverging, 1, 16);
        Assert.Equal(diverging / 16.0, effect.Steps[^1].Diverged);
        Assert.Equal(16, effect.Steps[0].Answers);
        Assert.Equal(effect.Answers.Average(answer => answer.Tokens[0].Divergence), effect.Steps[0].Mean, Tolerance.Analyses);
        Assert.Equal(effect.Steps.Select(step => step.Diverged).Order(), effect.Steps.Select(step => step.Diverged));
    }

    [Theory]
    [InlineData(1), InlineData(3), InlineData(64)]
    public async Task A_strength_of_nothing_changes_nothing_however_many_rows_run_together(int maxRows)
    {
        using var model = SteerableModel.Open(Repository.DefaultModel, new RuntimeOptions { MaxRows = maxRows });
        var effect = await SteeringEffectMeter.RunAsync(model, TwoAnnotators.Problems("test").Take(7), Steering(0), TwoAnnotators.MaxAnswerTokens, cancellationToken: TestContext.Current.CancellationToken);
        Assert.All(effect.Answers.SelectMany(answer => answer.Tokens), token => Assert.InRange(token.Divergence, 0, Tolerance.DefaultModelLogits));
        Assert.All(effect.Answers, answer => Assert.Null(answer.FirstDiverging));
        Assert.Equal(7, effect.Answers.Count);
    }

    [Fact]
    public async Task Rows_of_another_batch_give_the_same_divergences()
    {
        using var model = SteerableModel.Open(Repository.DefaultModel, new RuntimeOptions { MaxRows = 5 });
        var task = TwoAnnotators.Problems("test").Take(12);
        var (few, many) = (await SteeringEffectMeter.RunAsync(model, task, Steering(), TwoAnnotators.MaxAnswerTokens, cancellationToken: TestContext.Current.CancellationToken),
            await SteeringEffectMeter.RunAsync(reference.Model, task, Steering(), TwoAnnotators.MaxAnswerTokens, cancellationToken: TestContext.Current.CancellationToken));
        foreach (var (a, b) in few.Answers.Zip(many.Answers))
        {
            Assert.Equal(a.FirstDiverging, b.FirstDiverging);
            Near.Equal([.. a.Tokens.Select(token => (float)token.Divergence)], [.. b.Tokens.Select(token => (float)token.Divergence)], Tolerance.DefaultModelLogits, a.Prompt);
        }
    }

    [Fact]
    public async Task The_scope_holds_in_a_forced_answer_too()
    {
        // Scope 'generated' leaves the last prompt token alone, so the first new token's distribution stays as it is.
        var effect = await SteeringEffectMeter.RunAsync(reference.Model, TwoAnnotators.Problems("test").Take(8), Steering(scope: Scope.Generated), TwoAnnotators.MaxAnswerTokens, cancellationToken: TestContext.Current.CancellationToken);
        Assert.InRange(effect.Steps[0].High, 0, Tolerance.DefaultModelLogits);
        Assert.True(effect.Steps[1].Mean > 100 * Tolerance.DefaultModelLogits, $"{effect.Steps[1]}");
    }

    [Fact]
    public async Task Bad_arguments_are_refused_before_the_work()
    {
        var task = TwoAnnotators.Problems("test").Take(1);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => SteeringEffectMeter.RunAsync(reference.Model, task, Steering(), 0, cancellationToken: TestContext.Current.CancellationToken));
        var wrong = new SteeringVector([KeyValuePair.Create(new Point(Site.AttnOut, 0), new float[95])]);
        Assert.Equal(RoastError.VectorDoesNotFit, (await Assert.ThrowsAsync<RoastException>(() => SteeringEffectMeter.RunAsync(reference.Model, task, wrong.At(1), cancellationToken: TestContext.Current.CancellationToken))).Kind);
        Assert.Equal(RoastError.TooLarge, (await Assert.ThrowsAsync<RoastException>(() => SteeringEffectMeter.RunAsync(reference.Model, task, Steering(), 256, cancellationToken: TestContext.Current.CancellationToken))).Kind);
    }

    static int[] Ids(JsonElement prompt, string name) => [.. prompt.GetProperty(name).EnumerateArray().Select(x => x.GetInt32())];

    static double[] LogSoftmax(float[] logits, int row, int width)
    {
        double[] x = [.. logits.AsSpan(row * width, width).ToArray().Select(value => (double)value)];
        double sum = x.Sum(value => Math.Exp(value - x.Max()));
        return Array.ConvertAll(x, value => value - x.Max() - Math.Log(sum));
    }
}
