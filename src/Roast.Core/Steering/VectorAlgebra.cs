using System.Globalization;

namespace Roast;

/// <summary>
/// Arithmetic of steering vectors, point by point. Every sum is in float64 and rounded once to float32. Results are new
/// vectors; their provenance says what was combined (<c>combined</c> in <see cref="VectorProvenance.Extra"/>), keeps the
/// questions of all of them, so that evaluation still refuses to test on these, and keeps the model where all agree.
/// </summary>
/// <exception cref="ArgumentException">Of every method: points that the rule does not allow, or other widths at a point.</exception>
/// <exception cref="RoastException">Of every method: <see cref="RoastError.NotFinite"/>, a result above float32's range.</exception>
public static partial class VectorAlgebra
{
    /// <summary><c>sum of v_i</c>.</summary>
    public static SteeringVector Add(IReadOnlyList<SteeringVector> vectors, PointRule rule = PointRule.Equal) =>
        Weighted("add", vectors, [.. Enumerable.Repeat(1.0, vectors.Count)], rule);

    /// <summary><c>v - sum of others</c>.</summary>
    public static SteeringVector Subtract(SteeringVector vector, IReadOnlyList<SteeringVector> others, PointRule rule = PointRule.Equal) =>
        Weighted("subtract", [vector, .. others], [1.0, .. Enumerable.Repeat(-1.0, others.Count)], rule);

    /// <summary><c>s*v</c>. A recommended absolute strength is divided by s, so that what it does stays the same; a relative one ignores length and only follows the sign.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="factor">s: finite; 0 gives zeros, for which no strength is recommended.</param>
    public static SteeringVector Scale(SteeringVector vector, float factor)
    {
        ArgumentNullException.ThrowIfNull(vector);
        if (!float.IsFinite(factor)) throw new ArgumentOutOfRangeException(nameof(factor), factor, "A factor must be a finite number.");
        var story = vector.Provenance;
        var strength = story.RecommendedStrength is { } s && factor != 0 ? s.IsRelative ? (factor < 0 ? -s : s) : Divided(s.Value, factor) : (Strength?)null;
        return Result(vector.Points, point => Scaled(vector[point].Span, factor), story with
        {
            RecommendedStrength = strength,
            Results = new Dictionary<string, MeasuredAccuracy>(),
            Extra = With(story.Extra, string.Create(CultureInfo.InvariantCulture, $"scale: {factor} * {Name(vector)}")),
        });
    }

    /// <summary><c>sum of v_i / n</c>.</summary>
    public static SteeringVector Average(IReadOnlyList<SteeringVector> vectors, PointRule rule = PointRule.Equal) =>
        Weighted("average", vectors, [.. Enumerable.Repeat(1.0 / Math.Max(vectors.Count, 1), vectors.Count)], rule);

    /// <summary>
    /// <c>v - P v</c> at every point of v, where P projects onto the span of the others there (all of them together, also where
    /// they are not orthogonal to each other). What is left is orthogonal to each of them; its length shrinks accordingly.
    /// </summary>
    /// <remarks>Modified Gram-Schmidt, twice. A direction whose rest is below 1e-6 of its length counts as dependent. Others are needed at v's points only.</remarks>
    public static SteeringVector ProjectOut(SteeringVector vector, IReadOnlyList<SteeringVector> others, PointRule rule = PointRule.Equal) =>
        Rest("project-out", vector, others, rule, keepsLength: false);

    /// <summary>As <see cref="ProjectOut"/>, then scaled to the length that v had at each point, so that strengths keep their meaning.</summary>
    /// <exception cref="ArgumentException">v lies in the span of the others at a point: nothing is left there that could be scaled.</exception>
    public static SteeringVector Orthogonalize(SteeringVector vector, IReadOnlyList<SteeringVector> others, PointRule rule = PointRule.Equal) =>
        Rest("orthogonalize", vector, others, rule, keepsLength: true);

    static SteeringVector Weighted(string operation, IReadOnlyList<SteeringVector> vectors, double[] weights, PointRule rule)
    {
        var aligned = new AlignedVectors(vectors, rule);
        return Result(aligned.Points, point =>
        {
            var sum = new double[aligned.Width(point)];
            for (int v = 0; v < aligned.Count; v++)
            {
                var direction = aligned.At(v, point);
                for (int i = 0; i < sum.Length; i++) sum[i] += weights[v] * direction[i];
            }
            return Array.ConvertAll(sum, x => (float)x);
        }, Combined(operation, vectors, rule));
    }

    static SteeringVector Rest(string operation, SteeringVector vector, IReadOnlyList<SteeringVector> others, PointRule rule, bool keepsLength)
    {
        ArgumentNullException.ThrowIfNull(vector);
        ArgumentNullException.ThrowIfNull(others);
        if (others.Count == 0) throw new ArgumentException("At least one other vector is needed.", nameof(others));
        var aligned = new AlignedVectors([vector, .. others], rule);
        var points = aligned.Points.Where(vector.Has).ToArray();            // a union adds points where there is nothing to take a part from
        return Result(points, point =>
        {
            var basis = new OrthonormalBasis(aligned.Width(point));
            for (int v = 1; v < aligned.Count; v++) basis.Add(aligned.At(v, point));
            return basis.Rest(aligned.At(0, point), keepsLength) ?? throw new ArgumentException($"At {point} the vector lies in the span of the others: nothing is left. Leave the point out, or project out instead, which gives zeros.");
        }, Combined(operation, [vector, .. others], rule));
    }

    static float[] Scaled(ReadOnlySpan<float> direction, float factor)
    {
        var result = new float[direction.Length];
        for (int i = 0; i < result.Length; i++) result[i] = (float)((double)factor * direction[i]);
        return result;
    }

    static Strength? Divided(float strength, float factor) => float.IsFinite(strength / factor) ? Strength.Absolute(strength / factor) : null;

    static SteeringVector Result(IEnumerable<Point> points, Func<Point, float[]> at, VectorProvenance provenance) =>
        new(points.Select(point => KeyValuePair.Create(point, at(point))), provenance);
}
