using System.Buffers;

namespace Roast.Text;

/// <summary>Finds the leftmost added token in a text and, of those that start there, the longest.</summary>
internal sealed class AddedTokenFinder
{
    readonly SearchValues<string> _contents;
    readonly Dictionary<char, AddedToken[]> _byFirst;
    readonly bool _isEmpty;

    internal AddedTokenFinder(IEnumerable<AddedToken> tokens)
    {
        AddedToken[] all = [.. tokens];
        _isEmpty = all.Length == 0;
        _byFirst = all.GroupBy(token => token.Content[0]).ToDictionary(group => group.Key, group => group.OrderByDescending(token => token.Content.Length).ToArray());
        _contents = SearchValues.Create([.. all.Select(token => token.Content)], StringComparison.Ordinal);
    }

    /// <summary>The next added token and the part of the text that it takes; <c>null</c> where there is none.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="position">Where to begin; what lies before is not taken.</param>
    /// <param name="found">The part that belongs to the token, white space with it where the token says so.</param>
    internal AddedToken? Find(ReadOnlySpan<char> text, int position, out Segment found)
    {
        found = default;
        if (_isEmpty) return null;
        for (int from = position; ;)
        {
            int at = text[from..].IndexOfAny(_contents);
            if (at < 0) return null;
            var token = LongestAt(text[(from + at)..]);
            (int start, int end) = (from + at, from + at + token.Content.Length);
            from = end;
            if (token.IsWord && ((start > 0 && IsWordPart(text[start - 1])) || (end < text.Length && IsWordPart(text[end])))) continue;
            while (token.TakesSpaceBefore && start > position && char.IsWhiteSpace(text[start - 1])) start--;
            while (token.TakesSpaceAfter && end < text.Length && char.IsWhiteSpace(text[end])) end++;
            found = new Segment(start, end);
            return token;
        }
    }

    AddedToken LongestAt(ReadOnlySpan<char> text)
    {
        foreach (var token in _byFirst[text[0]])
            if (text.StartsWith(token.Content, StringComparison.Ordinal)) return token;
        throw new InvalidOperationException("A token was found and is not there.");
    }

    static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c == '_' || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark or System.Globalization.UnicodeCategory.ConnectorPunctuation;
}
