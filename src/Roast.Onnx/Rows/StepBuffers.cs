using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Roast.Contrast;
using Roast.Graph;
using Roast.Onnx.Devices;
using Roast.Onnx.Sessions;

namespace Roast.Onnx.Rows;

/// <summary>
/// What crosses between the loop and the session at each decode step, for up to <c>rows</c> rows: token ids and lengths
/// in, logits and taps out, port vectors in. Bound once per row count; a step changes contents only.
/// </summary>
internal sealed class StepBuffers : IDisposable
{
    readonly TensorMemory _inputs;                           // [rows] int64 token ids, then [rows] int32 lengths: one block, one move
    readonly HostTensor _total = new(TensorElementType.Int32, 1);        // attention reads it on the CPU, on every device
    readonly TensorMemory _logits;
    readonly TensorMemory[] _taps;
    readonly int[] _tapWidths;
    readonly byte[] _staged;
    readonly int _rows, _vocabulary;
    readonly Func<TapCaptures> _makeCaptures;
    readonly Dictionary<Pool, TapCaptures> _captures = [];

    public StepBuffers(PlanSession session, int rows)
    {
        var (device, plan) = (session.Device, session.Plan);
        (_rows, _vocabulary) = (rows, session.Shape.VocabularySize);
        _staged = new byte[rows * (sizeof(long) + sizeof(int))];
        _tapWidths = [.. plan.Taps.Select(tap => session.Shape.Width(tap.Site))];
        _taps = new TensorMemory[_tapWidths.Length];
        try
        {
            _inputs = device.Allocate(TensorElementType.Int64, rows + (rows + 1) / 2);
            _logits = device.Allocate(session.TypeOf(GraphNames.Logits), (long)rows * _vocabulary);
            for (int i = 0; i < _taps.Length; i++) _taps[i] = device.Allocate(session.TypeOf(GraphNames.Tap(plan.Taps[i])), (long)rows * _tapWidths[i]);
            Ports = device.Ports(session, rows);
        }
        catch
        {
            Dispose();
            throw;
        }
        _makeCaptures = () => device.Captures(_taps, _tapWidths, rows);
    }

    public PortMemory Ports { get; }

    /// <summary>What rows keep of their taps for a pool; made when it is first asked for.</summary>
    public TapCaptures Captures(Pool pool) => _captures.TryGetValue(pool, out var captures) ? captures : _captures[pool] = _makeCaptures();

    /// <summary>[rows] the token that each row feeds next.</summary>
    public Span<long> Ids(int rows) => MemoryMarshal.Cast<byte, long>(_staged.AsSpan())[..rows];

    /// <summary>[rows] GroupQueryAttention's seqlens_k: tokens of each row after this step, minus one.</summary>
    public Span<int> Lengths(int rows) => MemoryMarshal.Cast<byte, int>(_staged.AsSpan(_rows * sizeof(long)))[..rows];

    /// <summary>Tokens of the longest row after this step.</summary>
    public int Total { set => _total.Write(0, MemoryMarshal.AsBytes<int>([value])); }

    /// <summary>Called before a run: ids, lengths and ports are in place for it.</summary>
    public void Send()
    {
        _inputs.Write(0, _staged);
        Ports.Send();
    }

    /// <summary>Called behind a run whose logits are looked at.</summary>
    /// <param name="rows">Rows of the run.</param>
    public void FetchLogits(int rows) => _logits.Fetch((long)rows * _vocabulary);

    /// <summary>Called behind a run of which only the best tokens are wanted.</summary>
    /// <param name="tokens">[rows] overwritten; -1: see <see cref="Logits"/>.</param>
    /// <returns><c>false</c>: the device does not find them.</returns>
    public bool FindBest(Span<int> tokens)
    {
        _logits.Fetch(0);
        return _logits.Best(_vocabulary, tokens);
    }

    /// <summary>[vocabulary] the logits of one row; the sampler may overwrite them.</summary>
    public Span<float> Logits(int row) => _logits.Read((long)row * _vocabulary, _vocabulary);

    /// <summary>[width] one row's activations at the plan's tap number <paramref name="tap"/>.</summary>
    public Span<float> Tap(int tap, int row) => _taps[tap].Read((long)row * _tapWidths[tap], _tapWidths[tap]);

    /// <summary>Everything of a step of <paramref name="rows"/> rows but the cache, by the graph's names.</summary>
    public IEnumerable<(string Name, OrtValue Value, bool IsOutput)> Views(Plan plan, int rows)
    {
        yield return (GraphNames.InputIds, _inputs.View(0, rows, 1), false);
        yield return (GraphNames.SeqLensK, _inputs.ViewAs(TensorElementType.Int32, (long)_rows * sizeof(long), rows), false);
        yield return (GraphNames.TotalSequenceLength, _total.View(0, 1), false);
        yield return (GraphNames.Logits, _logits.View(0, rows, 1, _vocabulary), true);
        for (int i = 0; i < _taps.Length; i++)
            yield return (GraphNames.Tap(plan.Taps[i]), _taps[i].View(0, rows, 1, _tapWidths[i]), true);
        foreach (var (name, value) in Ports.Views(rows)) yield return (name, value, false);
    }

    public void Dispose()
    {
        _inputs?.Dispose();
        _total.Dispose();
        _logits?.Dispose();
        foreach (var tap in _taps) tap?.Dispose();
        Ports?.Dispose();
        foreach (var captures in _captures.Values) captures.Dispose();
    }
}
