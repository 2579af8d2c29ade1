using Roast.Cuda;
using Roast.Sampling;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Kernels.Cases;

/// <summary>Three steps of five rows, of which some count in each.</summary>
sealed record PoolAddCase(ElementType Type, int Width, int Stride, int Shift) : KernelCase
{
    public override int Width { get; init; } = Width;

    protected override void Run(Stage stage, bool check)
    {
        const int rows = 5, steps = 3;
        var (raw, values) = Draw.Activations(Type, (rows - 1) * Stride + Width, seed: 30);
        byte[][] masks = [[1, 0, 255, 0, 1], [0, 0, 1, 1, 1], [1, 0, 0, 0, 2]];
        double[] before = [.. Enumerable.Range(0, rows * Width).Select(i => i % 7 - 3.25)];
        var (x, sums) = (stage.Rows(Type, raw, rows, Width, Stride, Shift), stage.In(before, Shift));
        for (int step = 0; step < steps; step++) stage.Launcher.PoolAdd(x, stage.In(masks[step]), sums);
        double[] actual = stage.Read(sums);
        if (!check) return;
        for (int step = 0; step < steps; step++)
            for (int r = 0; r < rows; r++)
                if (masks[step][r] != 0) for (int c = 0; c < Width; c++) before[r * Width + c] += values[r * Stride + c];
        Assert.True(before.AsSpan().SequenceEqual(actual), $"{this}: a sum differs.");
    }
}

/// <summary>
/// Rows with ties of the largest, -0 beside +0, a lone one at either end, -infinity among the others; and with NaN, +infinity, and -infinity
/// throughout, which have no best token. The reference is Sampler.ArgMax in Core.
/// </summary>
sealed record BestCase(ElementType Type, int Width, int Stride, int Shift) : KernelCase
{
    public override int Width { get; init; } = Width;

    protected override void Run(Stage stage, bool check)
    {
        const int plain = 10, bits = 11, rows = plain + bits;
        int columns = Type == ElementType.Float32 ? 4 : 8;       // of one thread
        var (_, values) = Draw.Activations(Type, (rows - 1) * Stride + Width, seed: 31);
        Span<float> Row(int r) => values.AsSpan(r * Stride, Width);
        (Row(1)[0], Row(2)[^1]) = (9, 9);
        Row(3)[Width / 3] = Row(3)[Width * 2 / 3] = Row(3)[^1] = 9;
        for (int c = 0; c < Width; c++) Row(4)[c] = c < Width / 2 ? -1 : c % 2 == 0 ? -0f : 0;
        for (int c = 0; c < Width; c++) if (c % 3 != 1) Row(5)[c] = float.NegativeInfinity;
        Row(6)[Width / 2] = float.NaN;
        Row(7)[^1] = float.PositiveInfinity;
        Row(8).Fill(float.NegativeInfinity);
        for (int k = 0; k < bits; k++) Row(plain + k)[Math.Min(Width - 1, (1 << k) * columns + k % columns)] = 9;     // a lane, a warp, a turn that differs in one bit
        var tokens = stage.Out<int>(rows);
        stage.Launcher.Best(stage.Rows(Type, Draw.Raw(Type, values), rows, Width, Stride, Shift), tokens);
        int[] actual = stage.Read(tokens);
        if (!check) return;
        for (int r = 0; r < rows; r++)
        {
            int expected = -1;
            try { expected = Sampler.ArgMax(Row(r)); }
            catch (RoastException e) when (e.Kind == RoastError.NotFinite) { }
            Assert.True(expected == actual[r], $"{this}, row {r}: {actual[r]}, expected {expected}");
        }
        Assert.Equal(Width > 1 ? 3 : 4, actual.Count(token => token == -1));     // a single column of row 5 is -infinity too
    }
}

/// <summary>Row 2 of three goes over row 0: five blocks of two groups, of <c>Width</c> 16-bit values, whose places are multiples of a grain of bytes or one value beside.</summary>
sealed record CopyCase(int Width, int Grain, int Shift) : KernelCase
{
    public override int Width { get; init; } = Width;

    protected override void Run(Stage stage, bool check)
    {
        const int count = 5, groups = 2, rows = 3;
        int size = 2 * Width;
        long stride = (size + 6L + Grain - 1) / Grain * Grain, row = stride * count, group = row * rows + Grain;
        var bytes = new byte[group * groups + 2 * Shift];
        new Random(32).NextBytes(bytes);
        var memory = stage.In(bytes);
        stage.Launcher.CopyBlocks(new BlockCopyCall { Memory = memory, From = 2 * row + 2 * Shift, To = 2 * Shift, Bytes = size, Count = count, Stride = stride, Groups = groups, GroupStride = group });
        byte[] actual = stage.Read(memory);
        if (!check) return;
        for (int g = 0; g < groups; g++)
            for (int k = 0; k < count; k++) bytes.AsSpan((int)(g * group + 2 * row + k * stride) + 2 * Shift, size).CopyTo(bytes.AsSpan((int)(g * group + k * stride) + 2 * Shift));
        Assert.True(bytes.AsSpan().SequenceEqual(actual), $"{this}: byte {bytes.AsSpan().CommonPrefixLength(actual)} differs.");
    }
}
