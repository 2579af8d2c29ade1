using Roast.Onnx;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Fit;

public sealed class RolloutFileTests : IDisposable
{
    readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("roast-rollouts-").FullName, "r.jsonl");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    static Rollout Sample(int index, string text = "842") => new("q", index, [5, 6], [7, 274], text, IsCorrect: true);

    [Theory]
    [InlineData("842"), InlineData(""), InlineData("two\nlines \"quoted\" \u2028 \ud83d\ude00")]
    public void What_was_written_is_read_back(string text)
    {
        RolloutFile.Write(_path, [Sample(0, text), Sample(1)]);
        Assert.Equal(2, File.ReadLines(_path).Count());                             // a text never breaks its line
        var read = RolloutFile.Read(_path, vocabularySize: 275);
        Assert.Equal((text, 0, "q", true), (read[0].Text, read[0].Index, read[0].QuestionId, read[0].IsCorrect));
        Assert.Equal([7, 274], read[1].Ids);
    }

    [Fact]
    public void The_default_models_rollouts_are_read_with_their_other_fields()
    {
        var rollouts = RolloutFile.Read(Path.Combine(Repository.DefaultModel, "rollouts.jsonl"), vocabularySize: 275);
        Assert.Equal(128 * 8, rollouts.Count);
        Assert.Equal(("train-0000", "1512", false), (rollouts[0].QuestionId, rollouts[0].Text, rollouts[0].IsCorrect));
    }

    [Fact]
    public void One_rollout_above_the_limit_is_refused()
    {
        RolloutFile.Write(_path, [Sample(0), Sample(1), Sample(2)]);
        Assert.Equal(3, RolloutFile.Read(_path, null, maxRollouts: 3).Count);
        Assert.Equal(RoastError.TooLarge, Assert.Throws<RoastException>(() => RolloutFile.Read(_path, null, maxRollouts: 2)).Kind);
    }

    [Theory]
    [InlineData("\\ud800"), InlineData("\\udc00 x")]
    public void Half_a_surrogate_pair_is_refused(string text)
    {
        File.WriteAllText(_path, $"{{\"id\": \"q\", \"sample\": 0, \"prompt_ids\": [5], \"ids\": [5], \"text\": \"{text}\", \"correct\": true}}");
        Assert.Equal(RoastError.BadFile, Assert.Throws<RoastException>(() => RolloutFile.Read(_path)).Kind);
    }

    [Theory]
    [InlineData(""), InlineData("\n\n")]
    public void A_file_without_rollouts_is_refused(string text)
    {
        File.WriteAllText(_path, text);
        Assert.Equal(RoastError.BadFile, Assert.Throws<RoastException>(() => RolloutFile.Read(_path)).Kind);
    }
}
