using System.Globalization;
using System.Text;
using System.Text.Json;
using Roast.Formats;

namespace Roast.Text;

/// <summary>The <c>decoder</c> of a tokenizer.json: how a token becomes bytes, and what is taken off the front of a text.</summary>
/// <param name="IsByteLevel">Tokens are written in byte letters.</param>
/// <param name="Replacements">Texts inside tokens that stand for others: <c>▁</c> for a space.</param>
/// <param name="HasByteTokens">A token such as <c>&lt;0x0A&gt;</c> is a byte.</param>
/// <param name="StripsSpaces">Spaces that are taken off the front of a whole text, at most.</param>
internal sealed record TokenDecoder(bool IsByteLevel, IReadOnlyList<(string Old, string New)> Replacements, bool HasByteTokens, int StripsSpaces)
{
    const string Known = "ByteLevel, Metaspace, and sequences of Replace, ByteFallback, Fuse and Strip of spaces in front";

    /// <summary>Reads the element.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: another type or setting.</exception>
    internal static TokenDecoder Read(JsonElement decoder, string file)
    {
        var result = new TokenDecoder(false, [], false, 0);
        if (Json.Type(decoder) != "Sequence") return result.With(decoder, file);
        foreach (var part in Json.Get(decoder, "decoders").EnumerateArray()) result = result.With(part, file);
        return result;
    }

    TokenDecoder With(JsonElement part, string file)
    {
        switch (Json.Type(part))
        {
            case "ByteLevel": return this with { IsByteLevel = true };
            case "ByteFallback": return this with { HasByteTokens = true };
            case "Fuse": return this;
            case "Replace" when Json.Text(Json.Get(part, "pattern"), "String") is { Length: > 0 } old: return this with { Replacements = [.. Replacements, (old, Json.Text(part, "content") ?? "")] };
            case "Metaspace": return this with { Replacements = [.. Replacements, ("▁", " ")], StripsSpaces = StripsSpaces + (Json.Text(part, "prepend_scheme") == "never" || Json.Get(part, "add_prefix_space").ValueKind == JsonValueKind.False ? 0 : 1) };
            case "Strip" when Json.Text(part, "content") == " " && Number(part, "stop") == 0 && Number(part, "start") is >= 0 and <= 16 and var start: return this with { StripsSpaces = StripsSpaces + start };
            case var type: throw Throw.UnsupportedTokenizer(file, $"the decoder '{type}'{(type is "Strip" or "Replace" ? " with these settings" : "")}", Known);
        }
    }

    static int Number(JsonElement part, string name) => Json.Get(part, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out int number) ? number : 0;

    /// <summary>The bytes of a token of the vocabulary.</summary>
    internal byte[] Bytes(string token)
    {
        if (IsByteLevel) return ByteLetters.Decode(token);
        if (HasByteTokens && token.Length == 6 && token.StartsWith("<0x", StringComparison.Ordinal) && token[5] == '>' && NumberText.TryParse(token.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, out byte value)) return [value];
        return AddedBytes(token);
    }

    /// <summary>The bytes of an added token.</summary>
    internal byte[] AddedBytes(string token)
    {
        foreach (var (old, replacement) in Replacements) token = token.Replace(old, replacement, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(token);
    }
}
