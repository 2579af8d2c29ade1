using CsCheck;
using Roast.Statistics;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Core.Statistics;

public class DivergenceTests
{
    static readonly float Never = float.NegativeInfinity;

    [Fact]
    public void The_divergence_of_a_fair_from_a_bent_coin_is_what_the_formula_says()
    {
        // p = (1/2, 1/2), q = (1/4, 3/4): log(2)/2 + log(2/3)/2 = log(4/3)/2; the other way round log(1/2)/4 + 3 log(3/2)/4.
        float[] fair = [0, 0], bent = [MathF.Log(0.25f), MathF.Log(0.75f)];
        Assert.Equal(Math.Log(4 / 3.0) / 2, Divergence.KullbackLeibler(fair, bent), Tolerance.RoundedToFloat32);
        Assert.Equal(Math.Log(0.5) / 4 + 3 * Math.Log(1.5) / 4, Divergence.KullbackLeibler(bent, fair), Tolerance.RoundedToFloat32);
    }

    [Fact]
    public void Equal_distributions_do_not_diverge_and_no_pair_diverges_by_less_than_nothing()
    {
        Gen.Select(Gen.Float[-50, 50].Array[1, 60], Gen.Float[-50, 50].Array[60]).Sample((p, other) =>
        {
            float[] q = other[..p.Length];
            Assert.Equal(0, Divergence.KullbackLeibler(p, p), Tolerance.Analyses);
            Assert.True(Divergence.KullbackLeibler(p, q) >= 0);
        }, iter: 200);
    }

    [Fact]
    public void Large_logits_and_a_constant_more_change_nothing()
    {
        float[] p = [1, 2, 3], q = [3, 1, 0];
        double expected = Divergence.KullbackLeibler(p, q);
        Assert.Equal(expected, Divergence.KullbackLeibler(Array.ConvertAll(p, x => x + 4096), q), Tolerance.Analyses);
        Assert.Equal(20_000, Divergence.KullbackLeibler([20_000, 0], [0, 20_000]), Tolerance.Analyses);
    }

    [Fact]
    public void A_token_that_cannot_come_costs_nothing_and_one_that_may_come_where_it_cannot_costs_everything()
    {
        Assert.Equal(Math.Log(2), Divergence.KullbackLeibler([0, Never], [0, 0]), Tolerance.Analyses);
        Assert.Equal(0, Divergence.KullbackLeibler([0, Never], [5, Never]), Tolerance.Analyses);
        Assert.Equal(double.PositiveInfinity, Divergence.KullbackLeibler([0, 0], [0, Never]));
    }

    [Fact]
    public void What_is_no_distribution_gives_nan_and_two_vocabularies_are_refused()
    {
        foreach (float bad in (float[])[float.NaN, float.PositiveInfinity])
        {
            Assert.Equal(double.NaN, Divergence.KullbackLeibler([0, bad], [0, 0]));
            Assert.Equal(double.NaN, Divergence.KullbackLeibler([0, 0], [bad, 0]));
        }
        Assert.Equal(double.NaN, Divergence.KullbackLeibler([Never, Never], [0, 0]));
        Assert.Throws<ArgumentException>(() => Divergence.KullbackLeibler([0], [0, 0]));
        Assert.Throws<ArgumentException>(() => Divergence.KullbackLeibler([], []));
    }
}
