using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Roast.Formats;
using Roast.TestSupport;
using Roast.Text;
using Xunit;

namespace Roast.Tests.Unit.Text;

/// <summary>SentencePiece's BPE in GGUF files: a real vocabulary of 512 tokens (stories260K), a small one with goldens of transformers.js, and made ones.</summary>
public class GgufSentencePieceTests
{
    const int Normal = 1, Unknown = 2, Control = 3, UserDefined = 4, Byte = 6, FirstByte = 3;

    static MadeGguf Made(IReadOnlyCollection<string> tokens, float[] scores, int[] types) => new MadeGguf().Key("tokenizer.ggml.model", "llama").Key("tokenizer.ggml.pre", "default").Key("tokenizer.ggml.tokens", tokens)
        .Key("tokenizer.ggml.scores", scores).Key("tokenizer.ggml.token_type", types).Key("tokenizer.ggml.bos_token_id", 1u).Key("tokenizer.ggml.eos_token_id", 2u).Key("tokenizer.ggml.unknown_token_id", 0u);

    static TokenizerFiles Files(MadeGguf made) => GgufTokenizer.Read(GgufHeader.Read(new MemoryStream(made.ToBytes()), "made").Metadata, "made")!;

    static TextTokenizer Load(MadeGguf made) => TextTokenizer.Load(Files(made), "made");

    static readonly string[] Bytes = [.. Enumerable.Range(0, 256).Select(value => $"<0x{value:X2}>")];

    /// <summary>Unknown, begin, end, all bytes, then these.</summary>
    static (string[] Tokens, float[] Scores, int[] Types) Vocabulary(params (string Token, float Score, int Type)[] more) =>
        (["<unk>", "<s>", "</s>", .. Bytes, .. more.Select(x => x.Token)], [0, 0, 0, .. new float[256], .. more.Select(x => x.Score)], [Unknown, Control, Control, .. Enumerable.Repeat(Byte, 256), .. more.Select(x => x.Type)]);

    /// <summary>The vocabulary of stories260K in llama2.c's form: the longest token's length; then score, length and bytes of each token.</summary>
    static (string[] Tokens, float[] Scores, int[] Types) Stories()
    {
        ReadOnlySpan<byte> file = File.ReadAllBytes(SharedData.Require("models", "stories260K", "tok512.bin"));
        var (tokens, scores) = (new List<string>(), new List<float>());
        for (int at = 4; at < file.Length;)
        {
            scores.Add(BinaryPrimitives.ReadSingleLittleEndian(file[at..]));
            int length = BinaryPrimitives.ReadInt32LittleEndian(file[(at + 4)..]);
            tokens.Add(Encoding.UTF8.GetString(file.Slice(at + 8, length)).Replace(' ', '▁'));
            at += 8 + length;
        }
        (tokens[1], tokens[2]) = ("<s>", "</s>");             // llama2.c shows them with line ends around
        return ([.. tokens], [.. scores], [Unknown, Control, Control, .. Enumerable.Repeat(Byte, 256), .. Enumerable.Repeat(Normal, tokens.Count - 259)]);
    }

    /// <summary>What SentencePiece does, written down once more: of all neighbours the two whose joined token has the highest score, the left ones first.</summary>
    static List<int> Reference(string text, string[] tokens, float[] scores)
    {
        var ids = new List<int>();
        foreach (var rune in ("▁" + text.Replace(' ', '▁')).EnumerateRunes())
            if (Array.IndexOf(tokens, rune.ToString(), FirstByte + 256) is >= 0 and var id) ids.Add(id);
            else ids.AddRange(Encoding.UTF8.GetBytes(rune.ToString()).Select(value => FirstByte + value));
        while (true)
        {
            (float best, int at, int merged) = (float.NegativeInfinity, -1, -1);
            for (int i = 0; i + 1 < ids.Count; i++)
                if (ids[i] >= FirstByte + 256 && ids[i + 1] >= FirstByte + 256 && Array.IndexOf(tokens, tokens[ids[i]] + tokens[ids[i + 1]], FirstByte + 256) is >= 0 and var joined && scores[joined] > best) (best, at, merged) = (scores[joined], i, joined);
            if (at < 0) return ids;
            ids[at] = merged;
            ids.RemoveAt(at + 1);
        }
    }

