using System.Text;

namespace Roast.Tasks;

/// <summary>TeX answers brought to one spelling: what does not change the value is taken away, what can be written in two ways is written in one.</summary>
internal static class MathText
{
    /// <summary>Longest answer that is read; longer ones are compared as they are.</summary>
    internal const int MaxLength = 4096;

    static readonly string[] Dropped = ["\\left", "\\right", "\\displaystyle", "\\!", "\\,", "\\;", "\\:", "\\ ", "\\quad", "\\$", "$", "\\%", "%", "^{\\circ}", "^\\circ", "\\degree", "°", "~"];
    static readonly string[] TextCommands = ["\\text", "\\textbf", "\\textit", "\\mathrm", "\\mathbf", "\\mbox", "\\operatorname"];

    internal static string Normalize(string answer)
    {
        if (answer.Length > MaxLength) return answer;
        string text = WithoutText(answer.Trim().TrimEnd('.'));
        text = text.Replace("\\dfrac", "\\frac").Replace("\\tfrac", "\\frac").Replace("\\cfrac", "\\frac").Replace("\\cdot", "\\times").Replace("{,}", ",").Replace('\u2212', '-').Replace("π", "\\pi");
        foreach (string part in Dropped) text = Drop(text, part);
        text = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        text = WithoutLeftHandSide(Braced(text));
        if (IsGrouped(text)) text = text.Replace(",", "");
        text = text.StartsWith('.') ? "0" + text : text.StartsWith("-.", StringComparison.Ordinal) ? "-0" + text[1..] : text;
        string[] sides = text.Split('/');
        return sides.Length == 2 && IsInteger(sides[0]) && IsInteger(sides[1]) ? (sides[0][0] == '-' ? $"-\\frac{{{sides[0][1..]}}}{{{sides[1]}}}" : $"\\frac{{{sides[0]}}}{{{sides[1]}}}") : text;
    }

    /// <summary>Numerator and denominator with a slash, where a normalised answer is one fraction of whole numbers; else <c>null</c>.</summary>
    internal static string? WholeFraction(string normalized)
    {
        string sign = normalized.StartsWith('-') ? "-" : "", rest = normalized[sign.Length..];
        if (!rest.StartsWith("\\frac{", StringComparison.Ordinal) || !rest.EndsWith('}')) return null;
        string[] parts = rest[6..^1].Split("}{");
        return parts.Length == 2 && IsInteger(parts[0]) && IsInteger(parts[1]) ? $"{sign}{parts[0]}/{parts[1]}" : null;
    }

    /// <summary>The parts between commas that no bracket encloses.</summary>
    internal static List<string> Parts(string text)
    {
        var parts = new List<string>();
        (int depth, int start) = (0, 0);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is '{' or '(' or '[') depth++;
            else if (text[i] is '}' or ')' or ']') depth--;
            else if (text[i] == ',' && depth == 0)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }
        parts.Add(text[start..]);
        return parts;
    }

    /// <summary>A command such as <c>\text{even}</c>: its content where nothing stands before it, nothing where it is a unit behind something.</summary>
    static string WithoutText(string text)
    {
        foreach (string command in TextCommands)
            while (text.IndexOf(command + "{", StringComparison.Ordinal) is >= 0 and var at)
            {
                int open = at + command.Length, close = Close(text, open);
                string content = text[(open + 1)..close], after = close < text.Length ? text[(close + 1)..] : "";
                bool isUnit = text[..at].Trim(' ', '$', '\\', ',').Length > 0 && after.Trim(' ', '$', '.', '^', '2', '3').Length == 0;
                text = isUnit ? text[..at].TrimEnd() : text[..at] + content + after;
            }
        return text;
    }

    /// <summary>Arguments without braces get them: <c>\frac34</c>, <c>\sqrt2</c>, <c>x^2</c>.</summary>
    static string Braced(string text)
    {
        var braced = new StringBuilder(text.Length + 8);
        int owed = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (owed > 0 && text[i] is not ('{' or '\\' or '['))
            {
                braced.Append('{').Append(text[i]).Append('}');
                owed--;
            }
            else if (owed > 0 && text[i] == '{')
            {
                int close = Close(text, i);            // the text's end, where the bracket stays open
                braced.Append('{').Append(Braced(text[(i + 1)..close])).Append('}');
                (i, owed) = (close, owed - 1);
            }
            else
            {
                bool fraction = string.CompareOrdinal(text, i, "\\frac", 0, 5) == 0, root = string.CompareOrdinal(text, i, "\\sqrt", 0, 5) == 0;
                owed = fraction ? 2 : root || text[i] == '^' ? 1 : 0;
                braced.Append(fraction || root ? text.AsSpan(i, 5) : text.AsSpan(i, 1));
                if (fraction || root) i += 4;
            }
        }
        return braced.ToString();
    }

    /// <summary><c>x=5</c> says 5; a longer left-hand side is part of the answer.</summary>
    static string WithoutLeftHandSide(string text) =>
        text.IndexOf('=') is (1 or 2) and var at && text.IndexOf('=', at + 1) < 0 && char.IsLetter(text[0]) ? text[(at + 1)..] : text;

    static int Close(string text, int open)
    {
        int depth = 0;
        for (int i = open; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '{') depth++;
            else if (text[i] == '}' && --depth == 0) return i;
        }
        return text.Length;
    }

    /// <summary>Drops a piece, but no command that merely begins like it: <c>\left</c> is not the start of <c>\leftarrow</c>.</summary>
    static string Drop(string text, string part)
    {
        for (int at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = at < text.Length ? text.IndexOf(part, at, StringComparison.Ordinal) : -1)
        {
            if (part.Length > 2 && part[0] == '\\' && at + part.Length < text.Length && char.IsAsciiLetter(text[at + part.Length])) at++;
            else text = text.Remove(at, part.Length);
        }
        return text;
    }

    static bool IsInteger(string text) => text.Length > 0 && text.TrimStart('-').Length is > 0 and var digits && digits >= text.Length - 1 && text.AsSpan(text.Length - digits).ContainsAnyExceptInRange('0', '9') is false;

    static bool IsGrouped(string text)
    {
        string[] groups = text.TrimStart('-').Split('.')[0].Split(',');
        return groups.Length > 1 && groups[0].Length is >= 1 and <= 3 && groups[0].All(char.IsAsciiDigit) && groups.Skip(1).All(group => group.Length == 3 && group.All(char.IsAsciiDigit));
    }
}
