namespace Roast.Onnx.Devices;

/// <summary>Captures in the process's own memory; a row's sum is made when it is first needed.</summary>
internal sealed class HostCaptures(IReadOnlyList<TensorMemory> taps, IReadOnlyList<int> widths, int rows) : TapCaptures
{
    readonly double[]?[] _sums = new double[]?[rows];
    readonly int _total = widths.Sum();

    public override void Clear(int row)
    {
        if (_sums[row] is { } sum) Array.Clear(sum);
        else _sums[row] = new double[_total];
    }

    public override void Move(int from, int to) => (_sums[from], _sums[to]) = (_sums[to], _sums[from]);

    public override void Add(ReadOnlySpan<bool> wanted)
    {
        for (int row = 0; row < wanted.Length; row++)
        {
            if (!wanted[row]) continue;
            int at = 0;
            for (int tap = 0; tap < widths.Count; at += widths[tap++]) Kernels.Sums.Add(_sums[row].AsSpan(at, widths[tap]), Tap(tap, row));
        }
    }

    public override void Mean(int row, int steps, Span<float> means) => Divide(_sums[row], steps, means);

    public override void Last(int row, Span<float> values)
    {
        int at = 0;
        for (int tap = 0; tap < widths.Count; at += widths[tap++]) Tap(tap, row).CopyTo(values[at..]);
    }

    public override void Dispose() { }

    Span<float> Tap(int tap, int row) => taps[tap].Read((long)row * widths[tap], widths[tap]);
}
