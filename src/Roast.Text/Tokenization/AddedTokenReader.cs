using System.Text.Json;

namespace Roast.Text;

/// <summary>The <c>added_tokens</c> of a tokenizer.json.</summary>
internal static class AddedTokenReader
{
    /// <summary>Most added tokens; the largest known tokenizer has 6,415.</summary>
    internal const int MaxTokens = 65_536;

    internal static List<AddedToken> Read(string path, JsonElement tokens, bool hasNormalizer)
    {
        var added = new List<AddedToken>();
        if (tokens.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) return added;
        foreach (var token in tokens.EnumerateArray())
        {
            if (Json.Text(token, "content") is not { Length: > 0 } content) throw Throw.BadFile(path, $"added token {added.Count} has no content", "fetch the file again");
            added.Add(new AddedToken(TokenizerFile.ReadId(path, Json.Get(token, "id"), content), content, Json.IsTrue(token, "special"))
            {
                TakesSpaceBefore = Json.IsTrue(token, "lstrip"),
                TakesSpaceAfter = Json.IsTrue(token, "rstrip"),
                IsWord = Json.IsTrue(token, "single_word"),
                IsNormalized = hasNormalizer && Json.IsTrue(token, "normalized"),
            });
            if (added.Count > MaxTokens) throw Throw.BadFile(path, $"it has more than {MaxTokens:N0} added tokens", "fetch the file again");
        }
        return added;
    }
}
