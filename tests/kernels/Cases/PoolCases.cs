using Roast.Cuda;
using Roast.TestSupport;

namespace Roast.Tests.Kernels.Cases;

/// <summary>Gathers three rows out of eleven.</summary>
sealed record PoolLastCase(ElementType Type, int Width, int Stride, int Shift) : KernelCase
{
    public override int Width { get; init; } = Width;

    protected override void Run(Stage stage, bool check)
    {
        const int rows = 11;
        int[] picks = [10, 0, 4];
        var (raw, values) = Draw.Activations(Type, (rows - 1) * Stride + Width, seed: 1);
        var pooled = stage.Out<float>(picks.Length * Width, Shift);
        stage.Launcher.PoolLast(stage.Rows(Type, raw, rows, Width, Stride, Shift), stage.In(picks), pooled);
        float[] actual = stage.Read(pooled);
        if (check) Near.SameBits([.. picks.SelectMany(row => values.AsSpan(row * Stride, Width).ToArray())], actual, ToString());
    }
}

/// <summary>Means over four sequences: of many rows, of one, of none, and of all.</summary>
sealed record PoolMeanCase(ElementType Type, int Width, int Stride, int Shift, bool Masked) : KernelCase
{
    public override int Width { get; init; } = Width;

    protected override void Run(Stage stage, bool check)
    {
        const int rows = 21;
        int[] first = [0, 19, 7, 0], end = [18, 20, 7, 21];
        byte[] mask = [.. Enumerable.Range(0, rows).Select(r => (byte)(r * 7 % 3 == 1 ? 0 : r + 1))];
        var (raw, values) = Draw.Activations(Type, (rows - 1) * Stride + Width, seed: 2);
        var pooled = stage.Out<float>(first.Length * Width, Shift);
        stage.Launcher.PoolMean(stage.Rows(Type, raw, rows, Width, Stride, Shift), stage.In(first), stage.In(end), Masked ? stage.In(mask) : default, pooled);
        float[] actual = stage.Read(pooled);
        if (!check) return;
        var expected = new double[first.Length * Width];
        for (int b = 0; b < first.Length; b++)
        {
            int[] counted = [.. Enumerable.Range(first[b], end[b] - first[b]).Where(r => !Masked || mask[r] != 0)];
            for (int c = 0; c < Width; c++) expected[b * Width + c] = counted.Length == 0 ? 0 : counted.Sum(r => (double)values[r * Stride + c]) / counted.Length;
        }
        Near.EqualToScale(expected, Array.ConvertAll(actual, x => (double)x), Tolerance.RoundedToFloat32, ToString());
    }
}

/// <summary>Norms of five rows.</summary>
sealed record NormsCase(ElementType Type, int Width, int Stride, int Shift) : KernelCase
{
    public override int Width { get; init; } = Width;

    protected override void Run(Stage stage, bool check)
    {
        const int rows = 5;
        var (raw, values) = Draw.Activations(Type, (rows - 1) * Stride + Width, seed: 3);
        var norms = stage.Out<double>(rows);
        stage.Launcher.Norms(stage.Rows(Type, raw, rows, Width, Stride, Shift), norms);
        double[] actual = stage.Read(norms);
        if (check) Near.EqualToScale([.. Enumerable.Range(0, rows).Select(r => Math.Sqrt(Enumerable.Range(0, Width).Sum(c => (double)values[r * Stride + c] * values[r * Stride + c])))], actual, Tolerance.Float64Sums, ToString());
    }
}
