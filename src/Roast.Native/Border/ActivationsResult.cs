using System.Runtime.InteropServices;
using Roast.Onnx;

namespace Roast.Native;

/// <summary>roast_activations: values that C reads where they lie, pinned while the handle lives.</summary>
internal sealed unsafe class ActivationsResult : IDisposable
{
    readonly int _positions;
    readonly List<(Point Point, int Length, GCHandle Pin)> _values = [];

    public ActivationsResult(Activations activations)
    {
        _positions = activations.Positions;
        foreach (var (point, values) in activations.Values) _values.Add((point, values.Length, GCHandle.Alloc(values, GCHandleType.Pinned)));
    }

    public int Count => _values.Count;

    public PointValues this[nuint index]
    {
        get
        {
            if (index >= (nuint)_values.Count) throw new StatusException(Status.Argument, $"index is {index}; there are {_values.Count} points.");
            var (point, length, pin) = _values[(int)index];
            var values = new PointValues { Values = (float*)pin.AddrOfPinnedObject(), Positions = (nuint)_positions, Width = (nuint)(length / _positions) };
            FixedText.Write(point.ToString(), new Span<byte>(values.Point, 32));
            return values;
        }
    }

    public void Dispose()
    {
        foreach (var (_, _, pin) in _values) pin.Free();
        _values.Clear();
    }
}
