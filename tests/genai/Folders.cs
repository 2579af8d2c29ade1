using Roast.Graph;
using Roast.Graph.Export;
using Roast.Onnx;
using Roast.Tests.Integration.TinyRandom;
using Roast.TestSupport;

namespace Roast.Tests.GenAI;

/// <summary>A tiny model's exported folder, with GenAI over it and our own loop beside it.</summary>
sealed class Folders : IDisposable
{
    readonly string _root = Directory.CreateTempSubdirectory("roast-genai-").FullName;

    public Folders(string name)
    {
        Library = GenAILibraryFile.Require();
        Tiny = new TinyModel(name);
        Plain = Path.Combine(_root, "plain");
        ModelExporter.Export(SharedData.Require("models", "tiny-random", name), Plain);
    }

    public string Library { get; }

    /// <summary>The model in its Hugging Face folder, run by our loop, with its goldens.</summary>
    public TinyModel Tiny { get; }

    /// <summary>The folder as exported: no taps, no ports.</summary>
    public string Plain { get; }

    public string this[string name] => Path.Combine(_root, name);

    /// <summary>GenAI over a folder.</summary>
    public GenAIEngine Open(string? folder = null) => GenAIEngine.Open(folder ?? Plain, new GenAIOptions { LibraryPath = Library, Threads = 1 });

    /// <summary>A folder whose graph has these ports, beside the same weights: what GenAI opens without us.</summary>
    public string WithPorts(PortForm form, params IReadOnlyList<Point> points)
    {
        string folder = this[$"ports-{form}-{string.Join('-', points)}"];
        ModelExporter.Export(SharedData.Require("models", "tiny-random", Path.GetFileName(Tiny.Model.FullPath)), folder);
        string file = Path.Combine(folder, "model.onnx");
        File.WriteAllBytes(file, ModelGraph.Load(file).Instrument(new Plan { Ports = points, PortForm = form, Logits = LogitPositions.All }));
        return folder;
    }

    /// <summary>A vector that changes this model's tokens.</summary>
    public SteeringVector Vector(float size, params IReadOnlyList<Point> points) => new(points.Select(point =>
    {
        var random = new Random(100 * point.Layer + (int)point.Site);
        return KeyValuePair.Create(point, Enumerable.Range(0, Tiny.Model.Shape.Width(point.Site)).Select(_ => (float)(random.NextDouble() - 0.5) * size).ToArray());
    }));

    /// <summary>Writes a pack.</summary>
    public AdapterPack Pack(string name, Steering steering, string? folder = null)
    {
        SteeringPack.Save(this[name], steering, HostGraph.Load(Path.Combine(folder ?? Plain, "model.onnx")));
        return AdapterPack.Open(this[name]);
    }

    public void Dispose()
    {
        Tiny.Dispose();
        Directory.Delete(_root, recursive: true);
    }
}
