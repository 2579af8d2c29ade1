using Microsoft.ML.OnnxRuntime;
using Roast.Graph;
using Roast.Onnx.Sessions;

namespace Roast.Onnx.Devices;

/// <summary>The port vectors of a batch: per port [width] when shared, [rows, 1, width] when each row has its own, of the graph's type.</summary>
internal abstract class PortMemory : IDisposable
{
    readonly TensorMemory[] _ports;
    readonly int[] _widths;
    readonly Plan _plan;

    protected PortMemory(PlanSession session, int rows)
    {
        _plan = session.Plan;
        _widths = [.. _plan.Ports.Select(port => session.Shape.Width(port.Site))];
        Rows = IsShared ? 1 : rows;
        _ports = [.. _plan.Ports.Select((port, i) => session.Device.Allocate(session.TypeOf(GraphNames.Port(port)), (long)Rows * _widths[i]))];
    }

    /// <summary>Rows that have a vector of their own; 1 when they share it.</summary>
    protected int Rows { get; }

    protected bool IsShared => _plan.PortForm == PortForm.Shared;

    public int Count => _ports.Length;

    /// <summary>Says what steers a row from the next run on.</summary>
    /// <param name="row">The row; any when the ports are shared.</param>
    /// <param name="steering">What steers it; <c>null</c>: nothing, zeros.</param>
    public abstract void Set(int row, Steering? steering);

    /// <summary>Called before a run: what was set is in place for it.</summary>
    public abstract void Send();

    /// <summary>[width] what a row adds at port number <paramref name="port"/>.</summary>
    public ReadOnlySpan<float> Row(int port, int row) => _ports[port].Read((long)(IsShared ? 0 : row) * _widths[port], _widths[port]);

    public IEnumerable<(string Name, OrtValue Value)> Views(int rows)
    {
        for (int i = 0; i < _ports.Length; i++)
            yield return (GraphNames.Port(_plan.Ports[i]), IsShared ? _ports[i].View(0, _widths[i]) : _ports[i].View(0, rows, 1, _widths[i]));
    }

    protected Point Point(int port) => _plan.Ports[port];

    protected int Width(int port) => _widths[port];

    protected TensorMemory Memory(int port) => _ports[port];

    public virtual void Dispose()
    {
        foreach (var port in _ports) port.Dispose();
    }
}
