namespace Roast.Onnx;

/// <summary>
/// A steering that may be changed while rows run under it: the next token uses the new value, without a new session.
/// Thread-safe: any thread may set, the decode loop reads one consistent value a step.
/// </summary>
public sealed class LiveSteering
{
    readonly Lock _lock = new();
    readonly SteeringVector _first;
    volatile Steering _current;

    /// <summary>Starts with a vector, a strength and a scope. The vector's points are the only ones that can be steered later.</summary>
    /// <param name="start">What steers at first; strength 0 for nothing yet.</param>
    public LiveSteering(Steering start)
    {
        ArgumentNullException.ThrowIfNull(start);
        (_first, _current) = (start.Vector, start);
    }

    /// <summary>The points that the rows' session can steer.</summary>
    public IReadOnlyList<Point> Points => _first.Points;

    /// <summary>What steers now. Immutable, so vector, strength and scope belong together.</summary>
    public Steering Current => _current;

    /// <summary>How far. Setting it changes the next token of every row that runs under this handle.</summary>
    public Strength Strength
    {
        get => _current.Strength;
        set { lock (_lock) _current = _current with { Strength = value }; }
    }

    /// <summary>The directions. A new vector may have fewer points than the first, not others.</summary>
    /// <exception cref="ArgumentException">A point that the first vector does not have, or another width.</exception>
    public SteeringVector Vector
    {
        get => _current.Vector;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            foreach (var point in value.Points)
            {
                if (!_first.Has(point))
                    throw new ArgumentException($"The new vector has the point {point}; this handle was made for {string.Join(", ", Points)}. Start the handle with a vector that has all points that will be used.", nameof(value));
                if (value[point].Length != _first[point].Length)
                    throw new ArgumentException($"The new vector has width {value[point].Length} at {point}; expected {_first[point].Length}, the width of the first one. Take a vector of the same model.", nameof(value));
            }
            lock (_lock) _current = _current with { Vector = value };
        }
    }
}
