using System.Text.Encodings.Web;
using System.Text.Json;
using Roast.Formats;

namespace Roast.Text;

/// <summary>Writes tokenizer.json and tokenizer_config.json from the metadata of a GGUF file.</summary>
public static class GgufTokenizer
{
    // tokenizer.ggml.token_type: what a token is for.
    internal const long Normal = 1, Unknown = 2, Control = 3, UserDefined = 4, Byte = 6;       // 5: unused
    internal const string Prefix = "tokenizer.ggml.";

    internal static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The tokenizer and the chat template of a file; <c>null</c> where the file has no tokenizer (no <c>tokenizer.ggml.model</c>).</summary>
    /// <param name="metadata">Of the file's header.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <remarks>
    /// Control tokens become special added tokens, user-defined ones added tokens; unused ones (padding of the vocabulary) stand for
    /// no token and are left out. The normalizer is not in the file: qwen2 gets the NFC of the original. SentencePiece's scores become
    /// merges as transformers converts them (<see cref="GgufSentencePiece"/>).
    /// </remarks>
    /// <exception cref="RoastException">
    /// <see cref="RoastError.Unsupported"/>: neither byte-level BPE (<c>gpt2</c>) nor SentencePiece's BPE (<c>llama</c>), or a pre-tokenizer that is not known.
    /// <see cref="RoastError.BadFile"/>: keys are missing, or disagree.
    /// </exception>
    public static TokenizerFiles? Read(GgufMetadata metadata, string file)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        if (metadata.Text(Prefix + "model") is not { } model) return null;
        if (model is not ("gpt2" or "llama")) throw Throw.UnsupportedTokenizer(file, $"the tokenizer model '{model}'", "'gpt2' (byte-level BPE) or 'llama' (SentencePiece's BPE)");
        var steps = model == "gpt2" ? GgufPreTokenizer.Find(metadata.Text(Prefix + "pre"), file) : null;
        var tokens = metadata.Texts(Prefix + "tokens") ?? throw Missing(file, "tokens");
        var types = metadata.Integers(Prefix + "token_type");
        if (types is not null && types.Count != tokens.Count)
            throw Throw.BadFile(file, $"it has {tokens.Count} tokens and {types.Count} token types", "fetch the file again");
        for (int id = 0; types is not null && id < types.Count; id++)
            if (types[id] is < Normal or > Byte) throw Throw.BadFile(file, $"token {id} has the type {types[id]}, and 1 to 6 are known", "fetch the file again");
        Func<int, long> typeOf = id => types is null ? Normal : types[id];
        byte[] tokenizer = steps is null
            ? GgufSentencePiece.Write(metadata, tokens, metadata.Reals(Prefix + "scores") ?? throw Missing(file, "scores"), typeOf, file)
            : WriteTokenizer(steps, tokens, metadata.Texts(Prefix + "merges") ?? throw Missing(file, "merges"), typeOf);
        return new TokenizerFiles(tokenizer, WriteConfig(metadata, tokens, addsBegin: steps is null, file));
    }

    static byte[] WriteTokenizer(GgufPreTokenizer steps, IReadOnlyList<string> tokens, IReadOnlyList<string> merges, Func<int, long> typeOf)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Compact))
        {
            json.WriteStartObject();
            json.WriteString("version", "1.0");
            json.WriteNull("truncation");
            json.WriteNull("padding");
            WriteAdded(json, tokens, typeOf);
            steps.WriteNormalizer(json);
            steps.Write(json);
            json.WriteNull("post_processor");
            json.WriteStartObject("decoder");
            GgufPreTokenizer.WriteByteLevel(json, prefixSpace: true, useRegex: true);
            json.WriteEndObject();
            json.WriteStartObject("model");
            json.WriteString("type", "BPE");
            foreach (string none in (string[])["dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix"]) json.WriteNull(none);
            json.WriteBoolean("fuse_unk", false);
            json.WriteBoolean("byte_fallback", false);
            json.WriteBoolean("ignore_merges", steps.IgnoreMerges);
            json.WriteStartObject("vocab");
            for (int id = 0; id < tokens.Count; id++)
                if (typeOf(id) is Normal or Byte) json.WriteNumber(tokens[id], id);
            json.WriteEndObject();
            json.WriteStartArray("merges");
            foreach (string merge in merges) json.WriteStringValue(merge);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    internal static void WriteAdded(Utf8JsonWriter json, IReadOnlyList<string> tokens, Func<int, long> typeOf)
    {
        json.WriteStartArray("added_tokens");
        for (int id = 0; id < tokens.Count; id++)
        {
            long type = typeOf(id);
            if (type is not (Control or UserDefined or Unknown)) continue;
            json.WriteStartObject();
            json.WriteNumber("id", id);
            json.WriteString("content", tokens[id]);
            foreach (string flag in (string[])["single_word", "lstrip", "rstrip", "normalized"]) json.WriteBoolean(flag, false);
            json.WriteBoolean("special", type != UserDefined);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static byte[] WriteConfig(GgufMetadata metadata, IReadOnlyList<string> tokens, bool addsBegin, string file)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Compact with { Indented = true }))
        {
            json.WriteStartObject();
            // The class that reads tokenizer.json as it is; GPT2Tokenizer would rebuild the pre-tokenizer and lose the digits.
            json.WriteString("tokenizer_class", "PreTrainedTokenizerFast");
            json.WriteBoolean("add_prefix_space", false);
            json.WriteBoolean("add_bos_token", metadata.Flag(Prefix + "add_bos_token") ?? addsBegin);
            json.WriteBoolean("clean_up_tokenization_spaces", false);
            foreach (var (key, name) in new[] { ("bos", "bos_token"), ("eos", "eos_token"), ("padding", "pad_token"), ("unknown", "unk_token") })
                if (metadata.Integer($"{Prefix}{key}_token_id", 0, long.MaxValue) is { } id)
                    json.WriteString(name, id < tokens.Count ? tokens[(int)id] : throw Throw.BadFile(file, $"its {name} is token {id} of {tokens.Count}", "fetch the file again"));
            if (metadata.Text("tokenizer.chat_template") is { } template) json.WriteString("chat_template", template);
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    static RoastException Missing(string file, string key) => Throw.BadFile(file, $"its metadata lacks '{Prefix}{key}'", "fetch the file again");
}
