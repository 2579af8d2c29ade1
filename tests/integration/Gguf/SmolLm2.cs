using System.Text.Json;
using Roast.Onnx;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Gguf;

/// <summary>
/// SmolLM2-135M-Instruct straight from its GGUF file, with what PyTorch computes for it (shared data,
/// models/smollm2-135m-instruct/make_goldens.py). Opened once for all tests, on first use.
/// </summary>
public sealed class SmolLm2 : IDisposable
{
    readonly Lazy<(SteerableModel Model, Golden Golden, JsonDocument Json)> _opened = new(() =>
    {
        string folder = SharedData.Require("models", "smollm2-135m-instruct");
        return (SteerableModel.Open(Path.Combine(folder, "SmolLM2-135M-Instruct.Q4_1.gguf")), Golden.Open(Path.Combine(folder, "golden.safetensors")),
            JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "golden.json"))));
    }, LazyThreadSafetyMode.PublicationOnly);        // a skip is not kept: every test skips for itself

    public SteerableModel Model => _opened.Value.Model;

    public Golden Golden => _opened.Value.Golden;

    public IReadOnlyList<GoldenPrompt> Prompts => [.. _opened.Value.Json.RootElement.GetProperty("prompts").EnumerateArray().Select((json, number) =>
        new GoldenPrompt(number, json.GetProperty("text").GetString()!, json.GetProperty("rendered").GetString()!, Ids(json, "ids"), GoldenAnswer.Read(json)))];

    public IReadOnlyList<GoldenCase> Cases => [.. _opened.Value.Json.RootElement.GetProperty("cases").EnumerateArray().Select(json => GoldenCase.Read(json, Golden))];

    internal static int[] Ids(JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(id => id.GetInt32())];

    public void Dispose()
    {
        if (!_opened.IsValueCreated) return;
        Model.Dispose();
        _opened.Value.Json.Dispose();
    }
}

[CollectionDefinition(nameof(SmolLm2))]
public class SmolLm2Tests : ICollectionFixture<SmolLm2>;

/// <summary>One prompt of the reference.</summary>
public sealed record GoldenPrompt(int Number, string Text, string Rendered, int[] Ids, GoldenAnswer Greedy);

/// <summary>Greedy tokens, and how far each stood above the second choice.</summary>
public sealed record GoldenAnswer(int[] Ids, double[] Margins)
{
    /// <summary>A margin, in logits, from which on two float32 runs must choose alike (the data's README).</summary>
    const double CertainMargin = 5e-3;

    public static GoldenAnswer Read(JsonElement json) =>
        new(SmolLm2.Ids(json, "greedy"), [.. json.GetProperty("margins").EnumerateArray().Select(margin => margin.GetDouble())]);

    /// <summary>The same tokens; where the reference itself nearly tied, another one is allowed, and what follows is not compared.</summary>
    public void AssertEqual(IReadOnlyList<int> tokens, string what)
    {
        Assert.Equal(Ids.Length, tokens.Count);
        for (int step = 0; step < Ids.Length; step++)
        {
            if (tokens[step] == Ids[step]) continue;
            Assert.True(Margins[step] <= CertainMargin, $"{what}: token {step} is {tokens[step]}, expected {Ids[step]} (margin {Margins[step]}).");
            return;
        }
    }
}

/// <summary>One steered case of the reference: a vector per point, one strength, prompts 0 to 3.</summary>
public sealed record GoldenCase(int Number, Steering Steering, IReadOnlyList<(int Prompt, GoldenAnswer Greedy)> Runs)
{
    public static GoldenCase Read(JsonElement json, Golden golden)
    {
        int number = json.GetProperty("case").GetInt32();
        if (!Scopes.TryParse(json.GetProperty("scope").GetString(), out var scope)) throw new InvalidDataException($"Unknown scope in {json}");
        var vectors = from site in json.GetProperty("sites").EnumerateArray().Select(site => site.GetString()!)
                      from layer in json.GetProperty("layers").EnumerateArray().Select(layer => layer.GetInt32())
                      select KeyValuePair.Create(Point.Parse($"{(site == "resid" ? "resid_post" : site)}.{layer}"), golden[$"case{number}.{site}.{layer}.vector"]);
        return new GoldenCase(number, new SteeringVector(vectors).At(json.GetProperty("alpha").GetSingle(), scope),
            [.. json.GetProperty("runs").EnumerateArray().Select(run => (run.GetProperty("prompt").GetInt32(), GoldenAnswer.Read(run)))]);
    }
}
