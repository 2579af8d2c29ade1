using Microsoft.ML.OnnxRuntime;
using Roast.Graph;
using Roast.Onnx.Sessions;

namespace Roast.Onnx.Rows;

/// <summary>
/// Runs all prompt tokens but the last, alone, straight into a row's slice of the cache. The last one is the row's first
/// decode step: that makes scope <c>last</c> exact and needs the head for one position only.
/// </summary>
internal sealed class Prefill(PlanSession session, KvCache cache) : IDisposable
{
    readonly NativeBuffer<long> _ids = new(cache.Length);
    readonly NativeBuffer<int> _length = new(1), _total = new(1);
    readonly PortBuffers _ports = new(session.Plan, session.Shape, rows: 1);

    /// <summary>Fills row <paramref name="row"/> with the keys and values of <paramref name="tokens"/>.</summary>
    /// <param name="row">A row of the cache.</param>
    /// <param name="tokens">[tokens] at least one.</param>
    /// <param name="steering">What steers these positions; <c>null</c>: nothing.</param>
    /// <param name="run">Its Terminate flag ends the run early.</param>
    /// <param name="cancel">Turns an early end into cancellation.</param>
    public void Run(int row, ReadOnlySpan<int> tokens, Steering? steering, RunOptions run, CancellationToken cancel)
    {
        var ids = _ids.Slice(0, tokens.Length);
        for (int i = 0; i < tokens.Length; i++) ids[i] = tokens[i];
        _length.Slice(0, 1)[0] = tokens.Length - 1;
        _total.Slice(0, 1)[0] = tokens.Length;
        _ports.Write(0, steering);
        using var binding = Binding.Of(session, cache, row, 1, Views(tokens.Length));
        binding.Run(session, run, cancel);
    }

    IEnumerable<(string Name, OrtValue Value, bool IsOutput)> Views(int tokens)
    {
        yield return (GraphNames.InputIds, _ids.View(0, 1, tokens), false);
        yield return (GraphNames.SeqLensK, _length.View(0, 1), false);
        yield return (GraphNames.TotalSequenceLength, _total.View(0, 1), false);
        foreach (var (name, value) in _ports.Views(1)) yield return (name, value, false);
    }

    public void Dispose()
    {
        _ids.Dispose();
        _length.Dispose();
        _total.Dispose();
        _ports.Dispose();
    }
}
