using Microsoft.ML.OnnxRuntime;
using Roast.Contrast;
using Roast.Graph;
using Roast.Onnx.Devices;
using Roast.Onnx.Sessions;

namespace Roast.Onnx.Rows;

/// <summary>
/// Reads whole sequences in one unsteered run each: the activations of every position at the plan's taps, and the logits.
/// Buffers grow to the longest sequence and are used again. Used by one thread at a time.
/// </summary>
internal sealed class SequenceReader : IDisposable
{
    readonly SessionLease _lease;
    readonly PlanSession _session;
    readonly long _maxKvBytes;
    readonly bool _wantsLogits;
    SequenceInputs? _inputs;
    TensorMemory? _logits;
    TensorMemory[] _taps = [];
    KvCache? _cache;

    /// <param name="lease">Its plan says what is tapped, and of which positions the logits are. Given back when the reader is disposed.</param>
    /// <param name="wantsLogits">Whether <see cref="Logits"/> will be read.</param>
    /// <param name="maxKvBytes">A larger cache is refused.</param>
    public SequenceReader(SessionLease lease, bool wantsLogits, long maxKvBytes)
    {
        (_lease, _session, _wantsLogits, _maxKvBytes) = (lease, lease.Session, wantsLogits, maxKvBytes);
        Layout = new ActivationLayout(_session.Plan.Taps, point => _session.Shape.Width(point.Site));
    }

    public ActivationLayout Layout { get; }

    /// <summary>Positions of the sequence that was read last.</summary>
    public int Positions { get; private set; }

    /// <summary>[count, width] the activations at a tap from a position on of the sequence that was read last; valid until the next call.</summary>
    public ReadOnlySpan<float> At(int tap, int position, int count = 1) => _taps[tap].Read((long)position * Layout.Width(tap), checked(count * Layout.Width(tap)));

    /// <summary>[count, vocabulary] the logits after the first positions of the sequence that was read last; there is one where the plan asks for the last logits.</summary>
    public ReadOnlySpan<float> Logits(int count) => _logits!.Read(0, checked(count * _session.Shape.VocabularySize));

    int LogitRows => _session.Plan.Logits == LogitPositions.All ? Positions : 1;

    /// <summary>Runs a sequence.</summary>
    /// <param name="ids">[positions] at least one, at most the context.</param>
    /// <param name="cancel">Also ends a running run.</param>
    public void Read(ReadOnlySpan<int> ids, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        Reserve(ids.Length);
        Positions = ids.Length;
        _inputs!.Set(ids);
        using var binding = Binding.Of(_session, _cache!, 0, 1, Views());
        binding.Run(cancel);
    }

    IEnumerable<(string Name, OrtValue Value, bool IsOutput)> Views()
    {
        foreach (var input in _inputs!.Views(Positions)) yield return input;
        for (int i = 0; i < _taps.Length; i++)
            yield return (GraphNames.Tap(Layout.Points[i]), _taps[i].View(0, 1, Positions, Layout.Width(i)), true);
        if (_wantsLogits) yield return (GraphNames.Logits, _logits!.View(0, 1, LogitRows, _session.Shape.VocabularySize), true);
    }

    void Reserve(int positions)
    {
        if (_cache is not null && positions <= _cache.Length) return;
        // Twice as long as before where there is room for that, so that sequences of growing length do not each allocate.
        long fits = Math.Min(_session.Shape.MaxPositions, _maxKvBytes / KvCache.RowBytes(_session, 1));
        int length = (int)Math.Max(positions, Math.Min(fits, 2L * (_cache?.Length ?? 0)));
        Release();
        _inputs = new SequenceInputs(_session.Device, length);
        _taps = [.. Layout.Points.Select((point, i) => _session.Device.Allocate(_session.TypeOf(GraphNames.Tap(point)), (long)length * Layout.Width(i)))];
        if (_wantsLogits) _logits = _session.Device.Allocate(_session.TypeOf(GraphNames.Logits), (long)(_session.Plan.Logits == LogitPositions.All ? length : 1) * _session.Shape.VocabularySize);
        _cache = new KvCache(_session, 1, length, _maxKvBytes);         // last: it says that the rest is there
    }

    // Leaves nothing that the next call could take for memory: there may be no room for a longer sequence.
    void Release()
    {
        _cache?.Dispose();
        _inputs?.Dispose();
        _logits?.Dispose();
        foreach (var tap in _taps) tap.Dispose();
        (_cache, _inputs, _logits, _taps) = (null, null, null, []);
    }

    public void Dispose()
    {
        Release();
        _lease.Dispose();
    }
}
