using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Cli;

public sealed class SearchTests : IDisposable
{
    readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    string[] Search(params string[] more) => ["search", "--data", Scratch.Problems("train"), "--dev", Scratch.Problems("dev"), "--limit", "32", "--max-answer-tokens", "8", "--rollouts", "4",
        "-o", _scratch["best.safetensors"], .. more];

    [Fact]
    public async Task A_search_writes_the_chosen_vector_which_eval_reports_as_it_is()
    {
        var json = (await Shell.Run(Search("--points-grid", "attn_out.3;resid_post.0", "--pools", "last,mean_content", "--scalings", "max_norm", "--strengths", "0.2,0.5,1", "--json"))).Done().Json;
        var candidates = json.GetProperty("candidates").EnumerateArray().ToList();
        Assert.Equal(4, candidates.Count);
        var chosen = Assert.Single(candidates, candidate => candidate.GetProperty("chosen").GetBoolean());
        Assert.Equal("attn_out.3", chosen.GetProperty("points").GetString());

        var eval = (await Shell.Run("eval", "-v", _scratch["best.safetensors"], "--data", Scratch.Problems("test"), "--limit", "100", "--random", "3", "--max-answer-tokens", "8", "--json")).Done().Json;
        Assert.Equal(chosen.GetProperty("strength").GetSingle(), eval.GetProperty("strength").GetSingle());
        Assert.Equal(0, eval.GetProperty("test").GetProperty("random").GetProperty("reached").GetInt32());

        var again = await Shell.Run(Search("--pools", "last"));
        Assert.Equal((int)RoastError.CannotWrite, again.Code);
        Assert.Contains("--force", again.Error);
    }

    [Fact]
    public async Task The_table_marks_the_choice_and_warns_of_its_luck()
    {
        var human = (await Shell.Run(Search("--points-grid", "attn_out.3", "--pools", "last", "--strengths", "0.2,0.5,1"))).Done();
        Assert.Contains("attn_out.3  <- chosen", human.Output);
        Assert.Contains("3 settings were tried on 200 questions", human.Output);
    }

    [Theory]
    [InlineData("--pools", "last,first", "'first' is not known")]
    [InlineData("--scalings", "", "expected max_norm")]
    [InlineData("--points-grid", "attn_out", "names no points")]
    [InlineData("--strengths", "nan", "--strengths")]
    public async Task A_word_that_is_not_known_is_named(string option, string value, string mention)
    {
        var outcome = await Shell.Run(Search(option, value));
        Assert.Equal(2, outcome.Code);
        Assert.Contains(mention, outcome.Error);
        Assert.Empty(_scratch.Files);
    }

    [Fact]
    public async Task A_list_that_is_given_twice_is_refused_and_not_half_ignored() => Assert.Equal(2, (await Shell.Run(Search("--strengths", "0.1", "--strengths", "0.2"))).Code);
}
