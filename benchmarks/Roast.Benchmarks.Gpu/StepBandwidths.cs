using Roast.Cuda;

namespace Roast.Benchmarks.Gpu;

/// <summary>The kernels of a decode step, and of a row that ends, beside the model's own: sums of taps, greedy tokens, cache rows, sums of questions. Sizes of a batch of 64, so launches count too.</summary>
sealed class StepBandwidths(IKernelLauncher launcher)
{
    const int Rows = 64, Width = 4096, Vocabulary = 151_936;
    const int Layers = 32, Heads = 8, HeadSize = 128, Length = 4096, CacheRows = 2, Tokens = 1024;

    public void Measure(Report report)
    {
        foreach (var type in (ElementType[])[ElementType.Float32, ElementType.Float16]) Step(report, type);
        Cache(report);
        Sums(report);
    }

    void Step(Report report, ElementType type)
    {
        int size = type == ElementType.Float32 ? 4 : 2;
        using var logits = Zeros((long)Rows * Vocabulary * size);
        using var tokens = Zeros(Rows * sizeof(int));
        using var tap = Zeros((long)Rows * Width * size);
        using var sums = Zeros((long)Rows * Width * sizeof(double));
        using var mask = launcher.Allocate(Rows);
        launcher.Fill(mask.As<byte>(), 1);
        Add(report, $"best {type}", $"{Rows} rows of {Vocabulary}", (long)Rows * Vocabulary * size, () => launcher.Best(new ActivationView(logits, type, Rows, Vocabulary), tokens.As<int>()));
        Add(report, $"pool_add {type}", $"{Rows} rows of {Width}", (long)Rows * Width * (size + 16), () => launcher.PoolAdd(new ActivationView(tap, type, Rows, Width), mask.As<byte>(), sums.As<double>()));
    }

    /// <summary>A prompt's keys and values, from one row to another.</summary>
    void Cache(Report report)
    {
        const long head = (long)Length * HeadSize * 2, row = head * Heads, layer = row * CacheRows;
        using var cache = Zeros(layer * 2 * Layers);
        var call = new BlockCopyCall { Memory = cache.As<byte>(), From = 0, To = row, Bytes = Tokens * HeadSize * 2, Count = Heads, Stride = head, Groups = 2 * Layers, GroupStride = layer };
        Add(report, "copy", $"{2 * Layers} x {Heads} heads, {Tokens} tokens of {HeadSize} Float16", 2L * call.Bytes * call.Count * call.Groups, () => launcher.CopyBlocks(call));
    }

    /// <summary>A rollout that ends, and the questions' contrasts behind the last one.</summary>
    void Sums(Report report)
    {
        const int points = 64, total = points * Width, questions = 256;
        using var at = launcher.Allocate((points + 1) * sizeof(int));
        launcher.Upload<int>(at.As<int>(), [.. Enumerable.Range(0, points + 1).Select(point => point * Width)]);
        using var row = Zeros((long)total * sizeof(float));
        using var sums = Zeros(2L * questions * Width * sizeof(double));
        using var norms = Zeros(points * sizeof(double));
        using var bad = Zeros(points * sizeof(ulong));
        var call = new SumsCall { At = at.As<int>(), Row = row.As<float>(), Sums = sums.As<double>().Slice(0, total), Norms = norms.As<double>(), NotFinite = bad.As<ulong>(), Tag = 1 };
        Add(report, "sums_row", $"{points} points of {Width}", 20L * total, () => launcher.AddToSums(call));
        using var one = launcher.Allocate(4 * questions * sizeof(int));
        launcher.Upload<int>(one.As<int>(), [.. Enumerable.Range(0, 2 * questions), .. Enumerable.Repeat(4, 2 * questions)]);
        using var differences = Zeros((long)questions * Width * sizeof(double));
        using var small = Zeros(4L * questions * sizeof(double));
        DeviceView<int> Ints(int part) => one.As<int>().Slice(part * questions, questions);
        DeviceView<double> Doubles(int part) => small.As<double>().Slice(part * questions, questions);
        var contrast = new ContrastSumsCall
        {
            Sums = sums.As<double>(), Stride = Width, Width = Width, Correct = Ints(0), Incorrect = Ints(1), CorrectCounts = Ints(2), IncorrectCounts = Ints(3),
            Weights = Doubles(0), Votes = Doubles(1), Sizes = Doubles(2), States = small.As<int>().Slice(6 * questions, questions), Differences = differences.As<double>(), Scaling = Contrast.SoftScaling.MaxNorm,
        };
        Add(report, "contrast_sums", $"{questions} questions of {Width}", 24L * questions * Width, () => launcher.ContrastSums(contrast));
    }

    void Add(Report report, string kernel, string shape, long bytes, Action work) => report.Bandwidth(kernel, shape, bytes / Clock.Seconds(launcher, work) / 1e9, Copied());

    /// <summary>The device's own copy, in the same minute.</summary>
    double Copied()
    {
        const long bytes = 512L << 20;
        using DeviceBuffer from = launcher.Allocate(bytes), to = launcher.Allocate(bytes);
        return 2 * bytes / Clock.Seconds(launcher, () => launcher.Copy(to.As<byte>(), from.As<byte>())) / 1e9;
    }

    DeviceBuffer Zeros(long bytes)
    {
        var buffer = launcher.Allocate(bytes);
        launcher.Fill(buffer.As<byte>(), 0);
        return buffer;
    }
}
