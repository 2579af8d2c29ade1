namespace Roast;

public sealed partial class SteeringVector
{
    /// <summary>This vector at the strength and scope that it recommends, or at those that are given.</summary>
    /// <param name="strength"><c>null</c>: <see cref="VectorProvenance.RecommendedStrength"/>, else <see cref="Strength.Default"/>.</param>
    /// <param name="scope"><c>null</c>: <see cref="VectorProvenance.RecommendedScope"/>, else <see cref="Scope.Last"/>.</param>
    public Steering Recommended(Strength? strength = null, Scope? scope = null) =>
        new(this, strength ?? Provenance.RecommendedStrength ?? Strength.Default, scope ?? Provenance.RecommendedScope ?? Scope.Last);
}
