using System.Diagnostics;
using Roast.Cuda;

namespace Roast.Benchmarks.Gpu;

/// <summary>Times work on a device: queued many times, waited for once, the best of several rounds.</summary>
static class Clock
{
    const int Rounds = 7;
    const double SecondsPerRound = 0.05;

    /// <summary>Seconds of one run.</summary>
    public static double Seconds(IKernelLauncher launcher, Action work)
    {
        work();
        launcher.Wait();
        var once = Stopwatch.StartNew();
        work();
        launcher.Wait();
        int runs = Math.Clamp((int)(SecondsPerRound / Math.Max(once.Elapsed.TotalSeconds, 1e-7)), 3, 20_000);
        double best = double.PositiveInfinity;
        for (int round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            for (int i = 0; i < runs; i++) work();
            launcher.Wait();
            best = Math.Min(best, watch.Elapsed.TotalSeconds / runs);
        }
        return best;
    }
}
