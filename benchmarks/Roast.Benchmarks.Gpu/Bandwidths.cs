using Roast.Contrast;
using Roast.Cuda;

namespace Roast.Benchmarks.Gpu;

/// <summary>How near does every kernel come to copying memory? Working sets far above any second-level cache.</summary>
sealed class Bandwidths(IKernelLauncher launcher)
{
    const int Width = 4096;
    const long CopyBytes = 512L << 20;

    public void Measure(Report report)
    {
        foreach (var type in Enum.GetValues<ElementType>())
        {
            Pools(report, type);
            Ports(report, type);
        }
        foreach (var scaling in Enum.GetValues<SoftScaling>()) Contrasts(report, scaling);
    }

    void Pools(Report report, ElementType type)
    {
        int size = type == ElementType.Float32 ? 4 : 2, rows = (int)((256L << 20) / (Width * size)), sequences = rows / 64;
        using var x = Zeros((long)rows * Width * size);
        using var pooled = Zeros((long)rows * Width * sizeof(float));
        using var all = Of([.. Enumerable.Range(0, rows).Select(r => (int)((long)r * 7919 % rows))]);
        using var first = Of([.. Enumerable.Range(0, sequences).Select(b => b * 64)]);
        using var end = Of([.. Enumerable.Range(0, sequences).Select(b => b * 64 + 64)]);
        var view = new ActivationView(x, type, rows, Width);
        Add(report, $"pool_last {type}", $"{rows} rows of {Width}", (long)rows * Width * (size + 4), () => launcher.PoolLast(view, all.As<int>(), pooled.As<float>()));
        Add(report, $"pool_mean {type}", $"{sequences} x 64 rows of {Width}", (long)rows * Width * size + (long)sequences * Width * 4, () => launcher.PoolMean(view, first.As<int>(), end.As<int>(), default, pooled.As<float>()));
        Add(report, $"norms {type}", $"{rows} rows of {Width}", (long)rows * Width * size, () => launcher.Norms(view, pooled.As<double>()));
    }

    void Ports(Report report, ElementType type)
    {
        int size = type == ElementType.Float32 ? 4 : 2, rows = (int)((256L << 20) / (Width * size));
        using var h = Zeros((long)rows * Width * size);
        using var v = Zeros((long)rows * Width * sizeof(float));
        using var at = Of([.. Enumerable.Range(0, rows + 1)]);
        using var picks = Of([.. Enumerable.Range(0, rows)]);
        using var strengths = launcher.Allocate(rows * sizeof(float));
        launcher.Upload<float>(strengths.As<float>(), [.. Enumerable.Repeat(0.2f, rows)]);
        var view = new ActivationView(h, type, rows, Width);
        var scale = new ScaleCall { Vectors = v.As<float>(), At = at.As<int>(), Picks = picks.As<int>(), Strengths = strengths.As<float>(), Port = view };
        var inject = new InjectCall { Activations = view, Vectors = v.As<float>(), Picks = picks.As<int>(), Strengths = strengths.As<float>() };
        Add(report, $"scale {type}", $"{rows} rows of {Width}, a vector each", (long)rows * Width * (4 + size), () => launcher.Scale(scale));
        Add(report, $"inject {type}", $"{rows} rows of {Width}, a vector each", (long)rows * Width * (4 + 2 * size), () => launcher.Inject(inject));
    }

    void Contrasts(Report report, SoftScaling scaling)
    {
        const int questions = 1024, perSide = 8, rows = questions * perSide * 2;
        using var x = Zeros((long)rows * Width * sizeof(float));
        using var at = Of([.. Enumerable.Range(0, questions + 1).Select(q => q * perSide)]);
        using var correct = Of([.. Enumerable.Range(0, questions * perSide).Select(i => i / perSide * perSide * 2 + i % perSide)]);
        using var incorrect = Of([.. Enumerable.Range(0, questions * perSide).Select(i => i / perSide * perSide * 2 + perSide + i % perSide)]);
        using var d = Zeros((long)questions * Width * sizeof(double));
        using var small = Zeros(4L * questions * sizeof(double));
        using var sums = Zeros(Width * sizeof(double));
        using var mean = Zeros(Width * sizeof(float));
        var values = new float[Width];
        for (int i = 0; i < Width; i++) values[i] = MathF.Sin(i);
        for (int q = 0; q < questions; q++) launcher.Upload<float>(x.As<float>().Slice((long)q * perSide * 2 * Width, Width), values);      // no question is degenerate
        DeviceView<double> Part(int i) => small.As<double>().Slice(i * questions, questions);
        launcher.Upload<double>(Part(0), [.. Enumerable.Repeat(1.0, questions)]);
        var call = new ContrastCall
        {
            Rows = new ActivationView(x, ElementType.Float32, rows, Width), CorrectAt = at.As<int>(), Correct = correct.As<int>(), IncorrectAt = at.As<int>(), Incorrect = incorrect.As<int>(),
            Weights = Part(0), Differences = d.As<double>(), Votes = Part(1), Sizes = Part(2), States = small.As<int>().Slice(6L * questions, questions), Scaling = scaling,
        };
        var average = new ContrastMeanCall { Differences = d.As<double>(), Votes = Part(1), Sums = sums.As<double>(), Mean = mean.As<float>(), TotalWeight = questions };
        long again = scaling switch { SoftScaling.L2Norm => 8, SoftScaling.Softmax => 16, _ => 0 };     // d is read, and for softmax written, a second time
        Add(report, $"contrast {scaling.Name()}", $"{questions} x 16 rows of {Width}", (long)rows * Width * 4 + questions * Width * (8 + again), () => launcher.Contrast(call));
        if (scaling == SoftScaling.MaxNorm) Add(report, "contrast_mean", $"{questions} questions of {Width}", (long)questions * Width * 8, () => launcher.ContrastMean(average));
    }

    void Add(Report report, string kernel, string shape, long bytes, Action work)
    {
        double copy;
        using (DeviceBuffer from = launcher.Allocate(CopyBytes), to = launcher.Allocate(CopyBytes))
            copy = 2 * CopyBytes / Clock.Seconds(launcher, () => launcher.Copy(to.As<byte>(), from.As<byte>())) / 1e9;
        report.Bandwidth(kernel, shape, bytes / Clock.Seconds(launcher, work) / 1e9, copy);
    }

    DeviceBuffer Zeros(long bytes)
    {
        var buffer = launcher.Allocate(bytes);
        launcher.Fill(buffer.As<byte>(), 0);
        return buffer;
    }

    DeviceBuffer Of(int[] values)
    {
        var buffer = launcher.Allocate(values.Length * sizeof(int));
        launcher.Upload<int>(buffer.As<int>(), values);
        return buffer;
    }
}
