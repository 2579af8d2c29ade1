using System.Text.Json;

namespace Roast.Text;

/// <summary>The <c>normalizer</c> of a tokenizer.json as code. A further type is a further arm here.</summary>
internal static class NormalizerFactory
{
    /// <summary>The normalizer, or <c>null</c> where the file has none.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: a type other than NFC.</exception>
    internal static ITextNormalizer? Create(JsonElement normalizer, string file)
    {
        if (normalizer.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) return null;
        return Json.Type(normalizer) switch
        {
            "NFC" => Nfc.Instance,
            var other => throw Throw.UnsupportedTokenizer(file, $"the normalizer '{other}'", "none or NFC"),
        };
    }
}
