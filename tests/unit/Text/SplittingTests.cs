using System.Globalization;
using Roast.Text;
using Xunit;

namespace Roast.Tests.Unit.Text;

public class SplittingTests
{
    [Fact]
    public void Every_stand_in_has_the_category_it_stands_for_and_no_category_beyond_the_basic_plane_lacks_one()
    {
        Assert.All(Shadow.StandIns, pair => Assert.Equal(pair.Key, char.GetUnicodeCategory(pair.Value)));
        for (int code = 0x10000; code < 0x110000; code++) Assert.True(Shadow.StandIns.ContainsKey(CharUnicodeInfo.GetUnicodeCategory(code)), $"U+{code:X}");
    }

    [Theory]
    [InlineData(Patterns.Gpt2)]
    [InlineData(Patterns.Qwen)]
    [InlineData(Patterns.Llama3)]
    public void Well_known_patterns_are_scanned_by_hand_and_cut_where_the_pattern_cuts(string pattern)
    {
        var scanner = Assert.IsType<WordScanner>(Patterns.Splitter(pattern, "test"));
        var regex = new RegexSplitter(Patterns.Compile(pattern, "test"), "test");
        var random = new Random(20261124);
        const string Letters = "abstremvldSTREMVLDſK'\u2019''  \t\r\n\n\u0085\u00A0\u3000\u200B123½Ⅳ١.,!-_éあ你\u0301\u001C";
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => random.Next(12) == 0 ? (char)random.Next(0xD800) : Letters[random.Next(Letters.Length)]));
            var (expected, actual) = (new List<Segment>(), new List<Segment>());
            regex.Split(text, [new Segment(0, text.Length)], expected);
            scanner.Split(text, [new Segment(0, text.Length)], actual);
            Assert.True(expected.SequenceEqual(actual), $"{System.Text.Json.JsonSerializer.Serialize(text)}: {string.Join(' ', actual)} instead of {string.Join(' ', expected)}");
        }
    }

    [Theory]
    [InlineData("(?<=a)b", "a group that begins with")]
    [InlineData("\\h+", "the escape '\\h'")]
    [InlineData("\\p{Han}+\\p{Hiragana}", "a character property other than a general category")]
    [InlineData("\\p{L}{1,3}+", "a possessive quantifier")]
    [InlineData("[a&&b]", "an intersection of classes")]
    [InlineData("[a[b]]", "a class inside a class")]
    [InlineData("^a", "an anchor")]
    [InlineData("a*+", "a possessive quantifier")]
    [InlineData("[\U00020BB7]", "a character beyond U+FFFF")]
    public void Patterns_that_mean_something_else_in_dotnet_are_refused(string pattern, string expected)
    {
        var e = Assert.Throws<RoastException>(() => Patterns.Compile(pattern, "tokenizer.json"));
        Assert.Equal(RoastError.Unsupported, e.Kind);
        Assert.Contains(expected, e.Message);
    }

    [Theory]
    [InlineData(@"\++\p{L}{2}?(?i:sk|[a])s", @"\++\p{L}{2}?(?i:[sSſ][kK\u212A]|[a])s")]
    [InlineData(@"[^+*?{]+", @"[^+*?{]+")]
    public void Other_patterns_are_translated_letter_by_letter(string pattern, string expected) =>
        Assert.Equal(expected.Replace("\\u212A", "\u212A"), PatternTranslator.Translate(pattern, "test"));

    [Fact]
    public void A_pattern_past_the_longest_length_is_refused()
    {
        Patterns.Compile(new string('a', Patterns.MaxLength), "tokenizer.json");
        Assert.Throws<RoastException>(() => Patterns.Compile(new string('a', Patterns.MaxLength + 1), "tokenizer.json"));
    }

    [Fact]
    public void A_pattern_that_explodes_is_stopped()
    {
        var splitter = new RegexSplitter(Patterns.Compile("(?:\\p{L}+ ?)+\\d", "tokenizer.json"), "tokenizer.json");
        string text = new('a', 64);
        var e = Assert.Throws<RoastException>(() => splitter.Split(text, [new Segment(0, text.Length)], []));
        Assert.Equal(RoastError.Unsupported, e.Kind);
        Assert.Contains("takes too long", e.Message);
    }

    [Theory]
    [InlineData(true, "ab|1|2|c")]
    [InlineData(false, "ab|12|c")]
    public void Digits_are_set_apart_one_by_one_or_as_runs(bool individually, string expected)
    {
        var pieces = new List<Segment>();
        new DigitSplitter(individually).Split("ab12c", [new Segment(0, 5)], pieces);
        Assert.Equal(expected, string.Join('|', pieces.Select(piece => "ab12c"[piece.Start..piece.End])));
    }

    [Theory]
    [InlineData("e\u0301", "é")]
    [InlineData("\u1112\u1161\u11AB", "한")]
    [InlineData("a\u0323\u0307", "ạ\u0307")]
    [InlineData("a\u0307\u0323", "ạ\u0307")]                // the marks change places first
    [InlineData("\u0958", "\u0915\u093C")]                  // excluded from composition
    [InlineData("\u212B", "Å")]
    [InlineData("\U0001D15E", "\U0001D157\U0001D165")]
    [InlineData("plain", "plain")]
    public void Normal_form_c_needs_no_icu(string text, string expected)
    {
        Assert.Equal(expected, Nfc.Instance.Normalize(text) ?? text);
        Assert.Equal(expected, Nfc.Instance.Normalize(expected) ?? expected);
    }
}
