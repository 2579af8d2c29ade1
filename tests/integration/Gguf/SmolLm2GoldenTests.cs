using Roast.Onnx.Rows;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Gguf;

/// <summary>Every golden of the reference, from the GGUF file itself.</summary>
[Collection(nameof(SmolLm2))]
public class SmolLm2GoldenTests(SmolLm2 smol, ITestOutputHelper output)
{
    [Fact]
    public void Prompts_are_rendered_and_encoded_as_the_reference_does()
    {
        Assert.Equal(8, smol.Prompts.Count);
        foreach (var prompt in smol.Prompts)
        {
            Assert.Equal(prompt.Rendered, smol.Model.Template!.Render([new Text.ChatMessage("user", prompt.Text)]));
            Assert.Equal(prompt.Ids, smol.Model.EncodePrompt(prompt.Text));
        }
        Assert.Equal([2], smol.Model.EndTokens);
    }

    [Fact]
    public async Task Activations_of_every_site_at_every_layer_and_logits_equal_the_reference()
    {
        var points = PointPattern.Everything.Resolve(smol.Model.Shape.Layers);
        Assert.Equal(120, points.Count);
        double worst = 0;
        foreach (var prompt in smol.Prompts)
        {
            var read = await smol.Model.ReadActivationsAsync(prompt.Ids, points, lastOnly: true, logits: true);
            Near.Equal(smol.Golden[$"{prompt.Number}.logits"], read.Logits, Tolerance.SmolLm2, $"{prompt.Number}.logits");
            foreach (var point in points)
            {
                string name = $"{prompt.Number}." + (point.Site == Site.ResidPost ? $"resid.{point.Layer + 1}" : point.ToString());
                var expected = Array.ConvertAll(smol.Golden[name], x => (double)x);
                var actual = Array.ConvertAll(read.Values[point], x => (double)x);
                Near.Within(Array.ConvertAll(expected, x => Tolerance.SmolLm2 * (1 + Math.Abs(x))), expected, actual, name);
                worst = Math.Max(worst, expected.Zip(actual, (a, b) => Math.Abs(a - b) / (1 + Math.Abs(a))).Max());
            }
        }
        output.WriteLine($"Worst activation: {worst:E2} of 1 + |value|.");
    }

    [Fact]
    public void Greedy_tokens_of_all_prompts_in_one_batch_equal_the_reference()
    {
        double worst = 0;
        var results = Run([.. smol.Prompts.Select(prompt => Request(prompt.Ids, null, 32, logits => worst = Compare(smol.Golden[$"{prompt.Number}.logits"], logits, worst)))]);
        foreach (var prompt in smol.Prompts) prompt.Greedy.AssertEqual(results[prompt.Number].Tokens, $"prompt {prompt.Number}");
        output.WriteLine($"Worst logit: {worst:E2}.");
    }

    [Fact]
    public void Greedy_tokens_of_every_steered_case_equal_the_reference_each_case_a_batch()
    {
        double worst = 0;
        Assert.Equal(9, smol.Cases.Count);
        foreach (var one in smol.Cases) worst = Math.Max(worst, Check([one]));
        output.WriteLine($"Worst logit: {worst:E2}.");
    }

    [Fact]
    public void Greedy_tokens_of_all_steered_cases_equal_the_reference_in_one_batch_of_36_rows() => Check(smol.Cases);

    double Check(IReadOnlyList<GoldenCase> cases)
    {
        double worst = 0;
        var rows = cases.SelectMany(one => one.Runs.Select(run => (Case: one, run.Prompt, run.Greedy))).ToArray();
        var results = Run([.. rows.Select(row => Request(smol.Prompts[row.Prompt].Ids, row.Case.Steering, row.Greedy.Ids.Length,
            logits => worst = Compare(smol.Golden[$"case{row.Case.Number}.{row.Prompt}.logits"], logits, worst)))]);
        for (int i = 0; i < rows.Length; i++) rows[i].Greedy.AssertEqual(results[i].Tokens, $"case {rows[i].Case.Number}, prompt {rows[i].Prompt}");
        return worst;
    }

    static double Compare(float[] expected, float[] actual, double worst)
    {
        Near.Equal(expected, actual, Tolerance.SmolLm2, "first logits");
        return Math.Max(worst, expected.Zip(actual, (a, b) => Math.Abs((double)a - b)).Max());
    }

    static RowRequest Request(int[] prompt, Steering? steering, int tokens, Action<float[]> first) => new()
    {
        Prompt = prompt,
        Steering = steering,
        MaxTokens = tokens,
        OnLogits = (step, logits) => { if (step == 0) first(logits.ToArray()); },
    };

    RowResult[] Run(IReadOnlyList<RowRequest> requests)
    {
        var results = new RowResult[requests.Count];
        smol.Model.Rows.Run([.. requests], [], (row, result) => results[row] = result, TestContext.Current.CancellationToken);
        return results;
    }
}
