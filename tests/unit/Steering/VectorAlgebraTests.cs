using Roast.Tests.Unit.Formats;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.SteeringTests;

public class VectorAlgebraTests
{
    static readonly Point P = new(Site.ResidPost, 1), Q = new(Site.AttnOut, 2);

    static SteeringVector At(Point point, params float[] values) => new([KeyValuePair.Create(point, values)]);

    static SteeringVector Both(float[] p, float[] q) => new([KeyValuePair.Create(P, p), KeyValuePair.Create(Q, q)]);

    static SteeringVector Random(int seed, int width = 61)
    {
        var random = new Random(seed);
        return At(P, [.. Enumerable.Range(0, width).Select(_ => (float)(random.NextDouble() - 0.5))]);
    }

    static double Dot(SteeringVector a, SteeringVector b)
    {
        double sum = 0;
        for (int i = 0; i < a[P].Length; i++) sum += (double)a[P].Span[i] * b[P].Span[i];
        return sum;
    }

    [Fact]
    public void Sums_differences_multiples_and_means_are_what_their_formulas_say()
    {
        SteeringVector a = At(P, 1, 2, -3), b = At(P, 0.5f, 4, 3);
        Near.SameBits([1.5f, 6, 0], VectorAlgebra.Add([a, b])[P].Span);
        Near.SameBits([0.5f, -2, -6], VectorAlgebra.Subtract(a, [b])[P].Span);
        Near.SameBits([-0.5f, -1, 1.5f], VectorAlgebra.Scale(a, -0.5f)[P].Span);
        Near.SameBits([0.75f, 3, 0], VectorAlgebra.Average([a, b])[P].Span);
    }

    [Fact]
    public void Sums_are_rounded_once()
    {
        // In float32 the one is lost before the large values cancel.
        Near.SameBits([1], VectorAlgebra.Add([At(P, 1e8f), At(P, 1), At(P, -1e8f)])[P].Span);
    }

    [Fact]
    public void What_is_projected_out_is_gone_also_where_the_others_are_not_orthogonal()
    {
        SteeringVector a = Random(1), b = Random(2), c = VectorAlgebra.Add([b, VectorAlgebra.Scale(Random(3), 0.01f)]);
        var rest = VectorAlgebra.ProjectOut(a, [b, c]);
        foreach (var other in (SteeringVector[])[b, c]) Assert.InRange(Math.Abs(Dot(rest, other)), 0, Tolerance.RoundedToFloat32);
        Assert.True(rest.Norm(P) < a.Norm(P));
        Near.Equal(rest[P].Span, VectorAlgebra.ProjectOut(rest, [b, c, b])[P].Span, Tolerance.RoundedToFloat32);
    }

    [Fact]
    public void Orthogonalizing_keeps_the_length()
    {
        SteeringVector a = Random(4), b = Random(5);
        var result = VectorAlgebra.Orthogonalize(a, [b]);
        Assert.Equal(a.Norm(P), result.Norm(P), Tolerance.RoundedToFloat32);
        Assert.InRange(Math.Abs(Dot(result, b)), 0, 10 * Tolerance.RoundedToFloat32);
    }

    [Fact]
    public void A_vector_in_the_span_of_the_others_gives_zeros_or_an_error_that_says_so()
    {
        SteeringVector a = At(P, 1, 1, 0), b = At(P, 1, 0, 0), c = At(P, 0, 2, 0);
        Near.SameBits([0, 0, 0], VectorAlgebra.ProjectOut(a, [b, c])[P].Span);
        Assert.Contains("resid_post.1", Assert.Throws<ArgumentException>(() => VectorAlgebra.Orthogonalize(a, [b, c])).Message);
        Near.SameBits([1, 1, 0], VectorAlgebra.ProjectOut(a, [At(P, 0, 0, 0)])[P].Span);         // nothing to take out
    }

