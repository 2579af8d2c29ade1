using System.Text.Json;
using Roast.Onnx;
using Roast.TestSupport;

namespace Roast.Tests.Integration.TinyRandom;

/// <summary>A random-weight model with what PyTorch computes for it (shared data, models/tiny-random/make_goldens.py).</summary>
public sealed class TinyModel : IDisposable
{
    readonly JsonDocument _json;

    /// <param name="name">The model's folder, or one below it with the same weights in another form: <c>qwen2/genai-fp32</c>.</param>
    public TinyModel(string name)
    {
        string opened = SharedData.Require(["models", "tiny-random", .. name.Split('/')]);
        string folder = SharedData.Require("models", "tiny-random", name.Split('/')[0]);
        _json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "golden.json")));
        (Model, Golden) = (SteerableModel.Open(opened), Golden.Open(Path.Combine(folder, "golden.safetensors")));
        MaxDifference = ToleranceOf(_json);
    }

    /// <summary>Every folder of the shared data's models/tiny-random.</summary>
    public static IReadOnlyList<string> All { get; } = ["qwen3-tied", "qwen3-untied", "qwen2", "llama3-rope", "llama-tied", "glm4", "gemma2", "gemma3"];

    public SteerableModel Model { get; }

    public Golden Golden { get; }

    /// <summary>The reference's own bound: ten times the worst of eager against sdpa and float32 against float64.</summary>
    public double MaxDifference { get; }

    /// <summary><see cref="MaxDifference"/> of a folder.</summary>
    public static double ToleranceOf(string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(SharedData.Require("models", "tiny-random", name, "golden.json")));
        return ToleranceOf(json);
    }

    static double ToleranceOf(JsonDocument golden) => golden.RootElement.GetProperty("recommended_tolerance").GetProperty("max_abs_f32").GetDouble();

    public static IReadOnlyList<string> Prompts { get; } = ["p0", "p1", "p2"];

    public int[] Prompt(string name)
    {
        int row = int.Parse(name[1..], System.Globalization.CultureInfo.InvariantCulture);
        int length = _json.RootElement.GetProperty("prompts").GetProperty(name).GetInt32(), width = Golden.Shape("batch.right.ids")[1];
        return Golden.Int32s("batch.right.ids")[(row * width)..(row * width + length)];
    }

    public IEnumerable<SteerCase> Cases() => _json.RootElement.GetProperty("steer_cases").EnumerateArray().Select(SteerCase.Read);

    public void Dispose()
    {
        Model.Dispose();
        _json.Dispose();
    }
}

/// <summary>One steered run of the reference.</summary>
public sealed record SteerCase(string Name, Scope Scope, int NewTokens, IReadOnlyList<SteerEdit> Edits, bool PerRow)
{
    public static SteerCase Read(JsonElement json)
    {
        if (!Scopes.TryParse(json.GetProperty("scope").GetString(), out var scope)) throw new InvalidDataException($"Unknown scope in {json}");
        var edits = json.GetProperty("edits").EnumerateArray().ToList();
        return new SteerCase(json.GetProperty("name").GetString()!, scope, json.GetProperty("new_tokens").GetInt32(), [.. edits.Select(SteerEdit.Read)],
            edits.Any(edit => edit.TryGetProperty("per_row", out var perRow) && perRow.GetBoolean()));
    }

    /// <summary>The steering of one prompt; all edits of a case have one strength.</summary>
    public Steering Steering(Golden golden, int row)
    {
        float[] Direction(SteerEdit edit)
        {
            float[] values = golden[edit.Vector];
            int width = golden.Shape(edit.Vector)[^1];
            return PerRow ? values[(row * width)..((row + 1) * width)] : values;
        }
        float strength = Edits.Select(edit => edit.Alpha).Distinct().Single();
        return new SteeringVector(Edits.Select(edit => KeyValuePair.Create(edit.Point, Direction(edit)))).At(strength, Scope);
    }
}

/// <summary>What a steered run adds at one point.</summary>
public sealed record SteerEdit(Point Point, float Alpha, string Vector)
{
    public static SteerEdit Read(JsonElement json)
    {
        string site = json.GetProperty("site").GetString()!;
        return new(Point.Parse($"{(site == "resid" ? "resid_post" : site)}.{json.GetProperty("layer").GetInt32()}"), json.GetProperty("alpha").GetSingle(), json.GetProperty("vector").GetString()!);
    }
}
