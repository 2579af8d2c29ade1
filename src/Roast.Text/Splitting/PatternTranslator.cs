using System.Text;

namespace Roast.Text;

/// <summary>
/// Oniguruma patterns (what tokenizer.json holds) to .NET's, for what both read alike: literals, classes, \s \S \d \D \r \n \t,
/// \p and \P, groups, alternatives, lookahead, quantifiers. What they read differently is refused, not guessed.
/// </summary>
internal static class PatternTranslator
{
    const string SimpleEscapes = "sSdDrnt";

    /// <summary>The pattern in .NET's language.</summary>
    internal static string Translate(string pattern, string file)
    {
        var result = new StringBuilder(pattern.Length + 16);
        var ignoresCase = new Stack<bool>([false]);
        (bool inClass, bool quantified) = (false, false);
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            if (char.IsSurrogate(c)) throw Refuse("a character beyond U+FFFF");             // Shadow has replaced those
            bool afterQuantifier = quantified;
            quantified = !inClass && c is ('*' or '+' or '?' or '{');
            if (c == '\\') { i = CopyEscape(i); continue; }
            if (inClass)
            {
                if (c == '[') throw Refuse("a class inside a class");
                if (c == '&' && Next(i) == '&') throw Refuse("an intersection of classes");
                if (ignoresCase.Peek() && Folds(c) is not null) throw Refuse("s or k in a class that ignores case");
                inClass = c != ']';
                result.Append(c);
                continue;
            }
            switch (c)
            {
                case '[':
                    inClass = true;
                    if (Next(i) == '^') { result.Append(c); c = pattern[++i]; }
                    break;
                case '(':
                    string opening = Opening(i);
                    ignoresCase.Push(opening == "(?i:" || ignoresCase.Peek());
                    result.Append(opening);
                    i += opening.Length - 1;
                    continue;
                case ')' when ignoresCase.Count > 1: ignoresCase.Pop(); break;
                case '+' or '*' when afterQuantifier: throw Refuse("a possessive quantifier");
                case '{':
                    int end = pattern.IndexOf('}', i);
                    if (end < 0) throw Refuse("a brace that is not closed");
                    result.Append(pattern, i, end - i);
                    (i, c) = (end, '}');
                    break;
                case '^' or '$': throw Refuse("an anchor, which Oniguruma ties to lines,");
                default:
                    if (ignoresCase.Peek() && Folds(c) is { } folds) { result.Append(folds); continue; }
                    break;
            }
            result.Append(c);
        }
        return result.ToString();

        int CopyEscape(int at)
        {
            char escaped = Next(at);
            if (escaped is 'p' or 'P' && at + 2 < pattern.Length && pattern[at + 2] == '{')
            {
                int end = pattern.IndexOf('}', at);
                if (end < 0 || end - at > 6) throw Refuse("a character property other than a general category");   // \p{Lu}; scripts are named otherwise
                result.Append(pattern, at, end - at + 1);
                return end;
            }
            bool punctuation = escaped is not '\0' && char.IsAscii(escaped) && !char.IsAsciiLetterOrDigit(escaped);
            if (!punctuation && !SimpleEscapes.Contains(escaped)) throw Refuse($"the escape '\\{escaped}'");
            result.Append('\\').Append(escaped);
            return at + 1;
        }

        string Opening(int at)
        {
            if (Next(at) != '?') return "(";
            foreach (string kind in (string[])["(?:", "(?=", "(?!", "(?i:"])
                if (string.CompareOrdinal(pattern, at, kind, 0, kind.Length) == 0) return kind;
            throw Refuse($"a group that begins with '{pattern.AsSpan(at, Math.Min(4, pattern.Length - at))}'");
        }

        char Next(int at) => at + 1 < pattern.Length ? pattern[at + 1] : '\0';

        RoastException Refuse(string what) => Throw.UnsupportedTokenizer(file, $"{what} in the pattern '{pattern}'", "plain patterns such as Qwen's");
    }

    /// <summary>Letters that Unicode folds onto ASCII ones and .NET does not: ſ is an s, the Kelvin sign a k.</summary>
    static string? Folds(char c) => c switch
    {
        's' or 'S' => "[sSſ]",
        'k' or 'K' => "[kK\u212A]",
        _ => null,
    };
}
