using System.Globalization;
using System.Text.Json;
using Roast.Sampling;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Core.Sampling;

/// <summary>tests/data/philox4x32.json: Random123's known answers, blocks checked with randomgen, and our row seeding.</summary>
public class PhiloxTests
{
    [Theory]
    [InlineData("known_answers", 6), InlineData("random_blocks", 40)]
    public void Blocks_are_the_published_ones(string list, int expected)
    {
        using var json = Open();
        int seen = 0;
        foreach (var block in json.RootElement.GetProperty(list).EnumerateArray())
        {
            uint[] c = Words(block, "counter"), k = Words(block, "key");
            int rounds = block.GetProperty("rounds").GetInt32();
            Assert.Equal(Words(block, "output"), Words(Philox4x32.Block(c[0], c[1], c[2], c[3], k[0], k[1], rounds)));
            if (rounds == 10) Assert.Equal(Words(block, "output"), Words(Philox4x32.Block(c[0], c[1], c[2], c[3], k[0] | (ulong)k[1] << 32)));
            seen++;
        }
        Assert.Equal(expected, seen);
    }

    [Fact]
    public void A_rows_draws_depend_on_seed_question_rollout_and_step_as_the_reference_says()
    {
        using var json = Open();
        int seen = 0;
        foreach (var row in json.RootElement.GetProperty("row_seeding").GetProperty("rows").EnumerateArray())
        {
            var seed = new RowSeed(ulong.Parse(row.GetProperty("seed").GetString()!, CultureInfo.InvariantCulture), row.GetProperty("question").GetUInt32(), row.GetProperty("rollout").GetUInt32());
            uint step = row.GetProperty("step").GetUInt32();
            var block = step <= int.MaxValue ? seed.Block((int)step) : Philox4x32.Block(step, seed.Rollout, seed.Question, 0, seed.Seed);
            Assert.Equal(Words(row, "words"), Words(block));
            Assert.Equal(row.GetProperty("uniform24_of_word0").GetDouble(), block.Uniform24);
            Assert.Equal(row.GetProperty("uniform53_of_words_0_1").GetDouble(), block.Uniform53);
            if (step <= int.MaxValue) Assert.Equal(block.Uniform53, seed.Uniform((int)step));
            seen++;
        }
        Assert.Equal(32, seen);
    }

    [Fact]
    public void Uniform_deviates_never_reach_1()
    {
        var most = new PhiloxBlock(uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue);
        Assert.True(most.Uniform24 < 1 && most.Uniform53 < 1 && most.SecondUniform53 < 1);
        Assert.Equal(1 - Math.Pow(2, -53), most.Uniform53);
        Assert.Equal(0, default(PhiloxBlock).Uniform53);
    }

    [Fact]
    public void A_negative_step_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new RowSeed(42).Uniform(-1));

    static JsonDocument Open() => JsonDocument.Parse(File.ReadAllBytes(Repository.Path("tests", "data", "philox4x32.json")));
    static uint[] Words(JsonElement entry, string name) => [.. entry.GetProperty(name).EnumerateArray().Select(x => uint.Parse(x.GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
    static uint[] Words(PhiloxBlock block) => [block.Word0, block.Word1, block.Word2, block.Word3];
}
