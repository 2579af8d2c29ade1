using Roast.Contrast;
using Roast.Onnx;
using Roast.Onnx.Devices;

namespace Roast.Cuda.Rows;

/// <summary>A fit's sums on a device: two a question, added to as rows end; one pass over them point by point makes the vector.</summary>
internal sealed class CudaContrasts : ContrastMemory
{
    const long MostBatchBytes = 64L << 20;                   // of a point's contrasts at once
    readonly CudaRows _rows;
    readonly ActivationLayout _layout;
    readonly int _total, _points;
    readonly List<DeviceBuffer> _buffers = [];
    readonly DeviceView<double> _sums, _norms;               // [sums, total width]; [kinds of norms, points]
    readonly DeviceView<ulong> _bad;                         // [points]
    readonly DeviceView<int> _at;                            // [points + 1]
    readonly DeviceView<float> _row;                         // [total width] what comes from the host
    int _added;
    bool _isDisposed;

    public CudaContrasts(CudaRows rows, ActivationLayout layout, int sums)
    {
        (_rows, _layout, _total, _points) = (rows, layout, layout.TotalWidth, layout.Points.Count);
        lock (rows.Gate)
            try
            {
                _sums = Zeros<double>((long)sums * _total);
                _norms = Zeros<double>(2 * _points);
                _bad = Zeros<ulong>(_points);
                _at = Zeros<int>(_points + 1);
                _row = Zeros<float>(_total);
                rows.Launcher.Upload<int>(_at, [.. layout.Points.Select((_, point) => layout.Offset(point)), _total]);
            }
            catch
            {
                Dispose();
                throw;
            }
    }

    /// <summary>What the sums take, and the pass over them on top.</summary>
    public static long Bytes(ActivationLayout layout, int sums) => (long)sums * layout.TotalWidth * sizeof(double) + MostBatchBytes + 16L * layout.TotalWidth + 4L * sums * layout.Points.Count + 32L * sums;

    public override void Add(int sum, NormKind norms, CapturedRow row)
    {
        var captures = (CudaCaptures)row.Captures;
        lock (_rows.Gate)
        {
            CheckOpen();
            var call = Call(sum, norms);
            _rows.Launcher.AddToSums(row.Steps == 0
                ? call with { Row = captures.Gather(row.Row) }
                : call with { StepSums = captures.StepSums, StepRows = captures.Most, StepRow = row.Row, Steps = row.Steps });
        }
    }

    public override void Add(int sum, NormKind norms, ReadOnlySpan<float> activations)
    {
        lock (_rows.Gate)
        {
            CheckOpen();
            _rows.Launcher.Upload(_row, activations);
            _rows.Launcher.AddToSums(Call(sum, norms) with { Row = _row });
        }
    }

    public override BadCapture? FindBad()
    {
        var entries = new ulong[_points];
        lock (_rows.Gate)
        {
            CheckOpen();
            _rows.Launcher.Download(_bad, entries.AsSpan());
        }
        BadCapture? first = null;
        foreach (ulong entry in entries)                     // points in order, so among those of one capture the first stays
            if (NotFiniteValue.Read(entry) is { } value && (first is null || value.Tag - 1 < first.Value.Capture)) first = new BadCapture(value.Tag - 1, value.Column, value.Value);
        return first;
    }

    public override DeviceVotes Vote(IReadOnlyList<SumPair> questions, SoftScaling scaling)
    {
        lock (_rows.Gate)
        {
            CheckOpen();
            using var pass = new CudaVote(_rows.Launcher, questions, _layout, scaling, MostBatchBytes);
            for (int point = 0; point < _points; point++) pass.Add(point, _sums, _total);
            return pass.Read();
        }
    }

    public override void Read(int sum, Span<double> values)
    {
        lock (_rows.Gate)
        {
            CheckOpen();
            _rows.Launcher.Download(Sum(sum), values);
        }
    }

    public override double[] ReadNorms(NormKind kind)
    {
        var norms = new double[_points];
        lock (_rows.Gate)
        {
            CheckOpen();
            _rows.Launcher.Download(Norms(kind), norms.AsSpan());
        }
        return norms;
    }

    public override void Dispose()
    {
        lock (_rows.Gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            _rows.Settle();
            foreach (var buffer in _buffers) buffer.Dispose();
        }
    }

    SumsCall Call(int sum, NormKind norms) => new() { At = _at, Sums = Sum(sum), Norms = Norms(norms), NotFinite = _bad, Tag = checked(++_added) };

    DeviceView<double> Sum(int sum) => _sums.Slice((long)sum * _total, _total);

    DeviceView<double> Norms(NormKind kind) => _norms.Slice((int)kind * _points, _points);

    DeviceView<T> Zeros<T>(long count) where T : unmanaged
    {
        var buffer = _rows.Launcher.Allocate(count * System.Runtime.CompilerServices.Unsafe.SizeOf<T>());
        _buffers.Add(buffer);
        _rows.Launcher.Fill(buffer.As<byte>(), 0);
        return buffer.As<T>();
    }

    void CheckOpen()
    {
        if (_isDisposed) throw new ObjectDisposedException(nameof(SteerableModel), "What this fit added up lay on the device of its model, and the model is closed. Look at the fit's statistics or contrasts before closing it.");
    }
}
