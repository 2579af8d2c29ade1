using CsCheck;
using Roast.Statistics;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Core.Statistics;

public class MannWhitneyTests
{
    [Fact]
    public void A_tie_counts_one_half()
    {
        // Pairs: 1>2 no, 1>0 yes, 2=2 half, 2>0 yes, 3>2 yes, 3>0 yes: 4.5 of 6.
        Assert.Equal(0.75, MannWhitney.Auc([1, 2, 3], [2, 0]));
        Assert.Equal(0.5, MannWhitney.Auc([7, 7], [7, 7, 7]));
        Assert.Equal(1.0, MannWhitney.Auc([1e-300], [0, double.NegativeInfinity]));
        Assert.Equal(0.0, MannWhitney.Auc([-1], [1]));
    }

    [Fact]
    public void Without_one_of_the_groups_there_is_no_area_and_nan_has_no_rank()
    {
        Assert.Null(MannWhitney.Auc([], [1]));
        Assert.Null(MannWhitney.Auc([1], []));
        Assert.Throws<ArgumentException>(() => MannWhitney.Auc([double.NaN], [1]));
        Assert.Throws<ArgumentException>(() => MannWhitney.Auc([1], [0, double.NaN]));
    }

    [Fact]
    public void It_is_the_share_of_pairs_that_are_won_however_many_tie()
    {
        var scores = Gen.Int[0, 6].Select(x => x / 3.0).Array[1, 40];
        Gen.Select(scores, scores).Sample((positive, negative) =>
        {
            double won = positive.Sum(p => negative.Sum(n => p > n ? 1 : p == n ? 0.5 : 0)), auc = MannWhitney.Auc(positive, negative)!.Value;
            Assert.Equal(won / (positive.Length * negative.Length), auc, Tolerance.Analyses);
            Assert.Equal(1 - auc, MannWhitney.Auc(negative, positive)!.Value, Tolerance.Analyses);
            Assert.Equal(auc, MannWhitney.Auc(Array.ConvertAll(positive, Math.Exp), Array.ConvertAll(negative, Math.Exp)));      // ranks only
        }, iter: 200);
    }
}
