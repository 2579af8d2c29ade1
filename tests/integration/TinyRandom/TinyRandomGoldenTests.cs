using Roast.Onnx.Rows;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.TinyRandom;

public class TinyRandomGoldenTests
{
    public static TheoryData<string> Models => [.. TinyModel.All];

    [Fact]
    public void No_folder_of_the_reference_is_left_out() => Assert.Equal(TinyModel.All.Order(StringComparer.Ordinal),
        Directory.EnumerateDirectories(SharedData.Require("models", "tiny-random")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    /// <summary>The same weights as the GenAI builder (0.18.0, fp32) writes them: the graph's own norms, casts, caches and heads.</summary>
    public static TheoryData<string> BuilderModels => new("qwen3-tied/genai-fp32", "qwen2/genai-fp32", "llama3-rope/genai-fp32", "gemma2/genai-fp32", "gemma3/genai-fp32");

    [Theory, MemberData(nameof(Models)), MemberData(nameof(BuilderModels))]
    public async Task Logits_and_the_activations_of_every_site_equal_the_reference_at_every_position(string name)
    {
        using var tiny = new TinyModel(name);
        var points = PointPattern.Everything.Resolve(tiny.Model.Shape.Layers);
        foreach (string prompt in TinyModel.Prompts)
        {
            var read = await tiny.Model.ReadActivationsAsync(tiny.Prompt(prompt), points, logits: true);
            Near.Equal(tiny.Golden[$"{prompt}.logits"], read.Logits, tiny.MaxDifference, $"{prompt}.logits");
            foreach (var point in points)
            {
                string golden = point.Site == Site.ResidPost ? $"{prompt}.resid.{point.Layer + 1}" : $"{prompt}.{point}";
                Near.Equal(tiny.Golden[golden], read.Values[point], tiny.MaxDifference, golden);
            }
        }
    }

    [Theory, MemberData(nameof(Models)), MemberData(nameof(BuilderModels))]
    public void Greedy_tokens_of_prompts_of_different_lengths_decoding_together_equal_the_reference(string name)
    {
        using var tiny = new TinyModel(name);
        int vocabulary = tiny.Model.Shape.VocabularySize;
        float[] lastLogits = tiny.Golden["batch.right.last_logits"];
        var first = new float[TinyModel.Prompts.Count][];
        var results = Run(tiny, 32, (_, _) => null, (row, step, logits) => { if (step == 0) first[row] = logits.ToArray(); });
        for (int row = 0; row < results.Length; row++)
        {
            Near.Equal(lastLogits.AsSpan(row * vocabulary, vocabulary), first[row], tiny.MaxDifference, $"padded batch, row {row}");
            Assert.Equal(tiny.Golden.Int32s($"greedy.{TinyModel.Prompts[row]}.ids"), results[row].Tokens);
        }
    }

    [Theory, MemberData(nameof(Models)), MemberData(nameof(BuilderModels))]
    public void Every_steered_case_equals_the_reference_alone_and_in_one_batch(string name)
    {
        using var tiny = new TinyModel(name);
        var cases = tiny.Cases().ToList();
        Assert.True(cases.Count >= 15, $"Only {cases.Count} cases.");
        foreach (var one in cases)
        {
            var (prefill, decode) = (new float[3][], new float[3][]);
            void Keep(int row, int step, ReadOnlySpan<float> logits)
            {
                if (step == 0) prefill[row] = logits.ToArray();
                if (step == 1) decode[row] = logits.ToArray();
            }
            var together = Run(tiny, one.NewTokens, (row, _) => one.Steering(tiny.Golden, row), Keep);
            for (int row = 0; row < together.Length; row++)
            {
                string key = $"steer.{one.Name}.{TinyModel.Prompts[row]}";
                Near.Equal(tiny.Golden[$"{key}.logits_prefill"], prefill[row], tiny.MaxDifference, $"{key}.logits_prefill");
                Near.Equal(tiny.Golden[$"{key}.logits_decode1"], decode[row], tiny.MaxDifference, $"{key}.logits_decode1");
                int[] ids = tiny.Golden.Int32s($"{key}.ids");
                Assert.Equal(ids, together[row].Tokens);
                Assert.Equal(ids, Run(tiny, one.NewTokens, (_, _) => one.Steering(tiny.Golden, row), null, only: row)[0].Tokens);
            }
        }
    }

    static RowResult[] Run(TinyModel tiny, int newTokens, Func<int, string, Steering?> steering, Action<int, int, ReadOnlySpan<float>>? keep, int? only = null)
    {
        var rows = only is { } row ? [row] : Enumerable.Range(0, TinyModel.Prompts.Count).ToArray();
        var results = new RowResult[rows.Length];
        tiny.Model.Rows.Run([.. rows.Select(row => new RowRequest
        {
            Prompt = tiny.Prompt(TinyModel.Prompts[row]),
            Steering = steering(row, TinyModel.Prompts[row]),
            MaxTokens = newTokens,
            OnLogits = keep is null ? null : (step, logits) => keep(row, step, logits),
        })], [], (i, result) => results[i] = result, TestContext.Current.CancellationToken);
        return results;
    }
}
