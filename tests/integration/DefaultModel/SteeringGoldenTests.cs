using System.Text.Json;
using Roast.Onnx;
using Roast.Onnx.Rows;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.DefaultModel;

public class SteeringGoldenTests(TwoAnnotators reference)
{
    const float GoldenStrength = 0.5f;

    [Fact]
    public void Prompts_encode_to_the_references_ids()
    {
        int seen = 0;
        foreach (var prompt in Prompts())
        {
            Assert.Equal(Ids(prompt, "ids"), reference.Model.EncodePrompt(prompt.GetProperty("prompt").GetString()!));
            seen++;
        }
        Assert.Equal(16, seen);
    }

    [Theory]
    [InlineData(false, "logits", "greedy_ids", "greedy_text")]
    [InlineData(true, "steered_logits", "steered_ids", "steered_text")]
    public void Logits_ids_and_texts_of_the_sixteen_prompts_equal_the_reference(bool steered, string logitsName, string idsName, string textName)
    {
        Steering? steering = steered ? reference.Vector("max_norm", TwoAnnotators.DefaultPlaces).At(GoldenStrength) : null;
        int vocabulary = reference.Model.Shape.VocabularySize;
        float[] expected = reference.Golden[logitsName];
        var prompts = Prompts().ToList();
        var first = new float[prompts.Count][];
        var requests = prompts.Select((prompt, i) => new RowRequest
        {
            Prompt = Ids(prompt, "ids"),
            Steering = steering,
            MaxTokens = TwoAnnotators.MaxAnswerTokens,
            EndTokens = reference.Model.EndTokenArray,
            OnLogits = (step, logits) => { if (step == 0) first[i] = logits.ToArray(); },
        }).ToList();

        var results = new RowResult[prompts.Count];
        reference.Model.Rows.Run(requests, [], (i, result) => results[i] = result, TestContext.Current.CancellationToken);

        for (int i = 0; i < prompts.Count; i++)
        {
            Near.Equal(expected.AsSpan(i * vocabulary, vocabulary), first[i], Tolerance.DefaultModelLogits, $"{logitsName} of prompt {i}");
            Assert.Equal(Ids(prompts[i], idsName), results[i].Tokens);
            Assert.Equal(prompts[i].GetProperty(textName).GetString(), reference.Model.Tokenizer!.Decode(results[i].Tokens));
        }
    }

    [Fact]
    public async Task With_the_references_vectors_the_test_accuracies_are_the_references_to_within_three_questions()
    {
        const int allowed = 3;
        using var golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.DefaultModel, "golden.json")));
        var steering = reference.Vector("max_norm", TwoAnnotators.DefaultPlaces).At(GoldenStrength);
        var report = await EvaluationReport.RunAsync(reference.Model, TwoAnnotators.Problems("test"), steering, options: TwoAnnotators.Evaluation with { RandomDirections = 0 });

        var expected = golden.RootElement.GetProperty("test");
        foreach (var (name, got) in new[] { ("unsteered", report.Baseline), ("steered", report.Steered), ("steered_negative", report.Negative) })
        {
            Assert.Equal(1000, got.Accuracy.Total);
            Assert.InRange(got.Accuracy.Correct - expected.GetProperty(name).GetProperty("correct").GetInt32(), -allowed, allowed);
        }
    }

    static IEnumerable<JsonElement> Prompts()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.DefaultModel, "golden.json")));
        return golden.RootElement.GetProperty("prompts").Clone().EnumerateArray();
    }

    static int[] Ids(JsonElement prompt, string name) => [.. prompt.GetProperty(name).EnumerateArray().Select(x => x.GetInt32())];
}
