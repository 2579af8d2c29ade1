using BenchmarkDotNet.Attributes;

namespace Roast.Benchmarks;

/// <summary>What is gained by decoding 16 rows together? Per operation: one token of one row, prefill included.</summary>
[MemoryDiagnoser, MarkdownExporterAttribute.GitHub]
public class BatchDecode
{
    const int Rows = 16, Tokens = 128;
    Scene _scene = null!;

    [GlobalSetup]
    public void Open()
    {
        _scene = Scene.OpenNamed();
        _scene.AssertBatchEqualsAlone(Rows, Tokens);
    }

    [GlobalCleanup] public void Close() => _scene.Dispose();

    [Benchmark(Baseline = true, OperationsPerInvoke = Rows * Tokens)] public int OneAfterAnother() => _scene.DecodeAlone(Rows, Tokens);

    [Benchmark(OperationsPerInvoke = Rows * Tokens)] public int Together() => _scene.Decode(Rows, Tokens, Ports.None);
}
