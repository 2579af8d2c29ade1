using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Tensors;
using Roast.Onnx.Sessions;

namespace Roast.Onnx.Devices;

/// <summary>Ports in the process's own memory, written when they are set.</summary>
internal sealed class HostPorts(PlanSession session, int rows) : PortMemory(session, rows)
{
    float[] _offset = [];                                    // what a float16 port is rounded from

    public override void Set(int row, Steering? steering)
    {
        for (int i = 0; i < Count; i++)
        {
            var port = (HostTensor)Memory(i);
            long first = (long)(IsShared ? 0 : row) * Width(i);
            if (steering is null || !steering.Vector.Has(Point(i))) port.Bytes(first, Width(i)).Clear();
            else if (port.Type == TensorElementType.Float) steering.WriteOffset(Point(i), port.Read(first, Width(i)));
            else WriteHalves(steering, Point(i), MemoryMarshal.Cast<byte, Half>(port.Bytes(first, Width(i))));
        }
    }

    public override void Send() { }

    void WriteHalves(Steering steering, Point point, Span<Half> port)
    {
        if (_offset.Length < port.Length) _offset = new float[port.Length];
        var offset = _offset.AsSpan(0, port.Length);
        steering.WriteOffset(point, offset);
        HalfRange.Check(offset, point);
        TensorPrimitives.ConvertToHalf(offset, port);
    }
}
