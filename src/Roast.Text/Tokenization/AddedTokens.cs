namespace Roast.Text;

/// <summary>Added tokens by where they are searched.</summary>
internal sealed class AddedTokens
{
    internal AddedTokens(IEnumerable<AddedToken> tokens, ITextNormalizer? normalizer)
    {
        AddedToken[] all = [.. tokens];
        InText = new AddedTokenFinder(all.Where(token => !token.IsNormalized));
        InNormalText = new AddedTokenFinder(all.Where(token => token.IsNormalized)
            .Select(token => token with { Content = normalizer?.Normalize(token.Content) ?? token.Content }).Where(token => token.Content.Length > 0));
    }

    /// <summary>Those that are searched in the text as it stands.</summary>
    internal AddedTokenFinder InText { get; }

    /// <summary>Those that are searched in normalized text.</summary>
    internal AddedTokenFinder InNormalText { get; }
}
