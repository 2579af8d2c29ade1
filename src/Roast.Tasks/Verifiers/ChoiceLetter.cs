namespace Roast.Tasks;

/// <summary>The letter that a response chooses.</summary>
internal static class ChoiceLetter
{
    const string Wrapping = " \t\r\n*_`\"'([{:$";           // what may stand before a letter

    /// <summary>The letter and where it was, in words; no letter, and why.</summary>
    /// <param name="response">The response.</param>
    /// <param name="count">How many letters there are to choose from, from A on.</param>
    internal static (char? Letter, string Where) Find(string response, int count)
    {
        if (Stated.LastBox(response) is { } box && Alone(MathText.Normalize(box), count) is { } boxed) return (boxed, "the last box holds");
        if (Stated.AfterSign(response) is { } stated && Leading(stated, count) is { } said) return (said, "the stated answer is");
        if (Leading(response, count) is { } first) return (first, "the response begins with");
        char[] letters = [.. Standing(response, count).Distinct()];
        return letters.Length switch
        {
            1 => (letters[0], "the only letter is"),
            0 => (null, $"the response {Verdict.Shown(response)} has no letter from A to {Letters.Of(count - 1)}"),
            _ => (null, $"the response names {string.Join(", ", letters)} and states none of them as its answer"),
        };
    }

    static char? Alone(string text, int count) => text.Trim('(', ')', '.', ' ') is { Length: 1 } letter ? Valid(letter[0], count) : null;

    /// <summary>A letter at the start: alone, before a mark, or, as a capital, before a word that it is not the article or pronoun of.</summary>
    static char? Leading(string text, int count)
    {
        int at = 0;
        while (at < text.Length && Wrapping.Contains(text[at])) at++;
        if (text.AsSpan(at).StartsWith("\\text{", StringComparison.Ordinal)) at += 6;
        if (at >= text.Length || Valid(text[at], count) is not { } letter || !Ends(text, at + 1)) return null;
        bool beforeWord = at + 1 < text.Length && char.IsWhiteSpace(text[at + 1]) && text.AsSpan(at + 1).Trim().Length > 0 && text[at + 1] is not ('\n' or '\r');
        return !beforeWord ? letter : char.IsAsciiLetterUpper(text[at]) && !IsWord(text, at) ? letter : null;
    }

    static IEnumerable<char> Standing(string text, int count)
    {
        for (int i = 0; i < text.Length; i++)
            if (char.IsAsciiLetterUpper(text[i]) && Valid(text[i], count) is { } letter && (i == 0 || !IsOfWord(text[i - 1])) && Ends(text, i + 1) && !IsWord(text, i)) yield return letter;
    }

    /// <summary>Whether a capital A or I is an article or a pronoun: a small word follows that is no verb of judging.</summary>
    static bool IsWord(string text, int at)
    {
        if (text[at] is not ('A' or 'I')) return false;
        var rest = text.AsSpan(at + 1);
        if (rest.StartsWith("'") || rest.StartsWith("\u2019")) return true;
        if (rest.Length < 2 || rest[0] != ' ' || !char.IsLower(rest[1])) return false;
        rest = rest[1..];
        return !rest.StartsWith("is ") && !rest.StartsWith("because ") && !rest.StartsWith("and ") && !rest.StartsWith("or ");
    }

    static bool Ends(string text, int at) => at >= text.Length || !IsOfWord(text[at]);

    static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || c is '\'' or '\u2019' or '_';

    static char? Valid(char c, int count) => char.IsAsciiLetter(c) && char.ToUpperInvariant(c) is var letter && letter - 'A' < count ? letter : null;
}
