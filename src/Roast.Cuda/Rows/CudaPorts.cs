using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime.Tensors;
using Roast.Onnx.Devices;
using Roast.Onnx.Sessions;

namespace Roast.Cuda.Rows;

/// <summary>
/// Ports on a device: vectors are moved there when they are first seen and stay while they are needed; a change of strength, scope or row moves
/// numbers only, and a kernel writes <c>s*v</c>. Steps in which nothing changed do nothing.
/// </summary>
internal sealed class CudaPorts : PortMemory
{
    readonly CudaRows _rows;
    readonly Steering?[] _wanted;                            // by row
    readonly SteeringVector?[] _held;                        // by place in the tables: one more than there are rows, so that one is always free
    readonly DeviceBuffer[] _vectors;                        // by port: [places, width] float32
    readonly DeviceBuffer? _entries;
    readonly int[] _staged;                                  // by port: [rows + 1] where a row's entries begin, [rows] places, [rows] strengths
    bool _changed = true;

    public CudaPorts(CudaRows rows, PlanSession session, int most) : base(session, most)
    {
        _rows = rows;
        (_wanted, _held, _vectors) = (new Steering?[Rows], new SteeringVector?[Rows + 1], new DeviceBuffer[Count]);
        _staged = new int[Count * PortEntries];
        if (Count == 0) return;
        lock (rows.Gate)
        {
            for (int port = 0; port < Count; port++) _vectors[port] = rows.Launcher.Allocate((long)_held.Length * Width(port) * sizeof(float));
            _entries = rows.Launcher.Allocate((long)_staged.Length * sizeof(int));
        }
    }

    int PortEntries => 3 * Rows + 1;

    public override void Set(int row, Steering? steering)
    {
        if (IsShared) row = 0;
        if (ReferenceEquals(_wanted[row], steering)) return;
        _wanted[row] = null;                                 // its place may be taken
        if (steering is not null)
        {
            CheckRange(steering);
            Hold(steering.Vector);
        }
        (_wanted[row], _changed) = (steering, true);
    }

    public override void Send()
    {
        if (!_changed || Count == 0) return;
        for (int port = 0; port < Count; port++) Stage(port, _staged.AsSpan(port * PortEntries, PortEntries));
        lock (_rows.Gate)
        {
            _rows.Launcher.Upload<int>(_entries!.As<int>(), _staged);
            for (int port = 0; port < Count; port++)
            {
                long at = (long)port * PortEntries;
                _rows.Launcher.Scale(new ScaleCall
                {
                    Vectors = _vectors[port].As<float>(),
                    At = _entries.As<int>().Slice(at, Rows + 1),
                    Picks = _entries.As<int>().Slice(at + Rows + 1, Rows),
                    Strengths = _entries.As<float>().Slice(at + 2 * Rows + 1, Rows),
                    Port = ((CudaTensor)Memory(port)).Rows(Rows, Width(port)),
                });
            }
        }
        _changed = false;
    }

    public override void Dispose()
    {
        lock (_rows.Gate)
        {
            _rows.Settle();
            foreach (var vectors in _vectors) vectors?.Dispose();
            _entries?.Dispose();
        }
        base.Dispose();
    }

    /// <summary>One port's entries: at most one a row.</summary>
    void Stage(int port, Span<int> entries)
    {
        Span<int> at = entries[..(Rows + 1)], picks = entries.Slice(Rows + 1, Rows), strengths = entries[(2 * Rows + 1)..];
        int used = 0;
        for (int row = 0; row < Rows; row++)
        {
            at[row] = used;
            if (_wanted[row] is not { } steering || !steering.Vector.Has(Point(port))) continue;
            (picks[used], strengths[used]) = (Array.IndexOf(_held, steering.Vector), BitConverter.SingleToInt32Bits(Factor(steering, port)));
            used++;
        }
        at[Rows] = used;
    }

    float Factor(Steering steering, int port)
    {
        var vector = steering.Vector[Point(port)].Span;
        return steering.Strength.Factor(vector, steering.Vector.Provenance.MeanNorms.TryGetValue(Point(port), out float norm) ? norm : null);
    }

    /// <summary>Moves a vector to the device, unless it is there.</summary>
    void Hold(SteeringVector vector)
    {
        if (Array.IndexOf(_held, vector) >= 0) return;
        int place = Array.FindIndex(_held, held => held is null || !Array.Exists(_wanted, steering => ReferenceEquals(steering?.Vector, held)));
        _held[place] = null;
        lock (_rows.Gate)
            for (int port = 0; port < Count; port++)
                if (vector.Has(Point(port))) _rows.Launcher.Upload(_vectors[port].As<float>().Slice((long)place * Width(port), Width(port)), vector[Point(port)].Span);
        _held[place] = vector;
    }

    void CheckRange(Steering steering)
    {
        for (int port = 0; port < Count; port++)
            if (Memory(port).Type == TensorElementType.Float16 && steering.Vector.Has(Point(port)))
                HalfRange.Check([Factor(steering, port) * TensorPrimitives.MaxMagnitude(steering.Vector[Point(port)].Span)], Point(port));
    }
}
