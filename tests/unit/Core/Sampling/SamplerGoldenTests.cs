using System.Text.Json;
using Roast.Sampling;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Core.Sampling;

/// <summary>tests/data/sampling.json: transformers' processors in float32, replayed there in float64.</summary>
public class SamplerGoldenTests
{
    [Fact]
    public void Kept_tokens_and_their_probabilities_are_those_of_transformers()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Repository.Path("tests", "data", "sampling.json")));
        var sampler = new Sampler();                                        // one for all: scratch of an earlier row must not show
        int seen = 0;
        foreach (var golden in json.RootElement.GetProperty("cases").EnumerateArray())
        {
            string note = golden.GetProperty("note").GetString()!;
            float[] logits = [.. golden.GetProperty("logits").EnumerateArray().Select(x => x.ValueKind == JsonValueKind.Null ? float.NegativeInfinity : x.GetSingle())];
            int[] history = Ints(golden, "history"), kept = Ints(golden, "kept");
            var (ids, probabilities) = sampler.Distribution(logits, history, Options(golden.GetProperty("kwargs")));
            Assert.True(kept.AsSpan().SequenceEqual(ids), $"{note}: kept {string.Join(' ', ids)}, expected {string.Join(' ', kept)}");
            for (int i = 0; i < ids.Length; i++)
                Assert.Equal(golden.GetProperty("probabilities")[ids[i]].GetDouble(), probabilities[i], Tolerance.Probabilities);
            seen++;
        }
        Assert.Equal(38, seen);
    }

    static SamplerOptions Options(JsonElement kwargs)
    {
        var options = new SamplerOptions { Temperature = 1 };
        foreach (var argument in kwargs.EnumerateObject())
            options = argument.Name switch
            {
                "temperature" => options with { Temperature = argument.Value.GetSingle() },
                "top_k" => options with { TopK = argument.Value.GetInt32() },
                "top_p" => options with { TopP = argument.Value.GetSingle() },
                "min_p" => options with { MinP = argument.Value.GetSingle() },
                "repetition_penalty" => options with { RepetitionPenalty = argument.Value.GetSingle() },
                _ => throw new InvalidOperationException($"The golden has an argument that this test does not know: {argument.Name}."),
            };
        return options;
    }

    static int[] Ints(JsonElement golden, string name) => [.. golden.GetProperty(name).EnumerateArray().Select(x => x.GetInt32())];
}
