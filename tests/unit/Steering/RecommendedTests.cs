using Xunit;

namespace Roast.Tests.Unit.Steering;

public class RecommendedTests
{
    static readonly Point A = new(Site.AttnOut, 0), B = new(Site.AttnOut, 1), C = new(Site.ResidPost, 1);

    static SteeringVector Vector(params Point[] recommended) =>
        new([new(A, [1f, 2f]), new(B, [3f, 4f]), new(C, [5f, 6f])], new VectorProvenance { RecommendedPoints = recommended, RecommendedStrength = Strength.Relative(0.3f), RecommendedScope = Scope.All });

    [Fact]
    public void A_vector_steers_at_the_points_that_it_recommends_whatever_strength_is_asked_for()
    {
        var (vector, strength, scope) = Vector(C, A).Recommended();
        Assert.Equal([A, C], vector.Points);
        Assert.Equal((Strength.Relative(0.3f), Scope.All), (strength, scope));
        Assert.Equal([5f, 6f], vector[C].ToArray());
        Assert.Equal([A, C], Vector(C, A).Recommended(Strength.Absolute(1), Scope.Last).Vector.Points);
        Assert.Equal([A, C, B], Vector(C, A).At(1f).Vector.Points);      // by layer, then site
    }

    [Fact]
    public void Where_none_or_all_are_recommended_the_vector_itself_steers()
    {
        foreach (var vector in (SteeringVector[])[Vector(), Vector(C, B, A)]) Assert.Same(vector, vector.Recommended().Vector);
    }

    [Fact]
    public void A_part_recommends_what_is_left_of_its_points_so_that_it_can_be_written()
    {
        Assert.Equal([C], Vector(C, A).At([B, C]).Provenance.RecommendedPoints);
        Assert.Empty(Vector(C, A).At([B]).Provenance.RecommendedPoints);
        Assert.Equal([B], Vector(C, A).At([B]).Recommended().Vector.Points);
    }

    [Fact]
    public void A_point_that_the_vector_does_not_have_is_no_silent_default() =>
        Assert.Throws<KeyNotFoundException>(() => Vector(new Point(Site.MlpOut, 0)).Recommended());

    [Fact]
    public void Scaling_keeps_the_points_and_combining_forgets_them_with_the_strength()
    {
        Assert.Equal([C, A], VectorAlgebra.Scale(Vector(C, A), 2).Provenance.RecommendedPoints);
        Assert.Empty(VectorAlgebra.Add([Vector(C, A), Vector(C, A)]).Provenance.RecommendedPoints);
    }
}
