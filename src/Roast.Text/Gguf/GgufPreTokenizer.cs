using System.Text.Json;

namespace Roast.Text;

/// <summary>
/// What <c>tokenizer.ggml.pre</c> stands for: the name of a pre-tokenizer, whose steps, and the normalizer before them, are those of
/// the original model's tokenizer.json. (The file itself does not say them.)
/// </summary>
internal sealed record GgufPreTokenizer(string Pattern, bool DigitsFirst = false, bool Nfc = false, bool IgnoreMerges = false)
{
    static readonly Dictionary<string, GgufPreTokenizer> Known = new(StringComparer.Ordinal)
    {
        ["gpt-2"] = new(Patterns.Gpt2),
        ["smollm"] = new(Patterns.Gpt2, DigitsFirst: true),
        ["llama-bpe"] = new(Patterns.Llama3, IgnoreMerges: true),
        ["llama3"] = new(Patterns.Llama3, IgnoreMerges: true),
        ["llama-v3"] = new(Patterns.Llama3, IgnoreMerges: true),
        ["qwen2"] = new(Patterns.Qwen, Nfc: true),
    };

    /// <exception cref="RoastException">Unsupported: a name that is not known.</exception>
    internal static GgufPreTokenizer Find(string? name, string file) => name is not null && Known.TryGetValue(name, out var found) ? found
        : throw Throw.UnsupportedTokenizer(file, name is null ? "no named pre-tokenizer ('tokenizer.ggml.pre' is missing)" : $"the pre-tokenizer '{name}'", string.Join(", ", Known.Keys));

    internal void WriteNormalizer(Utf8JsonWriter json)
    {
        if (!Nfc) { json.WriteNull("normalizer"); return; }
        json.WriteStartObject("normalizer");
        json.WriteString("type", "NFC");
        json.WriteEndObject();
    }

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("pre_tokenizer");
        json.WriteString("type", "Sequence");
        json.WriteStartArray("pretokenizers");
        if (DigitsFirst)
        {
            json.WriteStartObject();
            json.WriteString("type", "Digits");
            json.WriteBoolean("individual_digits", true);
            json.WriteEndObject();
        }
        bool own = Pattern == Patterns.Gpt2;                  // ByteLevel brings this pattern along
        if (!own)
        {
            json.WriteStartObject();
            json.WriteString("type", "Split");
            json.WriteStartObject("pattern");
            json.WriteString("Regex", Pattern);
            json.WriteEndObject();
            json.WriteString("behavior", "Isolated");
            json.WriteBoolean("invert", false);
            json.WriteEndObject();
        }
        json.WriteStartObject();
        WriteByteLevel(json, prefixSpace: false, useRegex: own);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    internal static void WriteByteLevel(Utf8JsonWriter json, bool prefixSpace, bool useRegex)
    {
        json.WriteString("type", "ByteLevel");
        json.WriteBoolean("add_prefix_space", prefixSpace);
        json.WriteBoolean("trim_offsets", true);
        json.WriteBoolean("use_regex", useRegex);
    }
}