    [Fact]
    public void Points_must_agree_unless_a_rule_is_chosen()
    {
        SteeringVector a = Both([1, 2], [3]), b = At(P, 10, 20);
        Assert.Contains("attn_out.2", Assert.Throws<ArgumentException>(() => VectorAlgebra.Add([a, b])).Message);
        Assert.Equal([P], VectorAlgebra.Add([a, b], PointRule.Intersection).Points);
        var union = VectorAlgebra.Add([b, a], PointRule.Union);
        Near.SameBits([3], union[Q].Span);
        Near.SameBits([11, 22], union[P].Span);
        Assert.Throws<ArgumentException>(() => VectorAlgebra.Add([At(P, 1), At(Q, 1)], PointRule.Intersection));
        Assert.Equal([P], VectorAlgebra.ProjectOut(b, [a], PointRule.Union).Points);
        Assert.Contains("widths 2 and 1", Assert.Throws<ArgumentException>(() => VectorAlgebra.Add([b, At(P, 1)])).Message);
        Assert.Throws<ArgumentException>(() => VectorAlgebra.Add([]));
    }

    [Fact]
    public void A_sum_above_the_range_is_an_error() =>
        Assert.Equal(RoastError.NotFinite, Assert.Throws<RoastException>(() => VectorAlgebra.Add([At(P, float.MaxValue), At(P, float.MaxValue)])).Kind);

    [Fact]
    public void A_result_says_what_was_combined_and_keeps_every_question_it_has_seen()
    {
        var a = VectorFile.Full;
        var b = a.With(a.Provenance with { QuestionHashes = ["11ee", "22aa"], RecommendedScope = Scope.Last });
        var story = VectorAlgebra.Add([a, b]).Provenance;
        Assert.Equal(("add", null, a.Provenance.Model), (story.Method, story.RecommendedScope, story.Model));
        Assert.Equal(["00ff", "11ee", "22aa"], story.QuestionHashes);
        Assert.Contains(VectorAlgebra.Digest(a)[..16], story.Extra["combined"]);
        Assert.Equal(a.Provenance.MeanNorms, story.MeanNorms);
        Assert.Null(VectorAlgebra.Add([a, b.With(VectorProvenance.Unknown)]).Provenance.Model);
        VectorFile.Read(VectorFile.Write(VectorAlgebra.Add([a, b])));                // the file can say it
    }

    [Fact]
    public void Scaling_keeps_what_the_recommended_strength_does()
    {
        var a = At(P, 1, 2).With(new VectorProvenance { RecommendedStrength = Strength.Absolute(0.5f) });
        Assert.Equal(Strength.Absolute(0.25f), VectorAlgebra.Scale(a, 2).Provenance.RecommendedStrength);
        Assert.Null(VectorAlgebra.Scale(a, 0).Provenance.RecommendedStrength);
        var relative = a.With(new VectorProvenance { RecommendedStrength = Strength.Relative(0.5f) });
        Assert.Equal(Strength.Relative(0.5f), VectorAlgebra.Scale(relative, 2).Provenance.RecommendedStrength);
        Assert.Equal(Strength.Relative(-0.5f), VectorAlgebra.Scale(relative, -2).Provenance.RecommendedStrength);
        Assert.Throws<ArgumentOutOfRangeException>(() => VectorAlgebra.Scale(a, float.NaN));
    }

    [Fact]
    public void Cosines_are_symmetric_one_on_the_diagonal_and_weigh_points_by_length()
    {
        var table = new CosineTable([Both([3, 4], [0]), Both([4, 3], [1]), Both([-3, -4], [0])]);
        Assert.Equal(0.96, table.At(P)[0, 1], Tolerance.Analyses);
        Assert.Equal(table.At(P)[1, 0], table.At(P)[0, 1]);
        Assert.Equal(-1, table.Overall[0, 2], Tolerance.Analyses);
        Assert.Equal(24 / (5 * Math.Sqrt(26)), table.Overall[0, 1], Tolerance.Analyses);
        Assert.Equal(1, table.Overall[1, 1]);
        Assert.True(double.IsNaN(table.At(Q)[0, 1]));
    }
}
