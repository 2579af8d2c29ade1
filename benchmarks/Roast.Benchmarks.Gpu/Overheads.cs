using System.Diagnostics;
using System.Globalization;
using Roast.Cuda;

namespace Roast.Benchmarks.Gpu;

/// <summary>What a launch costs where there is next to nothing to do.</summary>
sealed class Overheads(IKernelLauncher launcher)
{
    const int Launches = 20_000;

    public void Measure(Report report)
    {
        using var buffer = launcher.Allocate(4096);
        launcher.Fill(buffer.As<byte>(), 0);
        var (x, rows, pooled) = (new ActivationView(buffer, ElementType.Float32, 1, 1), buffer.As<int>().Slice(16, 1), buffer.As<float>().Slice(32, 1));
        double queued = Clock.Seconds(launcher, () => launcher.PoolLast(x, rows, pooled));
        long before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < Launches; i++)
        {
            launcher.PoolLast(x, rows, pooled);
            launcher.Wait();
        }
        double waited = watch.Elapsed.TotalSeconds / Launches;
        report.Other("a launch, queued back to back", string.Create(CultureInfo.InvariantCulture, $"{queued * 1e6:F2} us"));
        report.Other("a launch, waited for", string.Create(CultureInfo.InvariantCulture, $"{waited * 1e6:F2} us"));
        report.Other($"managed bytes allocated by {Launches} launches", (GC.GetAllocatedBytesForCurrentThread() - before).ToString(CultureInfo.InvariantCulture));
    }
}
