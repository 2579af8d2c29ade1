using System.Text.Json;
using Roast.TestSupport;
using Roast.Text;
using Xunit;

namespace Roast.Tests.Unit.Text;

/// <summary>Every row that Hugging Face's tokenizers 0.23.3 wrote, in the three ways to encode and both to decode. Exact.</summary>
public class TokenizerGoldenTests
{
    [Theory]
    [InlineData("qwen2.5", 595)]
    [InlineData("smollm2", 580)]
    [InlineData("gpt2", 501)]
    public void Every_text_gets_the_reference_ids_and_comes_back_as_the_reference_text(string name, int expectedRows)
    {
        var tokenizer = Goldens.SharedTokenizer(name);
        var rows = Goldens.Shared("golden", $"{name}.tokens.jsonl");
        var failures = rows.SelectMany((row, i) => Check(tokenizer, row).Select(what => $"row {i} ({row.Text("kind")}{(row.Has("newer_unicode") ? ", newer_unicode" : "")}): {what}")).ToList();
        Assert.True(failures.Count == 0, $"{failures.Count} differences:\n{string.Join('\n', failures.Take(20))}");
        Assert.Equal(expectedRows, rows.Count);
    }

    [Theory]
    [InlineData("qwen2.5", 177)]
    [InlineData("smollm2", 223)]
    [InlineData("gpt2", 233)]
    public void Streamed_pieces_join_to_the_decoded_text_and_never_break_a_character(string name, int expectedRows)
    {
        var tokenizer = Goldens.SharedTokenizer(name);
        var rows = Goldens.Shared("golden", $"{name}.stream.jsonl");
        Assert.All(rows, row => CheckStream(tokenizer, row));
        Assert.Equal(expectedRows, rows.Count);
    }

    /// <summary>llama.cpp's test texts for its vocabularies, and what it encodes them to.</summary>
    [Theory]
    [InlineData("gpt2", "ggml-vocab-gpt-2.gguf", 47)]
    [InlineData("qwen2.5", "ggml-vocab-qwen2.gguf", 47)]
    public void Texts_of_llama_cpp_get_its_ids(string name, string file, int expected)
    {
        var tokenizer = Goldens.SharedTokenizer(name);
        string[] texts = File.ReadAllText(SharedData.Require("tokenizers", "golden", $"{file}.inp")).Split("\n__ggml_vocab_test__\n");
        string[] lines = File.ReadAllText(SharedData.Require("tokenizers", "golden", $"{file}.out")).Split('\n');
        Assert.Equal((expected, expected), (texts.Length, lines.Length));
        for (int i = 0; i < expected; i++)
            Assert.Equal([.. lines[i].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)], tokenizer.Encode(texts[i], ControlTokens.Parse));
    }

    /// <summary>transformers.js' test texts: ids, tokens as the vocabulary writes them, and decoded text.</summary>
    [Theory]
    [InlineData("gpt2", "gpt2.json", "Xenova/gpt2", true)]
    [InlineData("qwen2.5", "qwen2.json", "Xenova/Qwen1.5-0.5B-Chat", false)]
    public void Texts_of_transformers_js_get_its_ids_and_tokens(string name, string file, string model, bool cleansUp)
    {
        var tokenizer = Goldens.SharedTokenizer(name);
        using var document = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("tokenizers", "golden", file)));
        var cases = document.RootElement.GetProperty(model).EnumerateObject().Select(x => x.Value).ToArray();
        foreach (var row in cases)
        {
            int[] ids = tokenizer.Encode(row.Text("text"), ControlTokens.Parse);
            Assert.Equal(row.Ids("ids"), ids);
            Assert.Equal([.. row.GetProperty("tokens").EnumerateArray().Select(token => token.GetString()!)], ids.Select(tokenizer.TokenText));
            string decoded = tokenizer.Decode(ids, skipSpecial: false);
            Assert.Equal(row.Text("decoded"), cleansUp ? CleanedUp(decoded) : decoded);
        }
        Assert.InRange(cases.Length, 20, 60);
    }

    /// <summary>What the GPT-2 of that file does after decoding (clean_up_tokenization_spaces), and Roast does not: it is not the text.</summary>
    static string CleanedUp(string text)
    {
        foreach (string mark in (string[])[".", "?", "!", ",", "n't", "'m", "'s", "'ve", "'re"]) text = text.Replace(" " + mark, mark, StringComparison.Ordinal);
        return text.Replace(" ' ", "'", StringComparison.Ordinal);
    }

    internal static IEnumerable<string> Check(TextTokenizer tokenizer, JsonElement row)
    {
        string text = row.Text("text");
        int[] ids = row.Ids("ids");
        foreach (var (way, key) in new[] { (ControlTokens.Parse, "ids"), (ControlTokens.SplitSpecial, "ids_split_special"), (ControlTokens.Plain, "ids_plain") })
        {
            int[] expected = row.Has(key) ? row.Ids(key) : ids;
            int[] actual = tokenizer.Encode(text, way);
            if (!expected.SequenceEqual(actual)) yield return $"{way}: {Show(text)} gave [{string.Join(' ', actual.Take(40))}], expected [{string.Join(' ', expected.Take(40))}]";
        }
        if (tokenizer.Decode(ids, skipSpecial: false) is var whole && whole != row.Text("decoded")) yield return $"decoded {Show(whole)}, expected {Show(row.Text("decoded"))}";
        if (tokenizer.Decode(ids) is var kept && kept != row.Text("decoded_skip_special")) yield return $"decoded without special tokens {Show(kept)}, expected {Show(row.Text("decoded_skip_special"))}";
    }

    internal static void CheckStream(TextTokenizer tokenizer, JsonElement row)
    {
        var stream = tokenizer.CreateStream(row.GetProperty("skip_special").GetBoolean());
        var pieces = row.Ids("ids").Select(stream.Append).ToList();
        pieces.Add(stream.Flush());
        Assert.Equal(row.Text("decoded"), string.Concat(pieces));
        Assert.All(pieces, piece => Assert.True(piece.Length == 0 || !(char.IsHighSurrogate(piece[^1]) || char.IsLowSurrogate(piece[0])), $"a piece breaks a character: {Show(piece)}"));
    }

    static string Show(string text) => JsonSerializer.Serialize(text.Length > 80 ? text[..80] + "..." : text);
}