    [Fact]
    public void The_vocabulary_of_stories260K_encodes_its_story_and_random_text_as_sentencepiece_does()
    {
        var (tokens, scores, types) = Stories();
        var tokenizer = Load(Made(tokens, scores, types));
        using var golden = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("models", "stories260K", "golden_greedy.json")));
        string story = golden.RootElement.GetProperty("expected").GetString()!;
        var random = new Random(20261124);
        string[] texts = ["Once upon a time", " two  spaces ", "é 你好 😀\n\t\u0001", story, .. Enumerable.Range(0, 300).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => story[random.Next(story.Length)] + (random.Next(3) == 0 ? " " : ""))))];
        foreach (string text in texts)
        {
            int[] ids = tokenizer.Encode(text);
            Assert.Equal(Reference(text, tokens, scores), ids);
            Assert.Equal(text, tokenizer.Decode(ids));
        }
        Assert.Equal([1, .. tokenizer.Encode("a")], tokenizer.Encode("a", addSpecial: true));
        Assert.Equal(("<s>", "</s>", 512), (tokenizer.BosToken, tokenizer.EosToken, tokenizer.VocabularySize));
    }

    [Fact]
    public void Scores_that_follow_a_files_merges_give_the_ids_of_that_file()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Goldens.Local("small", "llama2.json")));
        var model = file.RootElement.GetProperty("model");
        string[] tokens = new string[model.GetProperty("vocab").EnumerateObject().Max(x => x.Value.GetInt32()) + 1];
        foreach (var entry in model.GetProperty("vocab").EnumerateObject()) tokens[entry.Value.GetInt32()] = entry.Name;
        var rank = model.GetProperty("merges").EnumerateArray().Select((merge, i) => (Token: merge.ValueKind == JsonValueKind.String ? merge.GetString()!.Replace(" ", "") : merge[0].GetString() + merge[1].GetString(), i)).GroupBy(x => x.Token).ToDictionary(group => group.Key, group => group.Min(x => x.i));
        var tokenizer = Load(Made(tokens, [.. tokens.Select(token => rank.TryGetValue(token, out int i) ? -i : -1000f)], [Unknown, Control, Control, .. Enumerable.Repeat(Byte, 256), .. Enumerable.Repeat(Normal, tokens.Length - 259)]));
        int seen = 0;
        foreach (string line in File.ReadLines(Goldens.Local("small", "llama2.jsonl")))
        {
            using var row = JsonDocument.Parse(line);
            string text = row.RootElement.GetProperty("text").GetString()!;
            if (text.Contains("<unk>") || text.Contains("<s>")) continue;       // the golden parses them; and its file normalizes around them in its own way
            int[] Ids(string name) => [.. row.RootElement.GetProperty(name).EnumerateArray().Select(x => x.GetInt32())];
            Assert.Equal(Ids("ids"), tokenizer.Encode(text));
            Assert.Equal(Ids("ids_framed"), tokenizer.Encode(text, addSpecial: true));
            Assert.Equal(row.RootElement.GetProperty("decoded").GetString(), tokenizer.Decode(tokenizer.Encode(text)));
            seen++;
        }
        Assert.True(seen > 25, $"{seen} rows");
    }

    [Fact]
    public void Types_and_flags_say_what_a_token_is_and_what_is_added()
    {
        var (tokens, scores, types) = Vocabulary(("▁", -1, Normal), ("a", -2, Normal), ("aa", -3, Normal), ("▁a", -4, Normal), ("<tool>", 0, UserDefined), ("<pad>", 0, 5), ("<|end|>", 0, Control));
        var made = Made(tokens, scores, types).Key("tokenizer.ggml.add_space_prefix", false).Key("tokenizer.ggml.add_eos_token", true).Key("tokenizer.ggml.add_bos_token", false);
        var tokenizer = Load(made);
        Assert.Equal([261], tokenizer.Encode("aa"));                              // no space in front
        Assert.Equal([261, 2], tokenizer.Encode("aa", addSpecial: true));
        Assert.Equal([263, 265], tokenizer.Encode("<tool><|end|>", ControlTokens.Parse));
        Assert.Equal((true, false), (tokenizer.IsSpecial(265), tokenizer.IsSpecial(263)));
        Assert.Null(tokenizer.TokenId("<pad>"));
        Assert.Equal([259, 261, FirstByte + 'b'], Load(Made(tokens, scores, types)).Encode("aab"));      // aa has the higher score, so ▁a never comes to be; b is a byte
    }

    [Fact]
    public void What_disagrees_or_is_not_known_is_refused()
    {
        var (tokens, scores, types) = Vocabulary(("a", -1, Normal), ("b", -2, Normal));
        RoastError Kind(MadeGguf made) => Assert.Throws<RoastException>(() => Load(made)).Kind;
        Assert.Equal(RoastError.BadFile, Kind(Made(tokens, scores[1..], types)));
        Assert.Equal(RoastError.BadFile, Kind(Made(tokens, [float.NaN, .. scores[1..]], types)));
        Assert.Equal(RoastError.BadFile, Kind(Made([.. tokens[..^1], "a"], scores, types)));
        Assert.Equal(RoastError.BadFile, Kind(new MadeGguf().Key("tokenizer.ggml.model", "llama").Key("tokenizer.ggml.tokens", tokens)));
        Assert.Equal(RoastError.Unsupported, Kind(Made(tokens, scores, types).Key("tokenizer.ggml.remove_extra_whitespaces", true)));
        Assert.Equal(RoastError.Unsupported, Kind(Made(tokens, scores, types).Key("tokenizer.ggml.precompiled_charsmap", [1])));
        string longest = new('a', GgufSentencePiece.MaxToken);
        Assert.NotEmpty(Load(Made([.. tokens[..^1], longest], scores, types)).Encode("a"));
        Assert.Equal(RoastError.Unsupported, Kind(Made([.. tokens[..^1], longest + "a"], scores, types)));
    }
}
