using System.Globalization;

namespace Roast.Tasks;

/// <summary>
/// Counts words in capitals as the published evaluator does, with NLTK's word tokenizer (in the manner of the Penn Treebank): marks
/// stand alone, hyphens and slashes join, <c>IT'S</c>, <c>I'm</c>, <c>DON'T</c> and <c>CANNOT</c> are two words. Where sentences end does
/// not matter to this count: a full stop is no word in capitals, and one behind <c>'s</c> always ends a sentence.
/// </summary>
internal static class CapitalWords
{
    const string Alone = ";@#$%&?!*[](){}<>\"`\u00AB\u00BB\u201C\u201D\u2018\u2019\u201E";

    /// <summary>Endings that are words of their own, with either all letters small or none: one of the first list, then one of the second.</summary>
    static readonly string[][] Endings = [["'S", "'s", "'M", "'m", "'D", "'d", "'"], ["'LL", "'ll", "'RE", "'re", "'VE", "'ve", "N'T", "n't"]];

    /// <summary>Two words written as one, and where the second begins.</summary>
    static readonly (string Word, int At)[] Joined = [("CANNOT", 3), ("GIMME", 3), ("GONNA", 3), ("GOTTA", 3), ("LEMME", 3), ("WANNA", 3), ("D'YE", 1), ("MORE'N", 4)];

    internal static int Count(string text)
    {
        text = text.TrimEnd();
        int count = 0;
        for (int at = 0; at < text.Length;)
        {
            int start = at;
            while (at < text.Length && Border(text, at) == 0) at++;
            if (at > start) count += Parts(text.AsSpan(start, at - start), isLast: at == text.Length || char.IsWhiteSpace(text[at]), isBeforeBreak: at < text.Length && char.IsWhiteSpace(text[at]) && text[at] != ' ');
            if (at < text.Length) at += Border(text, at);
        }
        return count;
    }

    /// <summary>How many characters at a place part two words; 0: they belong to one.</summary>
    static int Border(string text, int at)
    {
        char c = text[at], next = at + 1 < text.Length ? text[at + 1] : ' ';
        if (char.IsWhiteSpace(c) || Alone.Contains(c) || (c is ',' or ':' && !char.IsDigit(next))) return 1;
        if (c == '-' && next == '-') return 2;
        int dots = 0;
        while (at + dots < text.Length && text[at + dots] == '.') dots++;
        return dots > 1 ? dots : c == '\'' && next == '\'' ? 2 : 0;
    }

    /// <summary>The words in capitals of a piece between borders: endings and joined words taken apart.</summary>
    /// <param name="piece">What stands between two borders.</param>
    /// <param name="isLast">Whether white space or nothing follows.</param>
    /// <param name="isBeforeBreak">Whether a line break or a tab follows, where NLTK takes no ending apart unless the sentence ends as well.</param>
    static int Parts(ReadOnlySpan<char> piece, bool isLast, bool isBeforeBreak)
    {
        int count = 0, start = 0;
        bool hasStop = piece.EndsWith('.');
        if (hasStop) piece = piece[..^1];
        foreach (string[] list in isBeforeBreak && !hasStop ? [] : Endings)
            foreach (string ending in list)
                if (piece.Length > ending.Length && piece.EndsWith(ending, StringComparison.Ordinal) && piece[^(ending.Length + 1)] != '\'')
                {
                    (count, isLast) = (count + Upper(piece[^ending.Length..]), true);
                    piece = piece[..^ending.Length];
                    break;
                }
        for (int i = 0; i < piece.Length; i++)
        {
            int cut = Cut(piece, i, isLast);
            if (cut <= start) continue;
            count += Upper(piece[start..cut]);
            start = cut;
        }
        return count + Upper(piece[start..]);
    }

    /// <summary>Where a word ends that begins at a place and is joined to the next one; 0: none is.</summary>
    static int Cut(ReadOnlySpan<char> piece, int at, bool isLast)
    {
        if (IsOfWord(piece, at - 1) && piece[at] != '\'') return 0;
        // An apostrophe before a single letter that is no ending: O'B.
        if (piece[at] == '\'' && at + 1 < piece.Length && char.IsLetter(piece[at + 1]) && !IsOfWord(piece, at + 2) && !"mtsdn".Contains(char.ToLowerInvariant(piece[at + 1]))) return at + 1;
        if (at == 0 && (piece.Equals("'TIS", StringComparison.OrdinalIgnoreCase) || piece.Equals("'TWAS", StringComparison.OrdinalIgnoreCase))) return 2;
        foreach (var (word, second) in Joined)
            if (piece[at..].StartsWith(word, StringComparison.OrdinalIgnoreCase) && !IsOfWord(piece, at + word.Length) && (word != "WANNA" || (isLast && at + word.Length == piece.Length))) return at + second;
        return 0;
    }

    /// <summary>1 where a word has a capital and no letter of another case.</summary>
    static int Upper(ReadOnlySpan<char> word)
    {
        bool any = false;
        foreach (char c in word)
        {
            var category = char.GetUnicodeCategory(c);
            if (category is UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter) return 0;
            any |= category == UnicodeCategory.UppercaseLetter;
        }
        return any ? 1 : 0;
    }

    static bool IsOfWord(ReadOnlySpan<char> text, int at) => (uint)at < (uint)text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_');
}
