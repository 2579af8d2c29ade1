using BenchmarkDotNet.Attributes;

namespace Roast.Benchmarks;

/// <summary>What does steering cost a decode step? Goals in DESIGN 8. Ratios near 1.00 are published from the interleaved run.</summary>
[MemoryDiagnoser, MarkdownExporterAttribute.GitHub]
public class SteeredDecode
{
    const int Tokens = 128;
    Scene _scene = null!;

    [Params(1, 16)] public int Rows { get; set; }

    [GlobalSetup]
    public void Open()
    {
        _scene = Scene.OpenNamed();
        _scene.AssertZeroVectorChangesNothing(Rows, tokens: 8);
        _scene.AssertVectorsSteer(Rows);
    }

    [GlobalCleanup] public void Close() => _scene.Dispose();

    [Benchmark(Baseline = true, OperationsPerInvoke = Tokens)] public int NoPort() => _scene.Decode(Rows, Tokens, Ports.None);

    [Benchmark(OperationsPerInvoke = Tokens)] public int SharedVector() => _scene.Decode(Rows, Tokens, Ports.Shared);

    /// <summary>With one row there is one vector: the same as <see cref="SharedVector"/>.</summary>
    [Benchmark(OperationsPerInvoke = Tokens)] public int DistinctVectors() => _scene.Decode(Rows, Tokens, Ports.PerRow);
}
