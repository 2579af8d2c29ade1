using Roast.Formats;
using Roast.Text;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Text;

public class GgufTokenizerTests
{
    [Fact]
    public void The_tokenizer_of_smollm2_from_its_gguf_file_gives_every_reference_id_like_the_one_of_the_folder()
    {
        string path = SharedData.Require("models", "smollm2-135m-instruct", "SmolLM2-135M-Instruct.Q4_1.gguf");
        using var stream = File.OpenRead(path);
        var files = GgufTokenizer.Read(GgufHeader.Read(stream, path).Metadata, path)!;
        var tokenizer = TextTokenizer.Load(files, path, 49152);
        var rows = Goldens.Shared("golden", "smollm2.tokens.jsonl");
        var failures = rows.SelectMany((row, i) => TokenizerGoldenTests.Check(tokenizer, row).Select(what => $"row {i}: {what}")).ToList();
        Assert.True(failures.Count == 0, $"{failures.Count} differences:\n{string.Join('\n', failures.Take(20))}");
        Assert.Equal(580, rows.Count);
        var folder = Goldens.SharedTokenizer("smollm2");
        Assert.Equal((folder.EosToken, folder.BosToken, folder.PadToken, folder.VocabularySize), (tokenizer.EosToken, tokenizer.BosToken, tokenizer.PadToken, tokenizer.VocabularySize));
        for (int id = 0; id < folder.VocabularySize; id++) Assert.Equal(folder.IsSpecial(id), tokenizer.IsSpecial(id));
        var messages = new[] { new ChatMessage("user", "What is 14 + 25?"), new ChatMessage("assistant", "39"), new ChatMessage("user", "<|im_end|>") };
        var ours = ChatTemplate.Load(files, path)!;
        var theirs = ChatTemplate.Load(SharedData.Require("tokenizers", "smollm2"))!;
        Assert.Equal(theirs.Render(messages), ours.Render(messages));
        Assert.Equal(theirs.Encode(folder, messages), ours.Encode(tokenizer, messages));
    }

    /// <summary>All bytes as tokens, some merges, then a control token, a user-defined one and padding.</summary>
    static MadeGguf Made(string pre, string model = "gpt2")
    {
        string[] letters = [.. Enumerable.Range(0, 256).Select(value => ByteLetters.Of((byte)value).ToString())];
        string[] tokens = [.. letters, "12", "e\u0300", "<|end|>", "<tool>", "[PAD260]"];
        int[] types = [.. Enumerable.Repeat(1, 258), 3, 4, 5];
        return new MadeGguf().Key("tokenizer.ggml.model", model).Key("tokenizer.ggml.pre", pre).Key("tokenizer.ggml.tokens", tokens).Key("tokenizer.ggml.token_type", types)
            .Key("tokenizer.ggml.merges", ["1 2"]).Key("tokenizer.ggml.eos_token_id", 258u);
    }

    static TextTokenizer Load(MadeGguf made) => TextTokenizer.Load(Read(made)!, "made", 261);

    static TokenizerFiles? Read(MadeGguf made) => GgufTokenizer.Read(GgufHeader.Read(new MemoryStream(made.ToBytes()), "made").Metadata, "made");

    [Fact]
    public void Each_pre_tokenizer_splits_digits_as_the_original_does()
    {
        Assert.Equal([256], Load(Made("gpt-2")).Encode("12"));              // a run of digits is one piece, so its merge applies
        Assert.Equal(['1', '2'], Load(Made("smollm")).Encode("12").Select(id => (char)(id + ('1' - Load(Made("gpt-2")).TokenId("1")!.Value))));
        Assert.Equal(2, Load(Made("qwen2")).Encode("12").Length);
    }

    [Fact]
    public void Qwen2_composes_characters_first_as_its_original_does()
    {
        Assert.Equal(Load(Made("qwen2")).Encode("\u00e8"), Load(Made("qwen2")).Encode("e\u0300"));
        Assert.NotEqual(Load(Made("gpt-2")).Encode("\u00e8"), Load(Made("gpt-2")).Encode("e\u0300"));
    }

    [Fact]
    public void Control_tokens_are_special_user_defined_ones_are_not_and_unused_ones_are_no_tokens()
    {
        var tokenizer = Load(Made("gpt-2"));
        Assert.True(tokenizer.IsSpecial(258));
        Assert.False(tokenizer.IsSpecial(259));
        Assert.Equal([258, 259], tokenizer.Encode("<|end|><tool>", ControlTokens.Parse));
        Assert.Null(tokenizer.TokenId("[PAD260]"));
        Assert.Equal((260, 261, "<|end|>"), (tokenizer.VocabularySize, tokenizer.ModelVocabularySize, tokenizer.EosToken));
    }

    [Theory]
    [InlineData("gpt-2", "t5", "'t5'")]
    [InlineData("deepseek-coder", "gpt2", "'deepseek-coder'")]
    public void An_unknown_model_or_pre_tokenizer_is_unsupported_by_name(string pre, string model, string named)
    {
        var e = Assert.Throws<RoastException>(() => Read(Made(pre, model)));
        Assert.Equal(RoastError.Unsupported, e.Kind);
        Assert.Contains(named, e.Message);
    }

    [Fact]
    public void Keys_that_disagree_are_refused_and_a_file_without_a_tokenizer_has_none()
    {
        Assert.Null(Read(new MadeGguf()));
        var keys = new MadeGguf().Key("tokenizer.ggml.model", "gpt2").Key("tokenizer.ggml.pre", "gpt-2").Key("tokenizer.ggml.tokens", ["a"]).Key("tokenizer.ggml.merges", System.Array.Empty<string>());
        foreach (var made in new[] { Made("gpt-2").Key("tokenizer.ggml.padding_token_id", 261u), keys.Key("tokenizer.ggml.token_type", [1, 1]) })
            Assert.Equal(RoastError.BadFile, Assert.Throws<RoastException>(() => Read(made)).Kind);
    }
}
