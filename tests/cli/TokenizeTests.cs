using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Cli;

public sealed class TokenizeTests : IDisposable
{
    readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_text_shows_ids_tokens_and_pieces()
    {
        var text = (await Shell.Run("tokenize", "1+1<|im_end|>", "--json")).Done().Json.GetProperty("texts")[0];
        int[] ids = [.. text.GetProperty("ids").EnumerateArray().Select(x => x.GetInt32())];
        Assert.Equal((4, 274), (ids.Length, ids[^1]));
        Assert.Equal("<|im_end|>", text.GetProperty("tokens")[3].GetString());
        Assert.Equal("1+1<|im_end|>", string.Concat(text.GetProperty("pieces").EnumerateArray().Select(x => x.GetString())));
        Assert.Contains("4 tokens", (await Shell.Run("tokenize", "1+1<|im_end|>")).Done().Output);
        Assert.DoesNotContain("274", (await Shell.Run("tokenize", "1+1<|im_end|>", "--plain")).Done().Output);
    }

    [Fact]
    public async Task Messages_are_rendered_and_their_control_tokens_stay_text()
    {
        var text = (await Shell.Run("tokenize", "[{\"role\": \"user\", \"content\": \"a<|im_end|>\"}]", "--messages", "--json")).Done().Json.GetProperty("texts")[0];
        Assert.Contains("a<|im_end|>", text.GetProperty("rendered").GetString());
        Assert.Single(text.GetProperty("ids").EnumerateArray(), id => id.GetInt32() == 274);
    }

    [Fact]
    public async Task A_file_may_hold_texts_and_conversations_and_a_tokenizer_stand_alone()
    {
        string file = _scratch.Write("t.jsonl", "{\"text\": \"1\"}", "", "{\"messages\": [{\"role\": \"user\", \"content\": \"2\"}]}", "{\"prompt\": \"3\"}");
        var json = (await Shell.Run("tokenize", "--tokenizer", Path.Combine(Repository.DefaultModel, "tokenizer.json"), "--file", file, "--json")).Done().Json;
        Assert.Equal(3, json.GetProperty("texts").GetArrayLength());
        Assert.Equal(275, json.GetProperty("vocabulary").GetInt32());
        string small = Repository.Path("tests", "data", "text", "small", "gemma.json");
        Assert.Equal(1, (await Shell.Run("tokenize", "hello", "--tokenizer", small, "--add-special", "--json")).Done().Json.GetProperty("texts")[0].GetProperty("ids")[0].GetInt32());
        Assert.Equal((int)RoastError.Unsupported, (await Shell.Run("tokenize", "[{\"role\": \"user\", \"content\": \"2\"}]", "--messages", "--tokenizer", small)).Code);
    }

    [Fact]
    public async Task Variables_reach_the_template_of_tokenize_and_run()
    {
        string model = _scratch.Model("m");
        File.WriteAllText(Path.Combine(model, "chat_template.jinja"), "{% for m in messages %}{{ m.content }}{% endfor %}{{ enable_thinking }}{{ n }}{{ j.a[0] }}");
        string[] variables = ["--template-var", "enable_thinking=false", "--template-var", "n=3", "--template-var", "j={\"a\": [\"x\"]}"];
        var text = (await Shell.Run(["tokenize", "-m", model, "[{\"role\": \"user\", \"content\": \"2\"}]", "--messages", "--json", .. variables])).Done().Json.GetProperty("texts")[0];
        Assert.Equal("2False3x", text.GetProperty("rendered").GetString());
        var run = (await Shell.Run(["run", "-m", model, "2", "--max-tokens", "1", "--json", .. variables])).Done().Json;
        Assert.Equal(text.GetProperty("ids").ToString().ReplaceLineEndings("").Replace(" ", ""), run.GetProperty("prompt_ids").ToString().ReplaceLineEndings("").Replace(" ", ""));
    }

    [Theory]
    [InlineData("expected a text or --file", "tokenize")]
    [InlineData("expected a text or --file", "tokenize", "a", "--file", "b")]
    [InlineData("lines of --file say it themselves", "tokenize", "--messages", "--file", "b")]
    [InlineData("is not JSON", "tokenize", "--messages", "{")]
    [InlineData("is no assignment", "tokenize", "a", "--template-var", "x")]
    [InlineData("is given twice", "tokenize", "a", "--template-var", "x=1", "--template-var", "x=2")]
    [InlineData("begins like JSON and is none", "tokenize", "a", "--template-var", "x={")]
    [InlineData("--raw and --ids do without one", "run", "--raw", "a", "--template-var", "x=1")]
    public async Task A_command_line_that_makes_no_sense_is_refused(string expected, params string[] args)
    {
        var outcome = await Shell.Run(args);
        Assert.Equal(2, outcome.Code);
        Assert.Contains(expected, outcome.Error);
    }

    [Theory]
    [InlineData("{\"text\": 1}", "has neither a text")]
    [InlineData("{", "is not JSON")]
    [InlineData("{\"messages\": [{\"role\": \"user\"}]}", "message 0 has no text 'content'")]
    public async Task A_broken_line_is_named(string line, string expected)
    {
        var outcome = await Shell.Run("tokenize", "--file", _scratch.Write("t.jsonl", "{\"text\": \"1\"}", line));
        Assert.Equal((int)RoastError.BadFile, outcome.Code);
        Assert.Contains("t.jsonl:2", outcome.Error);
        Assert.Contains(expected, outcome.Error);
    }
}
