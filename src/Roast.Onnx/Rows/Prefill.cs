using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Roast.Graph;
using Roast.Onnx.Devices;
using Roast.Onnx.Sessions;

namespace Roast.Onnx.Rows;

/// <summary>
/// Runs all prompt tokens but the last, alone, straight into a row's slice of the cache. The last one is the row's first
/// decode step: that makes scope <c>last</c> exact. So the head is not run here, where the graph lets a run name the positions of its logits.
/// </summary>
internal sealed class Prefill(PlanSession session, KvCache cache) : IDisposable
{
    readonly SequenceInputs _inputs = new(session.Device, cache.Length);
    readonly PortMemory _ports = session.Device.Ports(session, rows: 1);
    readonly TensorMemory? _noIndices = session.Device.TakesEmptyTensors && session.Session.OverridableInitializerMetadata.ContainsKey(GraphNames.LogitIndices)
        ? session.Device.Allocate(TensorElementType.Int64, 0) : null;

    /// <summary>Whether runs leave the head out.</summary>
    internal bool SkipsHead => _noIndices is not null;

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
        using var binding = Binding.Of(session, cache, row, 1, [.. _inputs.Views(tokens.Length), .. _ports.Views(1).Select(port => (port.Name, port.Value, false)), .. NoLogits()]);
        binding.Run(cancel);
    }

    IEnumerable<(string Name, OrtValue Value, bool IsOutput)> NoLogits()
    {
        if (_noIndices is not null) yield return (GraphNames.LogitIndices, _noIndices.View(0, 0), false);
    }

    public void Dispose()
    {
        _inputs.Dispose();
        _ports.Dispose();
        _noIndices?.Dispose();
    }
}
