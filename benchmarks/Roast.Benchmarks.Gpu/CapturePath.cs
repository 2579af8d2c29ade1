using System.Diagnostics;
using System.Globalization;
using Roast.Cuda;

namespace Roast.Benchmarks.Gpu;

/// <summary>From taps to vectors: 1,000 questions of 16 rollouts, 64 layers of width 5120, layer by layer over one buffer.</summary>
sealed class CapturePath(IKernelLauncher launcher)
{
    const int Questions = 1000, Rollouts = 16, Layers = 64, Width = 5120, Rows = Questions * Rollouts;

    public void Measure(Report report)
    {
        using var tap = launcher.Allocate((long)Rows * Width * 2);
        using var pooled = launcher.Allocate((long)Rows * Width * sizeof(float));
        using var picks = launcher.Allocate(Rows * sizeof(int));
        launcher.Upload<int>(picks.As<int>(), [.. Enumerable.Range(0, Rows)]);
        var random = new Random(42);
        var values = new Half[Width];
        for (int r = 0; r < Rows; r++)
        {
            for (int c = 0; c < Width; c++) values[c] = (Half)(random.NextSingle() - 0.5f);
            launcher.Upload<Half>(tap.As<Half>().Slice((long)r * Width, Width), values);
        }
        QuestionRows[] questions = [.. Enumerable.Range(0, Questions).Select(q => new QuestionRows(Enumerable.Range(q * Rollouts, 7).ToArray(), Enumerable.Range(q * Rollouts + 7, Rollouts - 7).ToArray()))];
        launcher.Wait();
        var watch = Stopwatch.StartNew();
        for (int layer = 0; layer < Layers; layer++)
        {
            using var contrast = new DeviceContrast(launcher, Width);
            launcher.PoolLast(new ActivationView(tap, ElementType.Float16, Rows, Width), picks.As<int>(), pooled.As<float>());
            contrast.Add(new ActivationView(pooled, ElementType.Float32, Rows, Width), questions);
            contrast.ToVector();
        }
        report.Other($"{Questions} questions x {Rollouts} rollouts x {Layers} layers x {Width}: taps to vectors", string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalMilliseconds:F0} ms"));
    }
}
