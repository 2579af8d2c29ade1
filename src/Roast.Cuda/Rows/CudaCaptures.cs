using Roast.Onnx.Devices;

namespace Roast.Cuda.Rows;

/// <summary>Captures on a device: sums go on there step by step; what a row has captured is gathered there, and moved once where somebody wants to see it.</summary>
internal sealed class CudaCaptures : TapCaptures
{
    readonly CudaRows _rows;
    readonly CudaTensor[] _taps;
    readonly int[] _widths, _at;                             // where a tap's values begin in a row's captures
    readonly int _most, _total;
    readonly byte[] _wanted;
    readonly DeviceBuffer _row, _last;                       // the row's number; [total width] float32
    DeviceBuffer? _mask, _sums, _gathered;                   // [rows]; per tap [rows, width] float64, tap after tap; [total width] float64
    double[] _read = [];

    public CudaCaptures(CudaRows rows, CudaTensor[] taps, int[] widths, int most)
    {
        (_rows, _taps, _widths, _most, _total) = (rows, taps, widths, most, widths.Sum());
        _at = [.. widths.Select((_, tap) => widths.Take(tap).Sum())];
        _wanted = new byte[most];
        lock (rows.Gate)
        {
            _row = rows.Launcher.Allocate(sizeof(int));
            _last = rows.Launcher.Allocate((long)_total * sizeof(float));
        }
    }

    public override void Clear(int row)
    {
        lock (_rows.Gate)
        {
            Reserve();
            for (int tap = 0; tap < _taps.Length; tap++) _rows.Launcher.Fill(Bytes(Sum(tap, row)), 0);
        }
    }

    public override void Move(int from, int to)
    {
        lock (_rows.Gate)
            for (int tap = 0; tap < _taps.Length; tap++) _rows.Launcher.Copy(Sum(tap, to), Sum(tap, from));
    }

    public override void Add(ReadOnlySpan<bool> wanted)
    {
        for (int row = 0; row < wanted.Length; row++) _wanted[row] = wanted[row] ? (byte)1 : (byte)0;
        lock (_rows.Gate)
        {
            Reserve();
            var mask = _mask!.As<byte>().Slice(0, wanted.Length);
            _rows.Launcher.Upload<byte>(mask, _wanted.AsSpan(0, wanted.Length));
            for (int tap = 0; tap < _taps.Length; tap++)
                _rows.Launcher.PoolAdd(_taps[tap].Rows(wanted.Length, _widths[tap]), mask, Sums(tap).Slice(0, (long)wanted.Length * _widths[tap]));
        }
    }

    public override void Mean(int row, int steps, Span<float> means)
    {
        if (_read.Length == 0) _read = new double[_total];
        lock (_rows.Gate)
        {
            for (int tap = 0; tap < _taps.Length; tap++) _rows.Launcher.Copy(_gathered!.As<double>().Slice(_at[tap], _widths[tap]), Sum(tap, row));
            _rows.Launcher.Download(_gathered!.As<double>(), _read.AsSpan());
        }
        Divide(_read, steps, means);
    }

    public override void Last(int row, Span<float> values)
    {
        lock (_rows.Gate) _rows.Launcher.Download(Gather(row), values);
    }

    /// <summary>Rows of each tap in <see cref="StepSums"/>.</summary>
    public int Most => _most;

    /// <summary>Per tap [<see cref="Most"/>, width], tap after tap. Only once <see cref="Clear"/> was called.</summary>
    public DeviceView<double> StepSums => _sums!.As<double>();

    /// <summary>[total width] a row's taps of the step that was just run, as float32, on the device: until the next call. Under the gate.</summary>
    public DeviceView<float> Gather(int row)
    {
        _rows.Launcher.Upload<int>(_row.As<int>(), [row]);
        for (int tap = 0; tap < _taps.Length; tap++) _rows.Launcher.PoolLast(_taps[tap].Rows(_most, _widths[tap]), _row.As<int>(), _last.As<float>().Slice(_at[tap], _widths[tap]));
        return _last.As<float>();
    }

    public override void Dispose()
    {
        lock (_rows.Gate)
        {
            _rows.Settle();
            _row.Dispose();
            _last.Dispose();
            _mask?.Dispose();
            _sums?.Dispose();
            _gathered?.Dispose();
        }
    }

    void Reserve()
    {
        if (_sums is not null) return;
        _mask = _rows.Launcher.Allocate(_most);
        _gathered = _rows.Launcher.Allocate((long)_total * sizeof(double));
        _sums = _rows.Launcher.Allocate((long)_most * _total * sizeof(double));
    }

    DeviceView<double> Sums(int tap) => _sums!.As<double>().Slice((long)_most * _at[tap], (long)_most * _widths[tap]);

    DeviceView<double> Sum(int tap, int row) => Sums(tap).Slice((long)row * _widths[tap], _widths[tap]);

    DeviceView<byte> Bytes(DeviceView<double> view) => _sums!.As<byte>().Slice(view.Start * sizeof(double), view.Length * sizeof(double));
}
