using Roast.Onnx.Devices;
using Roast.Onnx.Sessions;

namespace Roast.Onnx.Rows;

/// <summary>
/// Runs all prompt tokens but the last, alone, straight into a row's slice of the cache. The last one is the row's first
/// decode step: that makes scope <c>last</c> exact and needs the head for one position only.
/// </summary>
internal sealed class Prefill(PlanSession session, KvCache cache) : IDisposable
{
    readonly SequenceInputs _inputs = new(session.Device, cache.Length);
    readonly PortMemory _ports = session.Device.Ports(session, rows: 1);

    /// <summary>Fills row <paramref name="row"/> with the keys and values of <paramref name="tokens"/>.</summary>
    /// <param name="row">A row of the cache.</param>
    /// <param name="tokens">[tokens] at least one.</param>
    /// <param name="steering">What steers these positions; <c>null</c>: nothing.</param>
    /// <param name="cancel">Also ends a run that is under way.</param>
    public void Run(int row, ReadOnlySpan<int> tokens, Steering? steering, CancellationToken cancel)
    {
        _inputs.Set(tokens);
        _ports.Set(0, steering);
        _ports.Send();
        using var binding = Binding.Of(session, cache, row, 1, [.. _inputs.Views(tokens.Length), .. _ports.Views(1).Select(port => (port.Name, port.Value, false))]);
        binding.Run(cancel);
    }

    public void Dispose()
    {
        _inputs.Dispose();
        _ports.Dispose();
    }
}
