using Microsoft.ML.OnnxRuntime;
using Roast.Graph;
using Roast.Onnx.Sessions;

namespace Roast.Onnx.Rows;

/// <summary>The port vectors of a batch: per port [width] when shared, [rows, 1, width] when each row has its own.</summary>
internal sealed class PortBuffers : IDisposable
{
    readonly NativeBuffer<float>[] _buffers;
    readonly int[] _widths;
    readonly Plan _plan;

    public PortBuffers(Plan plan, ModelShape shape, int rows)
    {
        _plan = plan;
        _widths = [.. plan.Ports.Select(port => shape.Width(port.Site))];
        _buffers = [.. _widths.Select(width => new NativeBuffer<float>(plan.PortForm == PortForm.Shared ? width : (long)rows * width))];
    }

    /// <summary>Writes what a row adds at every port: <c>s*v</c>, or zeros where it is not steered there.</summary>
    /// <param name="row">The row; any when the ports are shared.</param>
    /// <param name="steering">What steers it; <c>null</c>: nothing.</param>
    public void Write(int row, Steering? steering)
    {
        for (int i = 0; i < _buffers.Length; i++)
        {
            var offset = _buffers[i].Slice(_plan.PortForm == PortForm.Shared ? 0 : (long)row * _widths[i], _widths[i]);
            if (steering is not null && steering.Vector.Has(_plan.Ports[i])) steering.WriteOffset(_plan.Ports[i], offset);
            else offset.Clear();
        }
    }

    /// <summary>[width] what a row adds at port number <paramref name="port"/>.</summary>
    public ReadOnlySpan<float> Row(int port, int row) => _buffers[port].Slice(_plan.PortForm == PortForm.Shared ? 0 : (long)row * _widths[port], _widths[port]);

    public IEnumerable<(string Name, OrtValue Value)> Views(int rows)
    {
        for (int i = 0; i < _buffers.Length; i++)
            yield return (GraphNames.Port(_plan.Ports[i]), _plan.PortForm == PortForm.Shared
                ? _buffers[i].View(0, _widths[i])
                : _buffers[i].View(0, rows, 1, _widths[i]));
    }

    public void Dispose()
    {
        foreach (var buffer in _buffers) buffer.Dispose();
    }
}
