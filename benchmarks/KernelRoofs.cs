using BenchmarkDotNet.Attributes;
using Roast.Contrast;
using Roast.Kernels;

namespace Roast.Benchmarks;

/// <summary>How near do the kernels come to copying memory? The copy moves as many bytes as <c>Sums.Add</c>: 20 a value.</summary>
[MarkdownExporterAttribute.GitHub]
public class KernelRoofs
{
    internal const int BytesPerSum = 20;                     // 4 + 8 read, 8 written
    double[] _sum = [], _contrast = [];
    float[] _row = [];
    byte[] _from = [], _to = [];

    /// <summary>A wide layer that stays in the first cache levels, and 80 MB that stay in none.</summary>
    [Params(4096, 1 << 22)] public int Width { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(42);
        _row = [.. Enumerable.Range(0, Width).Select(_ => random.NextSingle() - 0.5f)];
        (_sum, _contrast) = (new double[Width], [.. _row]);
        (_from, _to) = (new byte[Width * BytesPerSum / 2], new byte[Width * BytesPerSum / 2]);
    }

    [Benchmark(Baseline = true)] public void Copy() => _from.AsSpan().CopyTo(_to);

    [Benchmark] public void SumsAdd() => Sums.Add(_sum, _row);

    /// <summary>In place: after the first call the largest value is 1 and stays so.</summary>
    [Benchmark] public bool SoftScaleMaxNorm() => SoftScale.Apply(_contrast, SoftScaling.MaxNorm);
}
