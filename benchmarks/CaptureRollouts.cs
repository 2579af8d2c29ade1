using BenchmarkDotNet.Attributes;

namespace Roast.Benchmarks;

/// <summary>What does it cost to capture activations while rolling out? One operation: 128 questions x 8 answers.</summary>
[MemoryDiagnoser, MarkdownExporterAttribute.GitHub]
public class CaptureRollouts
{
    const int PerQuestion = 8;
    Scene _scene = null!;

    [GlobalSetup]
    public void Open()
    {
        _scene = Scene.Open();
        _scene.AssertCaptureChangesNoToken(PerQuestion);
    }

    [GlobalCleanup] public void Close() => _scene.Dispose();

    [Benchmark(Baseline = true)] public int Plain() => _scene.Rollouts(PerQuestion, capture: false);

    [Benchmark] public int Captured() => _scene.Rollouts(PerQuestion, capture: true);
}
