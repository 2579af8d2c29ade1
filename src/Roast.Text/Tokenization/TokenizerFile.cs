using System.Text.Json;

namespace Roast.Text;

/// <summary>What a tokenizer.json says, checked, as the parts that encode and decode.</summary>
/// <remarks><c>truncation</c> and <c>padding</c> are not read: they act where a caller asks for a length.</remarks>
/// <param name="Model">Pieces to ids.</param>
/// <param name="Added">Tokens that are cut out of the text first.</param>
/// <param name="Normalizer">What is done to the text between them; <c>null</c>: nothing.</param>
/// <param name="Splitting">How it is cut into pieces.</param>
/// <param name="Decoder">Tokens to bytes.</param>
/// <param name="Frame">Special tokens around a text, on request.</param>
internal sealed record TokenizerFile(BpeModel Model, IReadOnlyList<AddedToken> Added, ITextNormalizer? Normalizer, PreTokenizerParts Splitting, TokenDecoder Decoder, SpecialFrame Frame)
{
    /// <summary>Largest tokenizer.json that is read; the largest known (262,144 tokens) has 33 MB.</summary>
    internal const int MaxBytes = 128 * 1024 * 1024;

    /// <summary>Ids from here on are refused; no model has as many.</summary>
    internal const int MaxId = 4 * 1024 * 1024;

    /// <summary>The file's name in a model folder.</summary>
    internal const string FileName = "tokenizer.json";

    internal static TokenizerFile Read(string path, byte[] bytes) => Json.Parse(path, bytes, root => Read(path, root));

    static TokenizerFile Read(string path, JsonElement root)
    {
        var model = Json.Get(root, "model");
        RefuseWhatIsNoPlainBpe(path, model);
        var vocabulary = ReadVocabulary(path, Json.Get(model, "vocab"));
        var decoder = TokenDecoder.Read(Json.Get(root, "decoder"), path);
        var splitting = PreTokenizerParts.Read(Json.Get(root, "pre_tokenizer"), path);
        if (splitting.IsByteLevel != decoder.IsByteLevel) throw Throw.UnsupportedTokenizer(path, "ByteLevel in one of pre_tokenizer and decoder only", "it in both");
        var normalizer = NormalizerFactory.Create(Json.Get(root, "normalizer"), path);
        var added = AddedTokenReader.Read(path, Json.Get(root, "added_tokens"), normalizer is not null);
        string? unknown = Json.Text(model, "unk_token");
        var settings = new BpeSettings(splitting.IsByteLevel, Json.IsTrue(model, "byte_fallback"), Json.IsTrue(model, "fuse_unk"), Json.IsTrue(model, "ignore_merges"),
            unknown is null ? null : IdOf(unknown) ?? throw Throw.BadFile(path, $"the unknown token '{unknown}' is no token", "fetch the file again"));
        var merges = new MergeReader(path, vocabulary).Read(Json.Get(model, "merges"));
        return new TokenizerFile(new BpeModel(vocabulary, merges, settings), added, normalizer, splitting, decoder, SpecialFrame.Read(Json.Get(root, "post_processor"), path, IdOf));

        int? IdOf(string token) => vocabulary.TryGetValue(token, out int id) ? id : added.Find(x => x.Content == token)?.Id;
    }

    static void RefuseWhatIsNoPlainBpe(string path, JsonElement model)
    {
        string type = Json.Text(model, "type") ?? (Json.Get(model, "merges").ValueKind == JsonValueKind.Array ? "BPE" : "of no type");
        if (type != "BPE") throw Throw.UnsupportedTokenizer(path, $"the model '{type}'", "BPE");
        foreach (string affix in (string[])["continuing_subword_prefix", "end_of_word_suffix"])
            if (Json.Text(model, affix) is { Length: > 0 } text) throw Throw.UnsupportedTokenizer(path, $"BPE with {affix} '{text}'", "BPE without it");
        if (Json.Get(model, "dropout") is { ValueKind: JsonValueKind.Number } dropout && dropout.GetDouble() != 0)
            throw Throw.UnsupportedTokenizer(path, $"BPE with dropout {dropout.GetRawText()}", "BPE without it");
    }

    internal static Dictionary<string, int> ReadVocabulary(string path, JsonElement vocab)
    {
        if (vocab.ValueKind != JsonValueKind.Object) throw Throw.BadFile(path, "model.vocab is not an object of tokens and ids", "fetch the file again");
        var vocabulary = new Dictionary<string, int>(vocab.GetPropertyCount(), StringComparer.Ordinal);
        var used = new HashSet<int>(vocab.GetPropertyCount());
        foreach (var entry in vocab.EnumerateObject())
        {
            int id = ReadId(path, entry.Value, entry.Name);
            if (!vocabulary.TryAdd(entry.Name, id)) throw Throw.BadFile(path, $"model.vocab names the token '{entry.Name}' twice", "fetch the file again");
            if (!used.Add(id)) throw Throw.BadFile(path, $"model.vocab gives id {id} to '{entry.Name}' and to another token", "fetch the file again");
        }
        return vocabulary;
    }

    internal static int ReadId(string path, JsonElement value, string token) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int id) && id is >= 0 and < MaxId
        ? id
        : throw Throw.BadFile(path, $"the token '{token}' has the id {(value.ValueKind == JsonValueKind.Undefined ? "nothing" : value.GetRawText())}, and ids go from 0 to {MaxId - 1}", "fetch the file again");
}
