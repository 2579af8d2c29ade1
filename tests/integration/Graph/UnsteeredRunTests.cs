using System.Text.Json;
using Roast.Graph;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Graph;

/// <summary>Exported graphs against PyTorch: goldens by make_goldens.py (transformers 5.23.0) and the default model's own.</summary>
public class UnsteeredRunTests
{
    public static TheoryData<string> Models => [.. TinyRandom.TinyModel.All];

    [Theory, MemberData(nameof(Models))]
    public void Logits_and_every_site_of_every_layer_are_those_of_the_reference(string model)
    {
        string folder = SharedData.Require("models", "tiny-random", model);
        var golden = Golden.Open(Path.Combine(folder, "golden.safetensors"));
        var graph = ModelGraph.FromHuggingFace(folder);
        using var session = new PlanSession(graph, new Plan { Taps = [.. graph.Points], Logits = LogitPositions.All });
        foreach (string prompt in new[] { "p0", "p1", "p2" })
        {
            var run = session.Run(golden.Int64s($"prompt.{prompt}.ids"));
            Near.Equal(golden[$"{prompt}.logits"], run.Logits, TinyRandom.TinyModel.ToleranceOf(model), $"{model} {prompt} logits");
            foreach (var point in graph.Points)
            {
                string name = point.Site == Site.ResidPost ? $"resid.{point.Layer + 1}" : point.ToString();
                Near.Equal(golden[$"{prompt}.{name}"], run.Tap(point), TinyRandom.TinyModel.ToleranceOf(model), $"{model} {prompt} {point}");
            }
        }
    }

    [Theory, MemberData(nameof(Models))]
    public void A_greedy_answer_token_by_token_is_the_references(string model)
    {
        string folder = SharedData.Require("models", "tiny-random", model);
        AssertGreedy(folder, Golden.Open(Path.Combine(folder, "golden.safetensors")));
    }

    [Theory, MemberData(nameof(Models))]
    public void The_older_spelling_of_the_config_gives_the_same_greedy_answer(string model)
    {
        string source = SharedData.Require("models", "tiny-random", model), folder = Directory.CreateTempSubdirectory("roast-").FullName;
        try
        {
            File.Copy(Path.Combine(source, "config.v4.json"), Path.Combine(folder, "config.json"));
            File.Copy(Path.Combine(source, "model.safetensors"), Path.Combine(folder, "model.safetensors"));
            AssertGreedy(folder, Golden.Open(Path.Combine(source, "golden.safetensors")));
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    static void AssertGreedy(string folder, Golden golden)
    {
        using var session = new PlanSession(ModelGraph.FromHuggingFace(folder), Plan.Empty);
        foreach (string prompt in new[] { "p0", "p1", "p2" })
        {
            var run = session.Run(golden.Int64s($"prompt.{prompt}.ids"));
            var ids = new List<long>();
            foreach (long _ in golden.Int64s($"greedy.{prompt}.ids"))
            {
                ids.Add(Array.IndexOf(run.Logits, run.Logits.Max()));
                run = session.Run([ids[^1]], past: run);
            }
            Assert.Equal(golden.Int64s($"greedy.{prompt}.ids"), ids);
        }
    }

    [Fact]
    public void The_last_position_alone_has_the_logits_that_it_has_among_all()
    {
        var graph = ModelGraph.FromHuggingFace(Repository.DefaultModel);
        long[] ids = [273, 258, 198, 16, 24, 21, 10];
        using var last = new PlanSession(graph, Plan.Empty);
        using var all = new PlanSession(graph, new Plan { Logits = LogitPositions.All });
        var (expected, actual) = (all.Run(ids).Logits, last.Run(ids).Logits);
        Assert.Equal(ids.Length * graph.Shape.VocabularySize, expected.Length);
        // Another number of rows takes another path through the matrix product, which sums in another order.
        Near.Equal(expected.AsSpan()[^graph.Shape.VocabularySize..], actual, Tolerance.SameGraphOtherShape);
    }

    [Fact]
    public void The_default_model_gives_its_golden_logits_plain_and_steered_in_both_port_forms()
    {
        string folder = Repository.DefaultModel;
        var golden = Golden.Open(Path.Combine(folder, "golden.safetensors"));
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "golden.json")));
        float strength = json.RootElement.GetProperty("setting").GetProperty("strength").GetSingle();
        var graph = ModelGraph.FromHuggingFace(folder);
        int vocabulary = graph.Shape.VocabularySize;
        Point[] points = [.. graph.Points.Where(point => point.Site is Site.MlpAct or Site.AttnOut)];
        var ports = points.ToDictionary(point => point, point => Array.ConvertAll(golden[$"vector.max_norm.{point}"], x => strength * x));
        foreach (var form in Enum.GetValues<PortForm>())
        {
            using var session = new PlanSession(graph, new Plan { Ports = points, PortForm = form });
            int row = 0;
            foreach (var prompt in json.RootElement.GetProperty("prompts").EnumerateArray())
            {
                long[] ids = [.. prompt.GetProperty("ids").EnumerateArray().Select(id => id.GetInt64())];
                var past = session.Run(ids[..^1]);
                Near.Equal(golden["logits"].AsSpan(row * vocabulary, vocabulary), session.Run(ids[^1..], past: past).Logits, Tolerance.DefaultModelLogits, $"{form}, prompt {row}");
                Near.Equal(golden["steered_logits"].AsSpan(row * vocabulary, vocabulary), session.Run(ids[^1..], past: past, ports: ports).Logits, Tolerance.DefaultModelLogits, $"{form}, steered prompt {row}");
                row++;
            }
            Assert.Equal(16, row);
        }
    }
}
