using System.Buffers;

namespace Roast.Text;

/// <summary>Finds the leftmost added token in a text and, of those that start there, the longest.</summary>
internal sealed class AddedTokenFinder
{
    readonly SearchValues<string> _contents;
    readonly AddedToken[] _longestFirst;

    internal AddedTokenFinder(IEnumerable<AddedToken> tokens)
    {
        _longestFirst = [.. tokens.OrderByDescending(token => token.Content.Length)];
        _contents = SearchValues.Create([.. _longestFirst.Select(token => token.Content)], StringComparison.Ordinal);
    }

    /// <summary>The next added token, and where it starts; <c>null</c> where there is none.</summary>
    internal AddedToken? Find(ReadOnlySpan<char> text, out int start)
    {
        start = _longestFirst.Length == 0 ? -1 : text.IndexOfAny(_contents);
        if (start < 0) return null;
        foreach (var token in _longestFirst)
            if (text[start..].StartsWith(token.Content, StringComparison.Ordinal)) return token;
        return null;
    }
}
