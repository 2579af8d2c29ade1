namespace Roast;

public sealed partial class SteeringVector
{
    /// <summary>This vector at the points, strength and scope that it recommends, or at the strength and scope that are given.</summary>
    /// <param name="strength"><c>null</c>: <see cref="VectorProvenance.RecommendedStrength"/>, else <see cref="Strength.Default"/>.</param>
    /// <param name="scope"><c>null</c>: <see cref="VectorProvenance.RecommendedScope"/>, else <see cref="Scope.Last"/>.</param>
    /// <exception cref="KeyNotFoundException">The provenance recommends a point that the vector does not have; no file says so.</exception>
    public Steering Recommended(Strength? strength = null, Scope? scope = null) =>
        new(AtRecommendedPoints(), strength ?? Provenance.RecommendedStrength ?? Strength.Default, scope ?? Provenance.RecommendedScope ?? Scope.Last);

    /// <summary>This vector at the points that it recommends; where it names none, at all of them.</summary>
    internal SteeringVector AtRecommendedPoints() =>
        Provenance.RecommendedPoints is { Count: > 0 } some && some.Count < Points.Count ? At(some) : this;
}
