using System.Text.Json;
using Microsoft.ML.Tokenizers;

namespace Roast.Text;

/// <summary>What a tokenizer.json says, checked: the seam between Hugging Face's file and Microsoft.ML.Tokenizers, which does not read it.</summary>
/// <remarks>
/// <c>post_processor</c>, <c>truncation</c> and <c>padding</c> are not read: they act only where a caller asks for special
/// tokens or a length, and here prompts get theirs from the chat template.
/// </remarks>
internal sealed record TokenizerFile(BpeTokenizer Bpe, IReadOnlyDictionary<string, int> Vocabulary, IReadOnlyList<AddedToken> Added, ITextNormalizer? Normalizer)
{
    /// <summary>Largest tokenizer.json that is read; the largest known (262,144 tokens) has 33 MB.</summary>
    internal const int MaxBytes = 128 * 1024 * 1024;

    /// <summary>Ids from here on are refused; no model has as many.</summary>
    internal const int MaxId = 4 * 1024 * 1024;

    /// <summary>Most added tokens; the largest known tokenizer has 6,242.</summary>
    internal const int MaxAddedTokens = 65_536;

    internal static TokenizerFile Read(string path, byte[] bytes) => Json.Parse(path, bytes, root => Read(path, root));

    static TokenizerFile Read(string path, JsonElement root)
    {
        var model = Json.Get(root, "model");
        RefuseWhatIsNotByteLevelBpe(path, root, model);
        var vocabulary = ReadVocabulary(path, Json.Get(model, "vocab"));
        if (Json.Text(model, "unk_token") is { } unknown && MissesBytes(vocabulary))
            throw Throw.UnsupportedTokenizer(path, $"the unknown token '{unknown}' for bytes that the vocabulary lacks", "byte-level vocabularies without an unknown token");
        var normalizer = NormalizerFactory.Create(Json.Get(root, "normalizer"), path);
        var options = new BpeOptions(vocabulary)
        {
            ByteLevel = true,
            Merges = ReadMerges(path, Json.Get(model, "merges"), vocabulary),
            PreTokenizer = SplitterFactory.Create(Json.Get(root, "pre_tokenizer"), path),
        };
        return new TokenizerFile(BpeTokenizer.Create(options), vocabulary, ReadAdded(path, Json.Get(root, "added_tokens"), normalizer), normalizer);
    }

    static void RefuseWhatIsNotByteLevelBpe(string path, JsonElement root, JsonElement model)
    {
        string type = Json.Text(model, "type") ?? (Json.Get(model, "merges").ValueKind == JsonValueKind.Array ? "BPE" : "of no type");
        if (type != "BPE") throw Throw.UnsupportedTokenizer(path, $"the model '{type}'", "BPE");
        foreach (string flag in (string[])["byte_fallback", "ignore_merges"])
            if (Json.IsTrue(model, flag)) throw Throw.UnsupportedTokenizer(path, $"BPE with {flag}", "BPE without it");
        foreach (string affix in (string[])["continuing_subword_prefix", "end_of_word_suffix"])
            if (Json.Text(model, affix) is { Length: > 0 } text) throw Throw.UnsupportedTokenizer(path, $"BPE with {affix} '{text}'", "BPE without it");
        if (Json.Get(model, "dropout") is { ValueKind: JsonValueKind.Number } dropout && dropout.GetDouble() != 0)
            throw Throw.UnsupportedTokenizer(path, $"BPE with dropout {dropout.GetRawText()}", "BPE without it");
        if (Json.Type(Json.Get(root, "decoder")) is not "ByteLevel" and var decoder)
            throw Throw.UnsupportedTokenizer(path, $"the decoder '{decoder}'", "ByteLevel");
    }

    static Dictionary<string, int> ReadVocabulary(string path, JsonElement vocab)
    {
        if (vocab.ValueKind != JsonValueKind.Object) throw Throw.BadFile(path, "model.vocab is not an object of tokens and ids", "fetch the file again");
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        var used = new HashSet<int>();
        foreach (var entry in vocab.EnumerateObject())
        {
            int id = ReadId(path, entry.Value, entry.Name);
            if (!vocabulary.TryAdd(entry.Name, id)) throw Throw.BadFile(path, $"model.vocab names the token '{entry.Name}' twice", "fetch the file again");
            if (!used.Add(id)) throw Throw.BadFile(path, $"model.vocab gives id {id} to '{entry.Name}' and to another token", "fetch the file again");
        }
        return vocabulary;
    }

    static int ReadId(string path, JsonElement value, string token) => value.TryGetInt32(out int id) && id is >= 0 and < MaxId
        ? id
        : throw Throw.BadFile(path, $"the token '{token}' has the id {value.GetRawText()}, and ids go from 0 to {MaxId - 1}", "fetch the file again");

    static List<string> ReadMerges(string path, JsonElement merges, Dictionary<string, int> vocabulary)
    {
        var read = new List<string>();
        foreach (var merge in merges.EnumerateArray())
        {
            string text = merge.ValueKind == JsonValueKind.Array
                ? string.Join(' ', merge.EnumerateArray().Select(part => part.GetString()))
                : merge.GetString() ?? "";
            string[] parts = text.Split(' ');
            if (parts.Length != 2) throw Throw.BadFile(path, $"merge {read.Count} is '{text}', and two tokens were expected", "fetch the file again");
            foreach (string token in (string[])[.. parts, parts[0] + parts[1]])
                if (!vocabulary.ContainsKey(token)) throw Throw.BadFile(path, $"merge {read.Count} ('{text}') needs the token '{token}', which the vocabulary lacks", "fetch the file again");
            read.Add(text);
        }
        return read;
    }

    static List<AddedToken> ReadAdded(string path, JsonElement tokens, ITextNormalizer? normalizer)
    {
        var added = new List<AddedToken>();
        if (tokens.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) return added;
        foreach (var token in tokens.EnumerateArray())
        {
            if (Json.Text(token, "content") is not { Length: > 0 } content) throw Throw.BadFile(path, $"added token {added.Count} has no content", "fetch the file again");
            foreach (string flag in (string[])["lstrip", "rstrip", "single_word"])
                if (Json.IsTrue(token, flag)) throw Throw.UnsupportedTokenizer(path, $"the added token '{content}' with {flag}", "added tokens without it");
            if (Json.IsTrue(token, "normalized") && normalizer is not null)
                throw Throw.UnsupportedTokenizer(path, $"the added token '{content}', which is searched in normalised text", "added tokens with normalized: false");
            added.Add(new AddedToken(ReadId(path, Json.Get(token, "id"), content), content, Json.IsTrue(token, "special")));
            if (added.Count > MaxAddedTokens) throw Throw.BadFile(path, $"it has more than {MaxAddedTokens:N0} added tokens", "fetch the file again");
        }
        return added;
    }

    static bool MissesBytes(Dictionary<string, int> vocabulary) =>
        Enumerable.Range(0, 256).Any(value => !vocabulary.ContainsKey(ByteLetters.Of((byte)value).ToString()));
}
