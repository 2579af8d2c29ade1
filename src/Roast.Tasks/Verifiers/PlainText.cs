using System.Text;

namespace Roast.Tasks;

/// <summary>Running text brought to one spelling, and its words.</summary>
internal static class PlainText
{
    /// <summary>Lower case, runs of white space as one space, no white space or sentence marks at the ends.</summary>
    internal static string Normalize(string text) =>
        string.Join(' ', text.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Trim(' ', '.', '!', '?', ',', ';', ':', '"', '\'', '*', '`');

    /// <summary>Runs of letters and digits, in lower case.</summary>
    internal static IEnumerable<string> Words(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsLetterOrDigit(text[i])) continue;
            int start = i;
            while (i < text.Length && IsOfWord(text, i)) i++;
            yield return text[start..i].ToLowerInvariant();
        }
    }

    /// <summary>Where a word or phrase first occurs with no letter or digit beside it; -1 where it does not.</summary>
    internal static int IndexOfWord(string text, string word, int from = 0)
    {
        while (word.Length > 0 && from <= text.Length - word.Length && text.IndexOf(word, from, StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
        {
            if (!Touches(text, at - 1) && !Touches(text, at + word.Length)) return at;
            from = at + 1;
        }
        return -1;
    }

    static bool Touches(string text, int at) => at >= 0 && at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_');

    static bool IsOfWord(string text, int i) => char.IsLetterOrDigit(text[i]) || char.GetUnicodeCategory(text[i]) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
