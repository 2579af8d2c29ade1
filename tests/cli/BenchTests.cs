using Xunit;

namespace Roast.Tests.Cli;

public class BenchTests
{
    [Fact]
    public async Task A_bench_in_json_has_a_spread_for_each_setting()
    {
        var json = (await Shell.Run("bench", "--json", "--rows", "1,2", "--prompt-tokens", "4", "--new-tokens", "4", "--trials", "5")).Done().Json;
        Assert.Equal(5, json.GetProperty("settings").GetArrayLength());
        foreach (var setting in json.GetProperty("settings").EnumerateArray())
            Assert.True(setting.GetProperty("tpot_ms").GetProperty("median").GetDouble() > 0);
    }

    [Theory]
    [InlineData("--rows", "0")]
    [InlineData("--rows", "1,x")]
    [InlineData("--trials", "4")]
    [InlineData("--new-tokens", "1")]
    public async Task A_number_that_measures_nothing_is_a_usage_error(string option, string value)
    {
        var bench = await Shell.Run("bench", option, value);
        Assert.Equal(2, bench.Code);
        Assert.Contains(option, bench.Error);
    }
}
