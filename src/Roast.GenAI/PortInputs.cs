using Roast.GenAI.Native;
using Roast.Graph;

namespace Roast.GenAI;

/// <summary>The ports of a generator as inputs: set once, before the first tokens; afterwards their values change in place.</summary>
internal sealed class PortInputs : IDisposable
{
    readonly List<(Point Point, PortMemory Memory, OgaTensor Tensor)> _ports = [];
    Steering? _written;

    /// <param name="graph">Says how wide each port is.</param>
    /// <param name="points">The ports.</param>
    public PortInputs(HostGraph graph, IReadOnlyList<Point> points)
    {
        try
        {
            foreach (var point in points)
            {
                var (width, form) = graph.Port(point);
                var memory = new PortMemory(width);
                _ports.Add((point, memory, null!));
                _ports[^1] = (point, memory, form == PortForm.Shared ? OgaTensor.Over(memory, width) : OgaTensor.Over(memory, 1, 1, width));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Hands the ports to a generator.</summary>
    public void SetOn(OgaGenerator generator)
    {
        foreach (var (point, _, tensor) in _ports) generator.SetInput(GraphNames.Port(point), tensor);
    }

    /// <summary>Writes what the next run adds; nothing is touched where that is what the ports hold.</summary>
    /// <param name="steering">What steers; <c>null</c>: nothing.</param>
    public void Write(Steering? steering)
    {
        if (ReferenceEquals(steering, _written)) return;
        foreach (var (point, memory, _) in _ports)
        {
            if (steering is not null && steering.Vector.Has(point)) steering.WriteOffset(point, memory.Values);
            else memory.Values.Clear();
        }
        _written = steering;
    }

    public void Dispose()
    {
        foreach (var (_, memory, tensor) in _ports)
        {
            tensor?.Dispose();                              // the generator keeps what it uses
            memory.Dispose();
        }
    }
}
