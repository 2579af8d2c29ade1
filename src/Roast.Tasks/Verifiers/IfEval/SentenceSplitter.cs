namespace Roast.Tasks;

/// <summary>
/// Counts sentences by rules: a sentence ends at <c>. ! ?</c> (or their counterparts in other scripts), with closing marks behind,
/// where white space or the end follows and the next word does not begin with a small letter; a full stop after an initial, a known
/// abbreviation or a list number ends none. Approximate: the published evaluator uses a trained model (NLTK's Punkt), which draws
/// some borders differently.
/// </summary>
internal static class SentenceSplitter
{
    static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "mr", "mrs", "ms", "dr", "prof", "st", "jr", "sr", "vs", "etc", "e.g", "i.e", "inc", "ltd", "co", "corp", "no", "fig", "gen", "gov", "sen", "rep", "rev", "hon", "lt", "col", "sgt", "capt",
        "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "u.s", "u.k", "a.m", "p.m", "p.s", "p.p.s", "ph.d", "approx", "dept", "est", "ave", "blvd",
    };

    internal static int Count(string text)
    {
        (int count, bool open) = (0, false);
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsLetterOrDigit(text[i])) open = true;
            else if (open && IsEnd(text[i]) && Ends(text, ref i))
            {
                count++;
                open = false;
            }
        }
        return open ? count + 1 : count;
    }

    static bool Ends(string text, ref int at)
    {
        int mark = at;
        while (at + 1 < text.Length && (IsEnd(text[at + 1]) || text[at + 1] is '"' or '\'' or ')' or ']' or '\u201D' or '\u2019' or '*')) at++;
        if (text[mark] is '\u3002' or '\uFF01' or '\uFF1F' || at + 1 == text.Length) return true;        // no space follows in Chinese and Japanese
        if (!char.IsWhiteSpace(text[at + 1])) return false;
        int next = at + 1;
        while (next < text.Length && !char.IsLetterOrDigit(text[next])) next++;
        if (next < text.Length && char.IsLower(text[next])) return false;
        return text[mark] != '.' || mark != at || !IsAbbreviation(text, mark);
    }

    static bool IsAbbreviation(string text, int stop)
    {
        int start = stop;
        while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] == '.')) start--;
        string word = text[start..stop];
        bool atLineStart = start == 0 || text[..start].TrimEnd(' ', '\t', '*', '#').EndsWith('\n') || string.IsNullOrWhiteSpace(text[..start]);
        return Abbreviations.Contains(word) || (word.Length == 1 && char.IsAsciiLetterUpper(word[0]) && word != "I") || (atLineStart && word.Length > 0 && word.All(char.IsAsciiDigit));
    }

    static bool IsEnd(char c) => c is '.' or '!' or '?' or '\u3002' or '\uFF01' or '\uFF1F' or '\u0964' or '\u06D4' or '\u061F';
}
