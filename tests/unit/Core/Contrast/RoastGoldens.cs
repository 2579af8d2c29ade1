using System.Text.Json;
using Roast.Contrast;
using Roast.TestSupport;

namespace Roast.Tests.Unit.Core.Contrast;

/// <summary>shared/data/reference/roast: float64 numpy (roast_math.py), recomputed there with torch and scikit-learn.</summary>
sealed class RoastGoldens
{
    static readonly Lazy<RoastGoldens> Loaded = new(() => new RoastGoldens());
    readonly Dictionary<string, Golden> _files = [];

    RoastGoldens()
    {
        using var json = JsonDocument.Parse(System.IO.File.ReadAllBytes(SharedData.Require("reference", "roast", "cases.json")));
        Cases = [.. json.RootElement.GetProperty("cases").EnumerateArray().Select(x => new RoastCase(x.Clone(), File(x.GetProperty("file").GetString()!)))];
        Merges = [.. json.RootElement.GetProperty("merge").EnumerateArray().Select(x => new MergeCase(x.Clone(), File("merge.safetensors")))];
    }

    public IReadOnlyList<RoastCase> Cases { get; }
    public IReadOnlyList<MergeCase> Merges { get; }

    /// <summary>Skips the test where the shared data is absent.</summary>
    public static RoastGoldens Require()
    {
        SharedData.Require("reference", "roast", "cases.json");
        return Loaded.Value;
    }

    Golden File(string name) => _files.TryGetValue(name, out var file) ? file : _files[name] = Golden.Open(SharedData.Require("reference", "roast", name));
}

/// <summary>One case: rows of correct and incorrect rollouts, and everything that follows from them.</summary>
sealed class RoastCase(JsonElement json, Golden file)
{
    public static readonly Point Point = new(Site.ResidPost, 0);
    public static readonly SoftScaling[] Scalings = Enum.GetValues<SoftScaling>();

    public JsonElement Json => json;
    public string Name { get; } = json.GetProperty("case").GetString()!;
    public int Width { get; } = json.GetProperty("d").GetInt32();
    public int[] Used => json.TryGetProperty("used", out var used) ? [.. used.EnumerateArray().Select(x => x.GetInt32())] : [];
    public bool IsRejected => json.TryGetProperty("rejected", out _);
    public bool HasVector => Used.Length > 0;

    /// <summary>Relative to the largest expected magnitude; 1e-12, or 1e-9 where digits cancel.</summary>
    public double Tolerance => json.GetProperty("relative_tolerance_float64").GetDouble();

    public bool Has(string tensor) => file.Has($"{Name}/{tensor}");
    public double[] this[string tensor] => file.Doubles($"{Name}/{tensor}");
    public double Number(string name) => json.GetProperty(name).GetDouble();
    public double? NumberOrNull(string name) => json.GetProperty(name) is { ValueKind: JsonValueKind.Number } x ? x.GetDouble() : null;
    public double[] Numbers(string name) => [.. json.GetProperty(name).EnumerateArray().Select(x => x.GetDouble())];

    /// <summary>Question numbers with leading zeros: ordinal order is the order of the numbers.</summary>
    public static string Question(int q) => $"q{q:D4}";

    public ContrastStatistics Statistics()
    {
        var statistics = new ContrastStatistics(new ActivationLayout([Point], _ => Width));
        int questions = json.GetProperty("questions").GetInt32();
        for (int q = 0; q < questions; q++) statistics.AddQuestion(Question(q));
        AddRows(statistics, "pos", "k", correct: true);
        AddRows(statistics, "neg", "m", correct: false);
        return statistics;
    }

    void AddRows(ContrastStatistics statistics, string tensor, string counts, bool correct)
    {
        float[] rows = file[$"{Name}/{tensor}"];
        int row = 0, q = 0;
        foreach (var count in json.GetProperty(counts).EnumerateArray())
        {
            for (int i = 0; i < count.GetInt32(); i++, row++) statistics.AddRollout(Question(q), $"{tensor}{i}", correct, rows.AsSpan(row * Width, Width));
            q++;
        }
    }
}

/// <summary>Rows with question, verdict and shard.</summary>
sealed class MergeCase(JsonElement json, Golden file)
{
    public string Name { get; } = json.GetProperty("case").GetString()!;
    public double Tolerance { get; } = json.GetProperty("tolerance").GetDouble();
    public double[] this[string tensor] => file.Doubles($"{Name}/{tensor}");

    /// <summary>One statistics per shard.</summary>
    public ContrastStatistics[] Shards()
    {
        int width = json.GetProperty("d").GetInt32();
        ContrastStatistics[] shards = [.. Enumerable.Range(0, 3).Select(_ => new ContrastStatistics(new ActivationLayout([RoastCase.Point], _ => width)))];
        float[] rows = file[$"{Name}/rows"];
        for (int i = 0; i < rows.Length / width; i++)
            shards[Int("row_shard", i)].AddRollout(RoastCase.Question(Int("row_question", i)), $"{i}", json.GetProperty("row_correct")[i].GetBoolean(), rows.AsSpan(i * width, width));
        return shards;
    }

    int Int(string name, int i) => json.GetProperty(name)[i].GetInt32();
}
