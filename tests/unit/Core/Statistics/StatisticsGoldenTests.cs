using System.Text.Json;
using Roast.Statistics;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Core.Statistics;

/// <summary>tests/data/evaluation_statistics.jsonl: scipy and statsmodels, checked there against the formulas.</summary>
public class StatisticsGoldenTests
{
    [Fact]
    public void Wilson_intervals_are_those_of_statsmodels() => ForEach("wilson", 93, row =>
        AssertInterval(row, Wilson.Interval(Int(row, "k"), Int(row, "n"), Number(row, "confidence"))));

    [Fact]
    public void Newcombe_intervals_are_those_of_statsmodels() => ForEach("newcombe_difference", 48, row =>
        AssertInterval(row, Newcombe.Difference(Int(row, "k1"), Int(row, "n1"), Int(row, "k2"), Int(row, "n2"), Number(row, "confidence"))));

    [Fact]
    public void Exact_McNemar_p_values_are_those_of_scipy() => ForEach("mcnemar_exact", 32, row =>
        Assert.Equal(Number(row, "p"), McNemar.ExactP(Int(row, "b"), Int(row, "c")), Tolerance.Statistics));

    [Fact]
    public void Normal_quantiles_are_those_of_scipy() => ForEach("normal_quantile", 10, row =>
        Assert.Equal(Number(row, "z"), Normal.Quantile(Number(row, "p")), Tolerance.Statistics));

    static void ForEach(string kind, int expected, Action<JsonElement> check)
    {
        int seen = 0;
        foreach (string line in File.ReadLines(Repository.Path("tests", "data", "evaluation_statistics.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.GetProperty("kind").GetString() != kind) continue;
            check(json.RootElement);
            seen++;
        }
        Assert.Equal(expected, seen);
    }

    static void AssertInterval(JsonElement row, Interval actual)
    {
        Assert.Equal(Number(row, "low"), actual.Low, Tolerance.Statistics);
        Assert.Equal(Number(row, "high"), actual.High, Tolerance.Statistics);
    }

    static int Int(JsonElement row, string name) => row.GetProperty(name).GetInt32();
    static double Number(JsonElement row, string name) => row.GetProperty(name).GetDouble();
}
