using System.Text;
using Roast.Text;
using Xunit;

namespace Roast.Tests.Unit.Text;

/// <summary>Random Unicode in, the same out. ROAST_FUZZ_STRINGS sets how many strings; 1000000 takes some minutes.</summary>
public class RoundTripTests
{
    const string Variable = "ROAST_FUZZ_STRINGS";
    const int Few = 4000, Seed = 20261124;

    static int Count => int.TryParse(Environment.GetEnvironmentVariable(Variable), out int count) ? count : Few;

    [Theory]
    [InlineData("gpt2", "shared")]
    [InlineData("qwen2.5", "shared")]                       // normalizes to form C
    [InlineData("gemma", "small")]
    [InlineData("llama3", "small")]
    public void Random_text_comes_back_from_its_ids_whole_and_in_pieces(string name, string place)
    {
        var tokenizer = place == "shared" ? Goldens.SharedTokenizer(name) : TextTokenizer.Load(new TokenizerFiles(File.ReadAllBytes(Goldens.Local("small", $"{name}.json")), "{}"u8.ToArray()), name);
        var random = new Random(Seed);
        int strings = Math.Max(1, Count / 4);
        for (int i = 0; i < strings; i++)
        {
            string text = RandomText(random);
            int[] ids = tokenizer.Encode(text);
            string decoded = tokenizer.Decode(ids, skipSpecial: false);
            string expected = name == "qwen2.5" ? Nfc.Instance.Normalize(text) ?? text : name == "gemma" ? text.Replace('▁', ' ') : text;
            Assert.True(decoded == expected, $"{name}, seed {Seed}, string {i}: {Escaped(text)} became {Escaped(decoded)}");
            var stream = tokenizer.CreateStream(skipSpecial: false);
            var streamed = new StringBuilder();
            foreach (int id in ids) streamed.Append(stream.Append(id));
            Assert.True(streamed.Append(stream.Flush()).ToString() == expected, $"{name}, seed {Seed}, string {i}: {Escaped(text)} streams as {Escaped(streamed.ToString())}");
        }
    }

    [Fact]
    public void Every_way_to_merge_gives_the_same_ids()
    {
        var random = new Random(Seed);
        (int, int, int)[] pairs = [.. Enumerable.Range(0, 400).Select(i => (random.Next(40), random.Next(40), random.Next(40)))];
        var table = new MergeTable(pairs);
        for (int i = 0; i < 2000; i++)
        {
            int[] ids = [.. Enumerable.Range(0, random.Next(Merging.ShortPiece + 1)).Select(_ => random.Next(40))], others = [.. ids];
            Assert.Equal(ids[..Merging.MergeShort(ids, table)], others[..Merging.MergeLong(others, table)]);
        }
    }

    [Fact]
    public void A_megabyte_without_a_space_and_bytes_that_are_no_text_are_encoded_in_bounded_time()
    {
        var tokenizer = Goldens.SharedTokenizer("qwen2.5");
        string letters = string.Concat(Enumerable.Repeat("abcdefghijklmnop", 1 << 16));
        Assert.Equal(letters, tokenizer.Decode(tokenizer.Encode(letters)));
        string spaces = new(' ', 1 << 20);
        Assert.Equal(spaces, tokenizer.Decode(tokenizer.Encode(spaces)));
        string halves = new('\uDC00', 1 << 16);
        Assert.Equal(new string('\uFFFD', 1 << 16), tokenizer.Decode(tokenizer.Encode(halves)));
    }

    /// <summary>Runs of one kind of character, so that words, marks and spaces meet as they do in real text, and ends of ranges.</summary>
    static string RandomText(Random random)
    {
        var text = new StringBuilder();
        for (int runs = random.Next(1, 8); runs > 0; runs--)
        {
            (int low, int high) = Ranges[random.Next(Ranges.Length)];
            for (int length = random.Next(1, 9); length > 0; length--)
                if (Rune.TryCreate(random.Next(low, high + 1), out var rune)) text.Append(rune);
        }
        return text.ToString();
    }

    static readonly (int, int)[] Ranges =
    [
        ('a', 'z'), ('A', 'z'), ('0', '9'), (' ', ' '), ('\t', '\r'), (' ', '~'), (0, 0x1F), (0x7F, 0x17F), (0x300, 0x36F), (0x370, 0x5FF), (0x600, 0xDFF),
        (0x1100, 0x11FF), (0x2000, 0x206F), (0x3000, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xE000, 0xFFFF), (0x10000, 0x1FFFF), (0x1F300, 0x1FAFF), (0x20000, 0x10FFFF), ('\'', '\''), (0x85, 0xA0),
    ];

    static string Escaped(string text) => string.Concat(text.EnumerateRunes().Select(rune => $"\\u{{{rune.Value:X}}}"));
}
