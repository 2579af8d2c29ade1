namespace Roast.Tasks;

/// <summary>
/// Counts sentences as NLTK's Punkt does (Kiss and Strunk 2006), which the published evaluator uses: at most one border in a run of
/// characters without white space; <c>!</c> and <c>?</c> always end a sentence, a full stop unless it belongs to an abbreviation, an
/// initial, an ellipsis or a number before a small letter; line ends and the marks of other scripts end none. Punkt learned its
/// abbreviations, and which words begin sentences, from newspapers; here both are short lists (<see cref="SentenceWords"/>).
/// </summary>
internal static class SentenceSplitter
{
    const string Ends = ".?!", Apart = ")\";}]*:@'({[!?", Openers = "(\"`{[:;&#*@)}]-,", Closers = "\"')]}";

    internal static int Count(string text)
    {
        text = text.TrimEnd();
        (int count, int begin) = (0, 0);
        for (int at = 0; NextRun(text, at) is { Start: >= 0 } run; at = run.End)
        {
            if (LastMark(text, run.Start, run.End) is not (>= 0 and var mark)) continue;
            if (!IsBorder(text, run.Start, mark) && !(mark + 1 == run.End && EndsInside(text, NextRun(text, run.End)))) continue;
            count += Rest(text, begin, mark + 1);
            begin = mark + 1 < run.End ? mark + 1 : NextRun(text, run.End).Start;
        }
        return count + Rest(text, begin, text.Length);
    }

    /// <summary>1 where something is left of a sentence once the closing marks in front are given to the one before.</summary>
    static int Rest(string text, int begin, int end)
    {
        int at = begin;
        while (begin > 0 && at < end && Closers.Contains(text[at])) at++;
        if (at > begin && at < end && !char.IsWhiteSpace(text[at]) && !text.AsSpan(at, end - at).StartsWith("--")) at = begin;
        return text.AsSpan(at, end - at).IsWhiteSpace() ? 0 : 1;
    }

    static (int Start, int End) NextRun(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        int start = at;
        while (at < text.Length && !char.IsWhiteSpace(text[at])) at++;
        return start < at ? (start, at) : (-1, at);
    }

    /// <summary>The last mark of a run that stands before a mark of another kind, or before the white space behind the run; -1: none.</summary>
    static int LastMark(string text, int start, int end)
    {
        for (int i = end - 1; i >= start; i--)
            if (Ends.Contains(text[i]) && (i + 1 < end ? Apart.Contains(text[i + 1]) : end < text.Length)) return i;
        return -1;
    }

    /// <summary>
    /// Whether a sentence ends inside a run, before a closing mark. Punkt looks at a mark together with the run behind it and asks whether
    /// a sentence ends before the last token of both: an abbreviation in front of <c>"Yes."</c> ends one therefore.
    /// </summary>
    static bool EndsInside(string text, (int Start, int End) run)
    {
        for (int i = Math.Max(run.Start, 0); i + 1 < run.End; i++)
            if (Ends.Contains(text[i]) && Apart.Contains(text[i + 1]) && IsBorder(text, run.Start, i)) return true;
        return false;
    }

    static bool IsBorder(string text, int start, int mark)
    {
        if (text[mark] != '.' || text.AsSpan(start, mark - start).ContainsAny('!', '?')) return true;
        int word = mark;
        while (word > start && !Apart.Contains(text[word - 1])) word--;
        if (word > start && word < mark && text[word - 1] == '\'') word--;      // 's is one word, and s alone would be an initial
        while (word < mark && Openers.Contains(text[word])) word++;
        string before = text[word..mark], next = NextWord(text, mark + 1);
        if (before.Length == 0) return true;                // a mark alone
        bool isPunctuation = FirstBehind(text, mark + 1) is ';' or ':' or ',' or '!' or '?';
        bool isSmall = next.Length > 0 && char.IsLower(next[0]), isCommon = next.Length > 0 && char.IsUpper(next[0]) && SentenceWords.Starters.Contains(next);
        if (before.EndsWith('.')) return isCommon;          // an ellipsis
        if (before.Length == 1 && char.IsLetter(before[0]))
            return !SentenceWords.Abbreviations.Contains(before) && !isPunctuation && !isSmall && (isCommon || next.Length == 0 || !char.IsUpper(next[0]));
        if (SentenceWords.Abbreviations.Contains(before) || SentenceWords.Abbreviations.Contains(before[(before.LastIndexOf('-') + 1)..])) return isCommon;
        return !((isSmall || isPunctuation) && IsNumber(before));
    }

    /// <summary>The word that begins directly behind the white space at a place, without a full stop at its end; empty where a mark or nothing does.</summary>
    static string NextWord(string text, int at)
    {
        if (at < text.Length && !char.IsWhiteSpace(text[at])) return "";
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        if (at < text.Length && Openers.Contains(text[at])) return "";
        int end = at;
        while (end < text.Length && !IsWordEnd(text, end)) end++;
        return text[at..(end > at && text[end - 1] == '.' ? end - 1 : end)];
    }

    /// <summary>The first character from a place on that is no white space; a blank where there is none.</summary>
    static char FirstBehind(string text, int at) => text.AsSpan(at).TrimStart() is { Length: > 0 } rest ? rest[0] : ' ';

    /// <summary>Whether a word ends before a place: at white space, a mark, dashes or dots in a row, one comma in front of these.</summary>
    static bool IsWordEnd(string text, int at) => IsApart(text, at) || (text[at] == ',' && IsApart(text, at + 1));

    static bool IsApart(string text, int at) => at == text.Length || char.IsWhiteSpace(text[at]) || Apart.Contains(text[at])
        || (text[at] is '-' or '.' && at + 1 < text.Length && text[at + 1] == text[at]);

    static bool IsNumber(string word) => word.AsSpan().TrimStart('-').TrimStart(".,") is { Length: > 0 } digits && char.IsDigit(digits[0]) && !digits.ContainsAnyExcept("0123456789,.-");
}
