using System.Text.Json;
using Xunit;

namespace Roast.Tests.Samples;

public sealed class BatchTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("roast-batch-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_question_is_answered_at_every_strength_and_the_counts_are_those_of_the_file()
    {
        string path = Path.Combine(_folder, "answers.jsonl");
        var (code, output, error) = await Sample.Run("batch", "Roast.Samples.Batch", "", "--out", path, "--questions", "40", "--strengths", "0", "0.5");
        Assert.True(code == 0, error);
        JsonElement[] lines = [.. File.ReadLines(path).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(80, lines.Length);
        int Right(float strength) => lines.Count(line => line.GetProperty("strength").GetSingle() == strength && line.GetProperty("correct").GetBoolean());
        Assert.Contains($"strength 0: {Right(0)} of 40 right", output);
        Assert.Contains($"strength 0.5: {Right(0.5f)} of 40 right", output);
        Assert.True(Right(0.5f) > Right(0) + 10, output);
        Assert.Equal(40, lines.Select(line => line.GetProperty("id").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task A_job_that_cannot_be_done_writes_nothing()
    {
        string path = Path.Combine(_folder, "none.jsonl");
        var (code, _, error) = await Sample.Run("batch", "Roast.Samples.Batch", "", "--out", path, "--data", "no-such.jsonl");
        Assert.Equal(10, code);
        Assert.Contains("no-such.jsonl", error);
        Assert.False(File.Exists(path));
    }
}
