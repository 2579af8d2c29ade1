using System.Numerics.Tensors;

namespace Roast;

/// <summary>One direction per point, with the story of where it came from. Immutable.</summary>
public sealed partial class SteeringVector
{
    readonly SortedList<Point, float[]> _values;

    /// <summary>Makes a vector from its directions. The arrays are copied.</summary>
    /// <param name="values">[width] per point; at least one point, each width at least 1, every value finite.</param>
    /// <param name="provenance">Where it came from; <see cref="VectorProvenance.Unknown"/> where nothing is known.</param>
    /// <exception cref="ArgumentException">No point, a point twice, or an empty direction.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.NotFinite"/>: a value is NaN or infinite.</exception>
    public SteeringVector(IEnumerable<KeyValuePair<Point, float[]>> values, VectorProvenance? provenance = null)
    {
        _values = [];
        foreach (var (point, direction) in values)
        {
            if (direction.Length == 0) throw new ArgumentException($"The direction at {point} is empty.", nameof(values));
            int bad = Array.FindIndex(direction, x => !float.IsFinite(x));
            if (bad >= 0)
                throw new RoastException(RoastError.NotFinite, $"The direction at {point} has {direction[bad]} in dimension {bad}; every value must be finite. Fit the vector again, or fetch the file again.");
            _values.Add(point, [.. direction]);
        }
        if (_values.Count == 0) throw new ArgumentException("A steering vector needs at least one point.", nameof(values));
        Provenance = provenance ?? VectorProvenance.Unknown;
    }

    SteeringVector(SortedList<Point, float[]> values, VectorProvenance provenance) => (_values, Provenance) = (values, provenance);

    /// <summary>The points, ordered by layer and site.</summary>
    public IReadOnlyList<Point> Points => field ??= [.. _values.Keys];

    /// <summary>Where the vector came from.</summary>
    public VectorProvenance Provenance { get; }

    /// <summary>[width] the direction at a point.</summary>
    /// <exception cref="KeyNotFoundException">The vector does not have the point.</exception>
    public ReadOnlyMemory<float> this[Point point] => _values.TryGetValue(point, out var direction)
        ? direction
        : throw new KeyNotFoundException($"The vector has no point {point}; it has {string.Join(", ", Points)}.");

    /// <summary>Whether the vector has a direction at the point.</summary>
    public bool Has(Point point) => _values.ContainsKey(point);

    /// <summary>The Euclidean norm of the direction at a point; float32's largest value where it is above that.</summary>
    public float Norm(Point point) => (float)Math.Min(float.MaxValue, Length(this[point].Span));

    /// <summary>This vector at an absolute strength: <c>h += s*v</c>.</summary>
    public Steering At(float strength, Scope scope = Scope.Last) => new(this, Strength.Absolute(strength), scope);

    /// <summary>This vector at a strength.</summary>
    public Steering At(Strength strength, Scope scope = Scope.Last) => new(this, strength, scope);

    /// <summary>The vector at some of its points; of those that it recommends, what is left.</summary>
    /// <exception cref="KeyNotFoundException">The vector does not have one of them.</exception>
    public SteeringVector At(IEnumerable<Point> points)
    {
        Point[] kept = [.. points];
        bool any = Provenance.RecommendedPoints.Count > 0;
        return new(kept.Select(p => KeyValuePair.Create(p, this[p].ToArray())), any ? Provenance with { RecommendedPoints = [.. Provenance.RecommendedPoints.Where(kept.Contains)] } : Provenance);
    }

    /// <summary>The same vector with another story.</summary>
    public SteeringVector With(VectorProvenance provenance) => new(_values, provenance);

    /// <summary>-v: the control that should do the opposite.</summary>
    public static SteeringVector operator -(SteeringVector vector) => vector.Map(vector.Provenance with { Method = "negative" }, (_, direction) =>
    {
        var result = new float[direction.Length];
        TensorPrimitives.Negate(direction, result);
        return result;
    });

    /// <summary>A random direction with this vector's norm at every point: the control that a vector has to beat.</summary>
    /// <param name="seed">Names the direction; the same seed gives the same one on every machine.</param>
    /// <remarks>Normal deviates by Box-Muller from Philox4x32-10, keyed by the seed, counted by site and layer.</remarks>
    public SteeringVector RandomOfEqualNorm(ulong seed) => Map(Provenance with { Method = "random" }, (point, direction) =>
    {
        var random = new double[direction.Length];
        Sampling.NormalDeviates.Fill(random, seed, stream: (uint)point.Site, index: (uint)point.Layer);
        double scale = TensorPrimitives.Norm<double>(random);
        scale = scale == 0 ? 0 : Length(direction) / scale;
        return Array.ConvertAll(random, x => (float)(x * scale));
    });

    static double Length(ReadOnlySpan<float> direction) => Math.Sqrt(Kernels.Sums.SquareOf(direction));     // float32 squares overflow from 2e19 on

    SteeringVector Map(VectorProvenance provenance, Func<Point, ReadOnlySpan<float>, float[]> change)
    {
        var values = new SortedList<Point, float[]>(_values.Count);
        foreach (var (point, direction) in _values) values.Add(point, change(point, direction));
        return new SteeringVector(values, provenance);
    }
}
