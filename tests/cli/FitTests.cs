using System.Text.Json;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Cli;

public class FitTests
{
    static readonly string[] Short = ["--max-answer-tokens", "8"];

    [Fact]
    public async Task Rollouts_that_were_saved_give_the_same_vector_again()
    {
        using var scratch = new Scratch();
        string[] common = ["--data", Scratch.Problems("train"), "--limit", "24", "--json"];
        var sampled = (await Shell.Run(["fit", .. common, .. Short, "-o", scratch["sampled.safetensors"], "--save-rollouts", scratch["rollouts.jsonl"]])).Done().Json;
        var read = (await Shell.Run(["fit", .. common, "-o", scratch["read.safetensors"], "--from-rollouts", scratch["rollouts.jsonl"]])).Done().Json;
        Assert.Equal(24 * 8, File.ReadLines(scratch["rollouts.jsonl"]).Count());
        foreach (string count in (string[])["questions", "mixed", "reread", "known_wrong", "skipped", "degenerate"])
            Assert.Equal(sampled.GetProperty("fit").GetProperty(count).GetInt32(), read.GetProperty("fit").GetProperty(count).GetInt32());
        var (a, b) = (SteeringVector.Load(scratch["sampled.safetensors"]), SteeringVector.Load(scratch["read.safetensors"]));
        Assert.Equal(a.Points, b.Points);
        foreach (var point in a.Points) Near.EqualToScale(a[point].Span, b[point].Span, Tolerance.ContrastAgainstPyTorch, point.ToString());
        Assert.NotNull(a.Provenance.Rollouts);
        Assert.Null(b.Provenance.Rollouts);                                         // nobody knows how given answers were sampled
    }

    [Fact]
    public async Task The_reference_rollouts_give_the_reference_vector()
    {
        using var scratch = new Scratch();
        // The golden is the mean over mixed questions: no known wrong answers, and re-read questions without a vote.
        string[] questions = [.. File.ReadLines(Scratch.Problems("train")).Select(line =>
        {
            var question = JsonDocument.Parse(line).RootElement;
            return $"{{\"id\": \"{question.GetProperty("id")}\", \"prompt\": \"{question.GetProperty("prompt")}\", \"answer\": \"{question.GetProperty("answer")}\"}}";
        })];
        var fit = (await Shell.Run("fit", "--data", scratch.Write("train.jsonl", questions), "--from-rollouts", Path.Combine(Repository.DefaultModel, "rollouts.jsonl"), "--reread-weight", "0",
            "--points", "attn_out.0..3,mlp_act.*", "-o", scratch["v.safetensors"], "--json")).Done().Json.GetProperty("fit");
        Assert.Equal(89, fit.GetProperty("mixed").GetInt32());
        var golden = Golden.Open(Path.Combine(Repository.DefaultModel, "golden.safetensors"));
        var vector = SteeringVector.Load(scratch["v.safetensors"]);
        Assert.Equal(8, vector.Points.Count);
        foreach (var point in vector.Points) Near.EqualToScale(golden[$"vector.max_norm.{point}"], vector[point].Span, Tolerance.ContrastAgainstPyTorch, point.ToString());
    }

    [Fact]
    public async Task Where_all_answers_are_wrong_it_says_so_and_reads_the_references()
    {
        using var scratch = new Scratch();
        string data = scratch.Write("wrong.jsonl", """{"prompt": "950+662=", "answer": "7"}""", """{"prompt": "715+907=", "answer": "8"}""");
        string[] args = ["fit", "--data", data, "--rollouts", "2", .. Short];
        var human = (await Shell.Run([.. args, "-o", scratch["a.safetensors"]])).Done();
        Assert.Contains("ALL 4 answers were wrong", human.Output);
        var json = (await Shell.Run([.. args, "-o", scratch["b.safetensors"], "--json"])).Done().Json.GetProperty("fit");
        Assert.Equal((2, 0, true), (json.GetProperty("reread").GetInt32(), json.GetProperty("mixed").GetInt32(), json.GetProperty("all_wrong").GetBoolean()));
    }

    [Fact]
    public async Task Where_all_answers_are_right_and_no_wrong_one_is_known_there_is_nothing_to_learn()
    {
        using var scratch = new Scratch();
        // Sums without a carry, on which both annotators agree; greedy, so that all answers are the same.
        string data = scratch.Write("right.jsonl", """{"prompt": "111+222=", "answer": "333"}""", """{"prompt": "123+321=", "answer": "444"}""");
        var fit = await Shell.Run("fit", "--data", data, "--temperature", "0", "--max-answer-tokens", "8", "-o", scratch["v.safetensors"], "--json");
        Assert.Equal((int)RoastError.NoContrast, fit.Code);
        Assert.Equal("no_contrast", fit.Json.GetProperty("error").GetProperty("kind").GetString());
        Assert.Contains("2 had only correct answers", fit.Error);
        Assert.Equal(["right.jsonl"], scratch.Files);
    }

    [Theory]
    [InlineData("--method", "caa"), InlineData("--method", "mean_difference"), InlineData("--scaling", "l2_norm"), InlineData("--pool", "mean")]
    public async Task What_the_vector_was_fitted_by_is_in_its_file(string option, string word)
    {
        using var scratch = new Scratch();
        (await Shell.Run(["fit", "--data", Scratch.Problems("train"), "--limit", "8", .. Short, option, word, "-o", scratch["v.safetensors"]])).Done();
        var story = (await Shell.Run("inspect", scratch["v.safetensors"], "--json")).Done().Json.GetProperty("provenance");
        Assert.Equal(word, story.GetProperty(option[2..]).GetString());
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        using var scratch = new Scratch();
        byte[][] files = new byte[3][];
        for (int i = 0; i < files.Length; i++)
        {
            (await Shell.Run(["fit", "--data", Scratch.Problems("train"), "--limit", "12", .. Short, "--seed", i < 2 ? "7" : "8", "-o", scratch[$"{i}.safetensors"]])).Done();
            files[i] = File.ReadAllBytes(scratch[$"{i}.safetensors"]);
        }
        Assert.Equal(files[0], files[1]);
        Assert.NotEqual(files[0], files[2]);
    }

    [Fact]
    public async Task An_interrupted_fit_returns_130_and_leaves_no_file()
    {
        using var scratch = new Scratch();
        using var interrupt = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var fit = await Shell.Run(interrupt.Token, "fit", "--data", Scratch.Problems("test"), "--rollouts", "512", "-o", scratch["v.safetensors"], "--save-rollouts", scratch["r.jsonl"], "--json");
        Assert.Equal(130, fit.Code);
        Assert.Equal("interrupted", fit.Json.GetProperty("error").GetProperty("kind").GetString());
        Assert.Empty(scratch.Files);
    }
}
