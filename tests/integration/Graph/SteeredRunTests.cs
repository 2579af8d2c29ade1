using System.Text.Json;
using Roast.Graph;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Graph;

/// <summary>Ports against PyTorch hooks: every steering case of make_goldens.py, in both forms.</summary>
public class SteeredRunTests
{
    public static TheoryData<string, PortForm> ModelsAndForms
    {
        get
        {
            var data = new TheoryData<string, PortForm>();
            foreach (string model in TinyRandom.TinyModel.All) foreach (var form in Enum.GetValues<PortForm>()) data.Add(model, form);
            return data;
        }
    }

    [Theory, MemberData(nameof(ModelsAndForms))]
    public void Every_steering_case_gives_the_references_logits_after_the_prompt_and_one_token_later(string model, PortForm form)
    {
        string folder = SharedData.Require("models", "tiny-random", model);
        var golden = Golden.Open(Path.Combine(folder, "golden.safetensors"));
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "golden.json")));
        var graph = ModelGraph.FromHuggingFace(folder);
        double tolerance = TinyRandom.TinyModel.ToleranceOf(model);
        int cases = 0;
        foreach (var @case in json.RootElement.GetProperty("steer_cases").EnumerateArray())
        {
            string name = @case.GetProperty("name").GetString()!;
            if (name == "batch.resid") continue;                    // has a test of its own
            Assert.True(Scopes.TryParse(@case.GetProperty("scope").GetString(), out var scope));
            var ports = Edits(@case, golden);
            using var session = new PlanSession(graph, new Plan { Ports = [.. ports.Keys], PortForm = form });
            foreach (string prompt in new[] { "p0", "p1", "p2" })
            {
                long[] ids = golden.Int64s($"prompt.{prompt}.ids");
                var past = ids.Length > 1 ? session.Run(ids[..^1], ports: scope.SteersPrefill() ? ports : null) : null;
                var first = session.Run(ids[^1..], past: past, ports: scope.SteersLastPromptToken() ? ports : null);
                Near.Equal(golden[$"steer.{name}.{prompt}.logits_prefill"], first.Logits, tolerance, $"{model} {form} {name} {prompt} first");
                long token = golden.Int64s($"steer.{name}.{prompt}.ids")[0];
                var second = session.Run([token], past: first, ports: scope == Scope.Prompt ? null : ports);
                Near.Equal(golden[$"steer.{name}.{prompt}.logits_decode1"], second.Logits, tolerance, $"{model} {form} {name} {prompt} second");
            }
            cases++;
        }
        Assert.True(cases >= 15, $"Only {cases} cases ran.");
    }

    [Fact]
    public void Each_row_of_a_batch_is_steered_by_its_own_vector()
    {
        string folder = SharedData.Require("models", "tiny-random", "qwen3-tied");
        var golden = Golden.Open(Path.Combine(folder, "golden.safetensors"));
        float[] vectors = Array.ConvertAll(golden["steer.batch.resid.vector.resid.2"], x => 2 * x);
        var point = new Point(Site.ResidPost, 2);
        var graph = ModelGraph.FromHuggingFace(folder);
        (int width, int vocabulary) = (graph.Shape.HiddenSize, graph.Shape.VocabularySize);
        using var session = new PlanSession(graph, new Plan { Ports = [point], PortForm = PortForm.PerRow });
        long[] ids = golden.Int64s("prompt.p1.ids");
        float[] together = session.Run([.. ids, .. ids, .. ids], rows: 3, ports: new Dictionary<Point, float[]> { [point] = vectors }).Logits;
        for (int row = 0; row < 3; row++)
        {
            var own = new Dictionary<Point, float[]> { [point] = vectors[(row * width)..((row + 1) * width)] };
            Near.Equal(session.Run(ids, ports: own).Logits, together.AsSpan(row * vocabulary, vocabulary), Tolerance.SameGraphOtherShape, $"row {row}");
        }
    }

    static Dictionary<Point, float[]> Edits(JsonElement @case, Golden golden)
    {
        var ports = new Dictionary<Point, float[]>();
        foreach (var edit in @case.GetProperty("edits").EnumerateArray())
        {
            string site = edit.GetProperty("site").GetString()!;
            var point = Point.Parse($"{(site == "resid" ? "resid_post" : site)}.{edit.GetProperty("layer").GetInt32()}");
            float alpha = edit.GetProperty("alpha").GetSingle();
            ports.Add(point, Array.ConvertAll(golden[edit.GetProperty("vector").GetString()!], x => alpha * x));
        }
        return ports;
    }
}
