using System.Text;
using System.Text.Json;
using Roast.Formats;

namespace Roast.Text;

/// <summary>
/// Writes SentencePiece's BPE of a GGUF file (<c>tokenizer.ggml.model</c> is <c>llama</c>: tokens with scores, bytes as tokens) as tokenizer.json.
/// SentencePiece merges the two neighbours whose joined token has the highest score; tokenizer.json ranks pairs. As in transformers' conversion
/// each way to part a token into two others is a merge, by the token's score, then by the length of the left part, longer first. The two agree but where two ways to part the
/// same token overlap: there SentencePiece takes the left one.
/// </summary>
internal static class GgufSentencePiece
{
    /// <summary>Longest token in characters that others merge into; the longest of Llama has 16.</summary>
    internal const int MaxToken = 128;

    const string Space = "\u2581";

    internal static byte[] Write(GgufMetadata metadata, IReadOnlyList<string> tokens, IReadOnlyList<double> scores, Func<int, long> typeOf, string file)
    {
        if (scores.Count != tokens.Count) throw Throw.BadFile(file, $"it has {tokens.Count} tokens and {scores.Count} scores", "fetch the file again");
        if (metadata.Flag(GgufTokenizer.Prefix + "remove_extra_whitespaces") == true) throw Throw.UnsupportedTokenizer(file, "SentencePiece that removes spaces", "one that keeps them");
        if (metadata.Values.TryGetValue(GgufTokenizer.Prefix + "precompiled_charsmap", out object? map) && map is not Array { Length: 0 }) throw Throw.UnsupportedTokenizer(file, "SentencePiece with a table of characters (precompiled_charsmap)", "one without");
        bool prefix = metadata.Flag(GgufTokenizer.Prefix + "add_space_prefix") ?? true;
        var vocabulary = new Dictionary<string, int>(tokens.Count, StringComparer.Ordinal);
        for (int id = 0; id < tokens.Count; id++)
            if (typeOf(id) is GgufTokenizer.Normal or GgufTokenizer.Byte && !vocabulary.TryAdd(tokens[id], id)) throw Throw.BadFile(file, $"token {id} is token {vocabulary[tokens[id]]} again", "fetch the file again");
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, GgufTokenizer.Compact))
        {
            json.WriteStartObject();
            json.WriteString("version", "1.0");
            json.WriteNull("truncation");
            json.WriteNull("padding");
            GgufTokenizer.WriteAdded(json, tokens, typeOf);
            WriteNormalizer(json, prefix);
            json.WriteNull("pre_tokenizer");
            WriteFrame(json, metadata, tokens, file);
            WriteDecoder(json, prefix);
            json.WriteStartObject("model");
            json.WriteString("type", "BPE");
            json.WriteNull("dropout");
            int unknown = Enumerable.Range(0, tokens.Count).FirstOrDefault(id => typeOf(id) == GgufTokenizer.Unknown, -1);
            if (unknown < 0) json.WriteNull("unk_token");
            else json.WriteString("unk_token", tokens[unknown]);
            json.WriteNull("continuing_subword_prefix");
            json.WriteNull("end_of_word_suffix");
            json.WriteBoolean("fuse_unk", true);
            json.WriteBoolean("byte_fallback", true);
            json.WriteBoolean("ignore_merges", false);
            json.WriteStartObject("vocab");
            foreach (var (token, id) in vocabulary) json.WriteNumber(token, id);
            json.WriteEndObject();
            json.WriteStartArray("merges");
            foreach (var (left, right) in Merges(tokens, scores, vocabulary, typeOf, file))
            {
                json.WriteStartArray();                     // as a pair: a token may have a space in it
                json.WriteStringValue(left);
                json.WriteStringValue(right);
                json.WriteEndArray();
            }
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    static IEnumerable<(string Left, string Right)> Merges(IReadOnlyList<string> tokens, IReadOnlyList<double> scores, Dictionary<string, int> vocabulary, Func<int, long> typeOf, string file)
    {
        var known = vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        var merges = new List<(int Token, int Cut, int Left, int Right)>();
        for (int id = 0; id < tokens.Count; id++)
        {
            string token = tokens[id];
            if (typeOf(id) != GgufTokenizer.Normal || token.Length < 2) continue;
            if (token.Length > MaxToken) throw Throw.UnsupportedTokenizer(file, $"SentencePiece with a token of {token.Length} characters", $"at most {MaxToken}");
            for (int cut = 1; cut < token.Length; cut++)
                if (!char.IsLowSurrogate(token[cut]) && IsNormal(token.AsSpan(0, cut)) && IsNormal(token.AsSpan(cut))) merges.Add((id, cut, Characters(token.AsSpan(0, cut)), Characters(token.AsSpan(cut))));
            if (merges.Count > MergeReader.MaxMerges) throw Throw.BadFile(file, $"its tokens make more than {MergeReader.MaxMerges:N0} merges", "fetch the file again");
        }
        return merges.OrderByDescending(merge => scores[merge.Token]).ThenByDescending(merge => merge.Left).ThenByDescending(merge => merge.Right)
            .Select(merge => (tokens[merge.Token][..merge.Cut], tokens[merge.Token][merge.Cut..]));

        bool IsNormal(ReadOnlySpan<char> part) => known.TryGetValue(part, out int id) && typeOf(id) == GgufTokenizer.Normal;

        static int Characters(ReadOnlySpan<char> text)
        {
            int count = 0;
            foreach (var _ in text.EnumerateRunes()) count++;
            return count;
        }
    }

    static void WriteNormalizer(Utf8JsonWriter json, bool prefix)
    {
        json.WriteStartObject("normalizer");
        json.WriteString("type", "Sequence");
        json.WriteStartArray("normalizers");
        if (prefix) Step(json, "Prepend", ("prepend", Space));
        WriteReplace(json, " ", Space);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteDecoder(Utf8JsonWriter json, bool prefix)
    {
        json.WriteStartObject("decoder");
        json.WriteString("type", "Sequence");
        json.WriteStartArray("decoders");
        WriteReplace(json, Space, " ");
        Step(json, "ByteFallback");
        Step(json, "Fuse");
        if (prefix)
        {
            json.WriteStartObject();
            json.WriteString("type", "Strip");
            json.WriteString("content", " ");
            json.WriteNumber("start", 1);
            json.WriteNumber("stop", 0);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The begin token in front and the end token behind, where the file asks for them; the begin token where it says nothing, as llama.cpp has it.</summary>
    static void WriteFrame(Utf8JsonWriter json, GgufMetadata metadata, IReadOnlyList<string> tokens, string file)
    {
        (int? begin, int? end) = (Id("bos", metadata.Flag(GgufTokenizer.Prefix + "add_bos_token") ?? true), Id("eos", metadata.Flag(GgufTokenizer.Prefix + "add_eos_token") ?? false));
        if (begin is null && end is null) { json.WriteNull("post_processor"); return; }
        json.WriteStartObject("post_processor");
        json.WriteString("type", "TemplateProcessing");
        foreach (var (list, sequence) in new[] { ("single", "A"), ("pair", "B") })
        {
            json.WriteStartArray(list);
            if (list == "pair") Part(json, "Sequence", "A");
            else if (begin is { } first) Part(json, "SpecialToken", tokens[first]);
            Part(json, "Sequence", sequence);
            if (list == "single" && end is { } last) Part(json, "SpecialToken", tokens[last]);
            json.WriteEndArray();
        }
        json.WriteStartObject("special_tokens");
        foreach (int id in new[] { begin, end }.OfType<int>().Distinct())
        {
            json.WriteStartObject(tokens[id]);
            json.WriteString("id", tokens[id]);
            json.WriteStartArray("ids");
            json.WriteNumberValue(id);
            json.WriteEndArray();
            json.WriteStartArray("tokens");
            json.WriteStringValue(tokens[id]);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();

        int? Id(string name, bool isAdded) => !isAdded || metadata.Integer($"{GgufTokenizer.Prefix}{name}_token_id", 0, long.MaxValue) is not { } id ? null
            : id < tokens.Count ? (int)id : throw Throw.BadFile(file, $"its {name} token is token {id} of {tokens.Count}", "fetch the file again");
    }

    static void Part(Utf8JsonWriter json, string kind, string id)
    {
        json.WriteStartObject();
        json.WriteStartObject(kind);
        json.WriteString("id", id);
        json.WriteNumber("type_id", id == "B" && kind == "Sequence" ? 1 : 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void WriteReplace(Utf8JsonWriter json, string from, string to)
    {
        json.WriteStartObject();
        json.WriteString("type", "Replace");
        json.WriteStartObject("pattern");
        json.WriteString("String", from);
        json.WriteEndObject();
        json.WriteString("content", to);
        json.WriteEndObject();
    }

    static void Step(Utf8JsonWriter json, string type, params ReadOnlySpan<(string Name, string Value)> settings)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        foreach (var (name, value) in settings) json.WriteString(name, value);
        json.WriteEndObject();
    }
}
