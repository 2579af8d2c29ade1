using Roast.Formats;
using Roast.TestSupport;

namespace Roast.Tests.Cli;

/// <summary>A folder of one test, with what commands read and write.</summary>
sealed class Scratch : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("roast-cli-").FullName;

    public string this[string name] => Path.Combine(_folder, name);

    /// <summary>Names of the files that are there now.</summary>
    public IEnumerable<string> Files => Directory.EnumerateFiles(_folder).Select(path => Path.GetFileName(path)!).Order();

    public string Write(string name, params string[] lines)
    {
        File.WriteAllLines(this[name], lines);
        return this[name];
    }

    /// <summary>A vector that steers the default model; values are small, provenance is as given.</summary>
    public string Vector(string name, int width = 96, VectorProvenance? provenance = null, float value = 0.01f)
    {
        var direction = new float[width];
        Array.Fill(direction, value);
        new SteeringVector([KeyValuePair.Create(new Point(Site.AttnOut, 3), direction)], provenance).Save(this[name]);
        return this[name];
    }

    /// <summary>A vector file with NaN, which the library itself would not write.</summary>
    public string NaNVector(string name)
    {
        var direction = new float[96];
        direction[7] = float.NaN;
        using var stream = File.Create(this[name]);
        SafetensorsWriter.Write(stream, [SafetensorsTensor.Float32("attn_out.3", direction)], new Dictionary<string, string> { ["roast.format"] = "1" });
        return this[name];
    }

    /// <summary>A copy of the default model's files, but for those that are left out.</summary>
    public string Model(string name, params string[] without)
    {
        Directory.CreateDirectory(this[name]);
        foreach (string file in (string[])["config.json", "generation_config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"])
            if (!without.Contains(file)) File.Copy(Path.Combine(Repository.DefaultModel, file), Path.Combine(this[name], file));
        return this[name];
    }

    public static string Problems(string split) => Path.Combine(Repository.DefaultModel, "problems", $"{split}.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
