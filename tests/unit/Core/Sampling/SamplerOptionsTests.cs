using Roast.Sampling;
using Xunit;

namespace Roast.Tests.Unit.Core.Sampling;

public class SamplerOptionsTests
{
    [Theory]
    [InlineData(-0.1f), InlineData(float.NaN), InlineData(float.PositiveInfinity)]
    public void A_bad_temperature_is_refused_where_it_is_written(float value) => Refused(() => new SamplerOptions { Temperature = value }, nameof(SamplerOptions.Temperature));

    [Theory]
    [InlineData(0f), InlineData(1.01f), InlineData(float.NaN)]
    public void A_bad_top_p_is_refused_where_it_is_written(float value) => Refused(() => new SamplerOptions { TopP = value }, nameof(SamplerOptions.TopP));

    [Theory]
    [InlineData(-0.01f), InlineData(1.01f), InlineData(float.NaN)]
    public void A_bad_min_p_is_refused_where_it_is_written(float value) => Refused(() => new SamplerOptions { MinP = value }, nameof(SamplerOptions.MinP));

    [Theory]
    [InlineData(0f), InlineData(-1f), InlineData(float.NaN), InlineData(float.PositiveInfinity)]
    public void A_bad_repetition_penalty_is_refused_where_it_is_written(float value) => Refused(() => new SamplerOptions { RepetitionPenalty = value }, nameof(SamplerOptions.RepetitionPenalty));

    [Theory]
    [InlineData(0), InlineData(-1)]
    public void A_bad_top_k_is_refused_where_it_is_written(int value) => Refused(() => new SamplerOptions { TopK = value }, nameof(SamplerOptions.TopK));

    [Fact]
    public void The_defaults_are_greedy_and_the_rollouts_are_those_of_the_paper()
    {
        Assert.True(SamplerOptions.Greedy.IsGreedy);
        Assert.Equal(new SamplerOptions(), SamplerOptions.Greedy);
        Assert.Equal(new SamplerOptions { Temperature = 0.8f, TopP = 0.9f }, SamplerOptions.Rollouts);
        Assert.False(SamplerOptions.Rollouts.IsGreedy);
    }

    static void Refused(Action assign, string name) => Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(assign).ParamName);
}
