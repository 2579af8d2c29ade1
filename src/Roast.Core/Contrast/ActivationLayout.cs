namespace Roast.Contrast;

/// <summary>
/// How the activations of several points lie in one buffer: [width of the first point], [width of the second], and so
/// on, without gaps. Immutable; equal layouts name the same points, in the same order, with the same widths.
/// </summary>
public sealed class ActivationLayout : IEquatable<ActivationLayout>
{
    readonly Point[] _points;
    readonly int[] _offsets;                                                // [points + 1]: the last one is the total width
    readonly Dictionary<Point, int> _indices;

    /// <summary>Lays points out in the order given.</summary>
    /// <param name="points">Each once; none gives an empty layout.</param>
    /// <param name="width">The width of each point's activation; at least 1. See <see cref="ModelIdentity.Width"/>.</param>
    /// <exception cref="ArgumentException">A point twice, or a width below 1.</exception>
    /// <exception cref="OverflowException">The widths add up to more than 2^31 - 1 values.</exception>
    public ActivationLayout(IReadOnlyList<Point> points, Func<Point, int> width)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(width);
        _points = [.. points];
        _offsets = new int[points.Count + 1];
        _indices = new Dictionary<Point, int>(points.Count);
        for (int i = 0; i < _points.Length; i++)
        {
            if (!_indices.TryAdd(_points[i], i)) throw new ArgumentException($"The point {_points[i]} is named twice; a layout has each point once.", nameof(points));
            int w = width(_points[i]);
            if (w < 1) throw new ArgumentException($"The width of {_points[i]} is {w}; it must be at least 1.", nameof(width));
            _offsets[i + 1] = checked(_offsets[i] + w);
        }
    }

    /// <summary>A layout with the widths of a model.</summary>
    /// <exception cref="ArgumentException">A point twice.</exception>
    public ActivationLayout(IReadOnlyList<Point> points, ModelIdentity model) : this(points, point => model.Width(point.Site)) { }

    /// <summary>The points in the order of the buffer.</summary>
    public IReadOnlyList<Point> Points => _points;

    /// <summary>Length of the buffer in values.</summary>
    public int TotalWidth => _offsets[^1];

    /// <summary>Where the i-th point begins, in values.</summary>
    public int Offset(int i) => _offsets[CheckedIndex(i)];

    /// <summary>Width of the i-th point, in values.</summary>
    public int Width(int i) => _offsets[CheckedIndex(i) + 1] - _offsets[i];

    /// <summary>Width of a point, in values.</summary>
    /// <exception cref="KeyNotFoundException">The layout does not have the point.</exception>
    public int Width(Point point) => Width(IndexOf(point));

    /// <summary>Whether the layout has the point.</summary>
    public bool Has(Point point) => _indices.ContainsKey(point);

    /// <summary>The place of a point in <see cref="Points"/>.</summary>
    /// <exception cref="KeyNotFoundException">The layout does not have the point.</exception>
    public int IndexOf(Point point) => _indices.TryGetValue(point, out int i) ? i
        : throw new KeyNotFoundException($"The layout has no point {point}; it has {string.Join(", ", _points)}.");

    /// <summary>A point's part of a buffer: <c>buffer[layout.Range(point)]</c>.</summary>
    /// <exception cref="KeyNotFoundException">The layout does not have the point.</exception>
    public Range Range(Point point) => Range(IndexOf(point));

    /// <summary>The i-th point's part of a buffer.</summary>
    public Range Range(int i) => _offsets[CheckedIndex(i)].._offsets[i + 1];

    /// <summary>A point's part of a buffer: [width] of [TotalWidth].</summary>
    /// <exception cref="KeyNotFoundException">The layout does not have the point.</exception>
    /// <exception cref="ArgumentException">The buffer's length is not <see cref="TotalWidth"/>.</exception>
    public Span<T> Slice<T>(Span<T> buffer, Point point)
    {
        Kernels.WidthMismatch.ThrowIfDifferent(TotalWidth, buffer.Length, nameof(buffer));
        return buffer[Range(point)];
    }

    /// <inheritdoc cref="Slice{T}(Span{T}, Point)"/>
    public ReadOnlySpan<T> Slice<T>(ReadOnlySpan<T> buffer, Point point)
    {
        Kernels.WidthMismatch.ThrowIfDifferent(TotalWidth, buffer.Length, nameof(buffer));
        return buffer[Range(point)];
    }

    /// <summary>The point that a place in the buffer belongs to, and the dimension within it.</summary>
    internal (Point Point, int Dimension) Locate(int place)
    {
        int i = Array.BinarySearch(_offsets, place);
        if (i < 0) i = ~i - 1;
        return (_points[i], place - _offsets[i]);
    }

    /// <inheritdoc/>
    public bool Equals(ActivationLayout? other) => other is not null && (ReferenceEquals(this, other)
        || (_points.AsSpan().SequenceEqual(other._points) && _offsets.AsSpan().SequenceEqual(other._offsets)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ActivationLayout);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_points.Length, _points.FirstOrDefault(), TotalWidth);

    /// <summary>The points and their widths, for messages: <c>mlp_act.0[1536], attn_out.0[576]</c>.</summary>
    public override string ToString() => string.Join(", ", _points.Select((point, i) => $"{point}[{Width(i)}]"));

    int CheckedIndex(int i) => (uint)i < (uint)_points.Length ? i
        : throw new ArgumentOutOfRangeException(nameof(i), i, $"The layout has {_points.Length} points.");
}
