using BenchmarkDotNet.Attributes;

namespace Roast.Benchmarks;

/// <summary>How long does a whole fit take? 128 questions x 8 rollouts at ROAST's own places: sampled, verified, contrasted, solved.</summary>
[MemoryDiagnoser, MarkdownExporterAttribute.GitHub]
public class Fit
{
    Scene _scene = null!;

    /// <summary>Rows that decode together at most.</summary>
    [Params(16, 64, 256)] public int MaxRows { get; set; }

    [GlobalSetup] public void Open() => _scene = Scene.Open(new() { MaxRows = MaxRows });

    [GlobalCleanup] public void Close() => _scene.Dispose();

    [Benchmark] public int Questions128Rollouts8() => _scene.Fit().Rollouts.Count;
}
