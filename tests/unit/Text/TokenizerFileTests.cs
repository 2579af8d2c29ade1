using System.Text.Json;
using System.Text.Json.Nodes;
using Roast.TestSupport;
using Roast.Text;
using Xunit;

namespace Roast.Tests.Unit.Text;

public class TokenizerFileTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("Removed,Isolated")]
    [InlineData(" Removed")]
    public void A_behavior_has_a_name_and_no_number(string behavior)
    {
        string json = $$$"""{"model": {"type": "BPE", "vocab": {"a": 0}, "merges": []}, "pre_tokenizer": {"type": "Split", "pattern": {"String": "-"}, "behavior": "{{{behavior}}}"}}""";
        Assert.Equal(RoastError.Unsupported, Assert.Throws<RoastException>(() => TextTokenizer.Load(new TokenizerFiles(System.Text.Encoding.UTF8.GetBytes(json), "{}"u8.ToArray()), "made")).Kind);
    }

    [Fact]
    public void A_byte_token_has_two_digits_and_no_zero_byte()
    {
        string json = """{"model": {"type": "BPE", "byte_fallback": true, "vocab": {"<0x41>": 0, "<0x4\u0000>": 1}, "merges": []}, "decoder": {"type": "Sequence", "decoders": [{"type": "ByteFallback"}, {"type": "Fuse"}]}}""";
        var tokenizer = TextTokenizer.Load(new TokenizerFiles(System.Text.Encoding.UTF8.GetBytes(json), "{}"u8.ToArray()), "made");
        Assert.Equal(("A", "<0x4\0>"), (tokenizer.Decode([0]), tokenizer.Decode([1])));
    }

    static readonly string Sound = File.ReadAllText(Path.Combine(Repository.DefaultModel, "tokenizer.json"));

    /// <summary>One change to a sound file, the kind of error, and words of the message.</summary>
    public static TheoryData<string, string, RoastError, string> Changes => new()
    {
        { "model.type", "\"Unigram\"", RoastError.Unsupported, "the model 'Unigram'" },
        { "model.end_of_word_suffix", "\"</w>\"", RoastError.Unsupported, "end_of_word_suffix" },
        { "model.dropout", "0.1", RoastError.Unsupported, "dropout" },
        { "normalizer", "{\"type\":\"NFKC\"}", RoastError.Unsupported, "the normalizer 'NFKC'" },
        { "normalizer", "{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"Precompiled\"}]}", RoastError.Unsupported, "the normalizer 'Precompiled'" },
        { "normalizer", "{\"type\":\"Replace\",\"content\":\"x\"}", RoastError.Unsupported, "without a text or a pattern" },
        { "model.unk_token", "\"<none>\"", RoastError.BadFile, "the unknown token '<none>' is no token" },
        { "decoder", "null", RoastError.Unsupported, "the decoder" },
        { "pre_tokenizer", "{\"type\":\"Metaspace\"}", RoastError.Unsupported, "in one of pre_tokenizer and decoder only" },
        { "pre_tokenizer", "{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"ByteLevel\"},{\"type\":\"Digits\"}]}", RoastError.Unsupported, "ByteLevel in front of another" },
        { "pre_tokenizer", "{\"type\":\"Metaspace\",\"replacement\":\"_\"}", RoastError.Unsupported, "Metaspace with '_'" },
        { "pre_tokenizer", "{\"type\":\"Metaspace\",\"prepend_scheme\":\"often\"}", RoastError.Unsupported, "prepend_scheme 'often'" },
        { "decoder", "{\"type\":\"Sequence\",\"decoders\":[{\"type\":\"Strip\",\"content\":\"x\",\"start\":1,\"stop\":0}]}", RoastError.Unsupported, "'Strip' with these settings" },
        { "decoder", "{\"type\":\"CTC\"}", RoastError.Unsupported, "the decoder 'CTC'" },
        { "post_processor", "{\"type\":\"TemplateProcessing\",\"single\":[{\"SpecialToken\":{\"id\":\"<none>\"}}]}", RoastError.BadFile, "adds '<none>', which is no token" },
        { "post_processor", "{\"type\":\"TemplateProcessing\",\"single\":7}", RoastError.BadFile, "expected form" },
        { "pre_tokenizer", "{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"Punctuation\"},{\"type\":\"ByteLevel\"}]}", RoastError.Unsupported, "the pre-tokenizer 'Punctuation'" },
        { "pre_tokenizer", "{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"Digits\"},{\"type\":\"ByteLevel\",\"add_prefix_space\":true}]}", RoastError.Unsupported, "add_prefix_space behind another" },
        { "pre_tokenizer.pretokenizers.0.behavior", "\"Doubled\"", RoastError.Unsupported, "Split with behavior 'Doubled'" },
        { "pre_tokenizer.pretokenizers.0.pattern", "{\"Glob\":\" \"}", RoastError.Unsupported, "other than a text or a regular expression" },
        { "pre_tokenizer.pretokenizers.0.pattern.Regex", "\"\\\\p{L}++\"", RoastError.Unsupported, "possessive" },
        { "pre_tokenizer.pretokenizers.0.pattern.Regex", "\"(\"", RoastError.Unsupported, "cannot read" },
        { "added_tokens.0.content", "\"\"", RoastError.BadFile, "added token 0 has no content" },
        { "added_tokens.0.id", "-1", RoastError.BadFile, "has the id -1" },
        { "added_tokens.0.id", "4194304", RoastError.BadFile, "has the id 4194304" },
        { "model.vocab", "[]", RoastError.BadFile, "model.vocab is not an object" },
        { "model.vocab", "{\"a\":1,\"b\":1}", RoastError.BadFile, "gives id 1 to 'b'" },
        { "model.merges.0", "\"a b c\"", RoastError.BadFile, "merge 0 is 'a b c'" },
        { "model.merges.0", "[\"zz\",\"z\"]", RoastError.BadFile, "needs the token 'zz'" },
        { "model.merges", "7", RoastError.BadFile, "expected form" },
    };

    [Theory, MemberData(nameof(Changes))]
    public void What_is_not_known_or_damaged_is_named(string path, string value, RoastError kind, string expected)
    {
        var root = JsonNode.Parse(Sound)!;
        string[] parts = path.Split('.');
        var owner = parts[..^1].Aggregate(root, (node, part) => node is JsonArray array ? array[int.Parse(part)]! : node[part]!);
        if (owner is JsonArray list) list[int.Parse(parts[^1])] = JsonNode.Parse(value);
        else owner[parts[^1]] = JsonNode.Parse(value);
        using var folder = new ModelFolder(("tokenizer.json", root.ToJsonString()));
        var e = Assert.Throws<RoastException>(() => TextTokenizer.Load(folder.Path));
        Assert.Equal(kind, e.Kind);
        Assert.Contains(expected, e.Message);
        Assert.Contains("tokenizer.json", e.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"model\":{\"type\":\"BPE\"},\"decoder\":{\"type\":\"ByteLevel\"}}")]
    public void A_file_that_is_cut_short_or_something_else_is_bad(string text)
    {
        using var folder = new ModelFolder(("tokenizer.json", text));
        Assert.Equal(RoastError.BadFile, Assert.Throws<RoastException>(() => TextTokenizer.Load(folder.Path)).Kind);
    }

    [Fact]
    public void A_file_one_byte_past_the_limit_is_not_read()
    {
        using var folder = new ModelFolder();
        using (var file = File.Create(Path.Combine(folder.Path, "tokenizer.json"))) file.SetLength(TokenizerFile.MaxBytes + 1L);
        Assert.Contains("at most", Assert.Throws<RoastException>(() => TextTokenizer.Load(folder.Path)).Message);
    }

    [Fact]
    public void A_folder_without_a_tokenizer_is_not_found()
    {
        using var folder = new ModelFolder();
        Assert.Equal(RoastError.NotFound, Assert.Throws<RoastException>(() => TextTokenizer.Load(folder.Path)).Kind);
        Assert.Equal(RoastError.NotFound, Assert.Throws<RoastException>(() => TextTokenizer.Load(Path.Combine(folder.Path, "none"))).Kind);
    }

    [Fact]
    public void Every_tiny_random_model_encodes_its_samples()
    {
        int seen = 0;
        foreach (string folder in Directory.GetDirectories(SharedData.Require("models", "tiny-random")))
        {
            string golden = Path.Combine(folder, "golden.json");
            if (!File.Exists(golden) || !File.Exists(Path.Combine(folder, "tokenizer.json"))) continue;
            var tokenizer = TextTokenizer.Load(folder);
            using var document = JsonDocument.Parse(File.ReadAllBytes(golden));
            if (!document.RootElement.TryGetProperty("tokenizer", out var recorded)) continue;
            foreach (var sample in recorded.GetProperty("samples").EnumerateArray())
            {
                Assert.Equal(sample.Ids("ids_no_special"), tokenizer.Encode(sample.Text("text"), ControlTokens.Parse));
                Assert.Equal(sample.Ids("ids"), tokenizer.Encode(sample.Text("text"), ControlTokens.Parse, addSpecial: true));
                seen++;
            }
        }
        Assert.Equal(8 * 4, seen);
    }
}
