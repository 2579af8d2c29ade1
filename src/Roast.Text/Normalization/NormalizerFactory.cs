using System.Text.Json;

namespace Roast.Text;

/// <summary>The <c>normalizer</c> of a tokenizer.json as code. A further type is a further arm here.</summary>
internal static class NormalizerFactory
{
    const string Known = "NFC, NFD, Lowercase, Replace, Prepend, Strip and sequences of them";

    /// <summary>The normalizer, or <c>null</c> where the file has none.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: a type that is not known.</exception>
    internal static ITextNormalizer? Create(JsonElement normalizer, string file)
    {
        if (normalizer.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) return null;
        return Json.Type(normalizer) switch
        {
            "NFC" => Nfc.Instance,
            "NFD" => new Nfc(composes: false),
            "Lowercase" => new Lowercase(),
            "Prepend" => new PrependText(Json.Text(normalizer, "prepend") ?? "", always: true, twice: true),
            "Strip" => new StripSpace(Json.IsTrue(normalizer, "strip_left"), Json.IsTrue(normalizer, "strip_right")),
            "Replace" => Replace(normalizer, file),
            "Sequence" => new NormalizerSequence([.. Json.Get(normalizer, "normalizers").EnumerateArray().Select(step => Create(step, file)).OfType<ITextNormalizer>()]),
            var other => throw Throw.UnsupportedTokenizer(file, $"the normalizer '{other}'", Known),
        };
    }

    static ITextNormalizer Replace(JsonElement normalizer, string file)
    {
        var pattern = Json.Get(normalizer, "pattern");
        string content = Json.Text(normalizer, "content") ?? "";
        if (Json.Text(pattern, "String") is { Length: > 0 } text) return new ReplaceText(text, content);
        return Json.Text(pattern, "Regex") is { } regex ? new ReplacePattern(Patterns.Compile(regex, file), content, file)
            : throw Throw.UnsupportedTokenizer(file, "the normalizer 'Replace' without a text or a pattern", Known);
    }
}
