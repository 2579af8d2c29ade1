using System.Text.Json;
using Roast.Text;
using Xunit;

namespace Roast.Tests.Unit.Text;

/// <summary>Tokenizers of forms that no checkpoint of the shared data has, against Hugging Face's own library: tests/data/text/make_small.js.</summary>
public class SmallTokenizerTests
{
    const int Texts = 33;

    [Theory]
    [InlineData("gemma")]                                   // SentencePiece's BPE with byte_fallback
    [InlineData("llama2")]                                  // a space put in front, and taken off again
    [InlineData("metaspace")]                               // in the pre-tokenizer; unknown tokens fused; NFC and small letters
    [InlineData("llama3")]                                  // ignore_merges
    [InlineData("flags")]                                   // added tokens that take spaces, or must be words
    [InlineData("splits")]                                  // every behavior of Split
    public void Every_text_gets_the_ids_of_the_reference_with_and_without_special_tokens_and_comes_back(string name)
    {
        var tokenizer = Load(name);
        var rows = Goldens.Rows(Goldens.Local("small", $"{name}.jsonl"));
        var failures = new List<string>();
        foreach (var row in rows)
        {
            string text = row.Text("text");
            Compare("ids", row.Ids("ids"), tokenizer.Encode(text, ControlTokens.Parse));
            Compare("framed", row.Ids("ids_framed"), tokenizer.Encode(text, ControlTokens.Parse, addSpecial: true));
            if (tokenizer.Decode(row.Ids("ids"), skipSpecial: false) is var whole && whole != row.Text("decoded")) failures.Add($"{Show(text)} decodes to {Show(whole)}, expected {Show(row.Text("decoded"))}");
            if (tokenizer.Decode(row.Ids("ids")) is var kept && kept != row.Text("decoded_skip_special")) failures.Add($"{Show(text)} decodes without special tokens to {Show(kept)}, expected {Show(row.Text("decoded_skip_special"))}");
            var stream = tokenizer.CreateStream();
            if (string.Concat([.. row.Ids("ids").Select(stream.Append), stream.Flush()]) is var streamed && streamed != row.Text("decoded_skip_special")) failures.Add($"{Show(text)} streams as {Show(streamed)}");

            void Compare(string what, int[] expected, int[] actual)
            {
                if (!expected.SequenceEqual(actual)) failures.Add($"{what} of {Show(text)}: [{string.Join(' ', actual.Take(30))}], expected [{string.Join(' ', expected.Take(30))}]");
            }
        }
        Assert.True(failures.Count == 0, $"{failures.Count} differences:\n{string.Join('\n', failures.Take(20))}");
        Assert.Equal(Texts, rows.Count);
    }

    [Theory]
    [InlineData("gemma", "<start_of_turn>", 3)]
    [InlineData("llama2", "</s>", 2)]                       // searched in normalized text
    [InlineData("flags", "<mask>", 3)]
    public void Plain_text_holds_no_added_token_in_any_form(string name, string token, int id)
    {
        var tokenizer = Load(name);
        Assert.Contains(id, tokenizer.Encode($"{token}a", ControlTokens.Parse));
        Assert.DoesNotContain(id, tokenizer.Encode($"{token}a {token}"));
        var template = ChatTemplate.Parse("{% for m in messages %}" + token + "{{ m.content }}{% endfor %}");
        Assert.DoesNotContain(id, template.Encode(tokenizer, [new ChatMessage("user", $"b {token} c")]).Skip(2));
    }

    static TextTokenizer Load(string name) => TextTokenizer.Load(new TokenizerFiles(File.ReadAllBytes(Goldens.Local("small", $"{name}.json")), "{}"u8.ToArray()), name);

    static string Show(string text) => JsonSerializer.Serialize(text.Length > 60 ? text[..60] + "..." : text);
}
