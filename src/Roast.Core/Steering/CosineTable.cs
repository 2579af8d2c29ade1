using System.Numerics.Tensors;

namespace Roast;

/// <summary>How alike several vectors are: the cosine of each pair, at each point and over all points together.</summary>
/// <remarks>Over all points, directions are laid end to end, so a point counts by its length. NaN where a vector is zero there.</remarks>
public sealed class CosineTable
{
    readonly Dictionary<Point, double[,]> _at = [];

    /// <summary>Compares vectors.</summary>
    /// <param name="vectors">At least one.</param>
    /// <param name="rule">Which points are compared.</param>
    /// <exception cref="ArgumentException">Points that the rule does not allow, or other widths at a point.</exception>
    public CosineTable(IReadOnlyList<SteeringVector> vectors, PointRule rule = PointRule.Equal)
    {
        var aligned = new AlignedVectors(vectors, rule);
        (Count, Points) = (aligned.Count, aligned.Points);
        var total = new double[Count, Count];
        foreach (var point in Points)
        {
            var wide = Enumerable.Range(0, Count).Select(v => Array.ConvertAll(aligned.At(v, point).ToArray(), x => (double)x)).ToArray();
            var dots = new double[Count, Count];
            for (int a = 0; a < Count; a++)
                for (int b = 0; b < Count; b++)
                {
                    dots[a, b] = TensorPrimitives.Dot<double>(wide[a], wide[b]);
                    total[a, b] += dots[a, b];
                }
            _at[point] = Cosines(dots);
        }
        Overall = Cosines(total);
    }

    /// <summary>Number of vectors.</summary>
    public int Count { get; }

    /// <summary>The points that were compared.</summary>
    public IReadOnlyList<Point> Points { get; }

    /// <summary>[count, count] over all points; symmetric.</summary>
    public double[,] Overall { get; }

    /// <summary>[count, count] at one point; symmetric.</summary>
    /// <exception cref="KeyNotFoundException">The point was not compared.</exception>
    public double[,] At(Point point) => _at[point];

    static double[,] Cosines(double[,] dots)
    {
        int count = dots.GetLength(0);
        var cosines = new double[count, count];
        for (int a = 0; a < count; a++)
            for (int b = 0; b < count; b++)
                cosines[a, b] = dots[a, a] == 0 || dots[b, b] == 0 ? double.NaN : a == b ? 1 : Math.Clamp(dots[a, b] / Math.Sqrt(dots[a, a]) / Math.Sqrt(dots[b, b]), -1, 1);
        return cosines;
    }
}
