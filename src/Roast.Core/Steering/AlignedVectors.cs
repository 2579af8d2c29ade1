namespace Roast;

/// <summary>Several vectors, the points that a rule gives them, and a common width at each.</summary>
sealed class AlignedVectors
{
    readonly IReadOnlyList<SteeringVector> _vectors;

    /// <exception cref="ArgumentException">No vector, points that the rule does not allow, or other widths at the same point.</exception>
    internal AlignedVectors(IReadOnlyList<SteeringVector> vectors, PointRule rule)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        if (vectors.Count == 0) throw new ArgumentException("At least one vector is needed.", nameof(vectors));
        _vectors = vectors;
        var points = new SortedSet<Point>(vectors[0].Points);
        foreach (var vector in vectors.Skip(1))
        {
            if (rule == PointRule.Equal && !points.SetEquals(vector.Points))
                throw new ArgumentException($"The vectors have other points: {string.Join(", ", Differences(points, vector))}. Choose a rule, intersection or union, or vectors with the same points.", nameof(vectors));
            if (rule == PointRule.Union) points.UnionWith(vector.Points);
            else points.IntersectWith(vector.Points);
        }
        if (points.Count == 0) throw new ArgumentException("The vectors have no point in common.", nameof(vectors));
        Points = [.. points];
        foreach (var point in Points) RequireOneWidth(point);
    }

    internal IReadOnlyList<Point> Points { get; }

    internal int Count => _vectors.Count;

    /// <summary>[width] at a point that the rule chose.</summary>
    internal int Width(Point point) => _vectors.First(vector => vector.Has(point))[point].Length;

    /// <summary>[width] the direction of one vector; zeros where it lacks the point.</summary>
    internal ReadOnlySpan<float> At(int vector, Point point) => _vectors[vector].Has(point) ? _vectors[vector][point].Span : new float[Width(point)];

    void RequireOneWidth(Point point)
    {
        int width = Width(point);
        foreach (var vector in _vectors)
            if (vector.Has(point) && vector[point].Length != width)
                throw new ArgumentException($"The vectors have widths {width} and {vector[point].Length} at {point}: they belong to different models.");
    }

    static IEnumerable<string> Differences(SortedSet<Point> points, SteeringVector vector)
    {
        const int Most = 6;
        var differing = points.Except(vector.Points).Select(point => $"{point} is in the first only").Concat(vector.Points.Except(points).Select(point => $"{point} is in another only")).ToArray();
        return differing.Length <= Most ? differing : [.. differing.Take(Most), $"{differing.Length - Most} more"];
    }
}
