using Roast.Text;
using Xunit;

namespace Roast.Tests.Unit.Text;

/// <summary>The goldens of tests/data/text: a fresh clone, without the shared data, is held to the reference too.</summary>
public class TravellingGoldenTests
{
    [Theory]
    [InlineData("smollm2", 50)]
    [InlineData("qwen2.5", 50)]
    public void Reduced_tokenizers_give_the_ids_of_the_whole_ones(string name, int atLeast)
    {
        var tokenizer = TextTokenizer.Load(Goldens.Local(name));
        var rows = Goldens.Rows(Goldens.Local(name, "tokens.jsonl"));
        Assert.Empty(rows.SelectMany(row => TokenizerGoldenTests.Check(tokenizer, row)));
        Assert.True(rows.Count >= atLeast, $"{rows.Count} rows, {atLeast} were expected.");
    }

    [Theory]
    [InlineData("smollm2", 8)]
    [InlineData("qwen2.5", 8)]
    public void Streams_join_to_the_text(string name, int atLeast)
    {
        var tokenizer = TextTokenizer.Load(Goldens.Local(name));
        var rows = Goldens.Rows(Goldens.Local(name, "stream.jsonl"));
        Assert.All(rows, row => TokenizerGoldenTests.CheckStream(tokenizer, row));
        Assert.True(rows.Count >= atLeast, $"{rows.Count} rows, {atLeast} were expected.");
    }

    [Theory]
    [InlineData("smollm2", 14)]
    [InlineData("qwen2.5", 14)]
    public void Conversations_give_the_text_and_the_ids_of_the_reference(string name, int expected)
    {
        var tokenizer = TextTokenizer.Load(Goldens.Local(name));
        var template = ChatTemplate.Load(Goldens.Local(name));
        Assert.NotNull(template);
        var rows = Goldens.Rows(Goldens.Local(name, "rendered.jsonl"));
        Assert.All(rows, row =>
        {
            var messages = row.GetProperty("messages").EnumerateArray().Select(m => new ChatMessage(m.Text("role"), m.Text("content"))).ToList();
            var open = new ChatTemplateOptions { AddGenerationPrompt = row.GetProperty("kwargs").GetProperty("add_generation_prompt").GetBoolean() };
            Assert.Equal(row.Text("rendered"), template.Render(messages, open));
            Assert.Equal(row.Ids(row.Has("ids_sanitized") ? "ids_sanitized" : "ids"), template.Encode(tokenizer, messages, open));
            Assert.Equal(row.Ids("ids"), tokenizer.Encode(row.Text("rendered"), ControlTokens.Parse));
        });
        Assert.Equal(expected, rows.Count);
    }
}
