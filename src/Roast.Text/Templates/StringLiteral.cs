using System.Globalization;
using System.Text;
using Roast.Formats;

namespace Roast.Text.Templates;

/// <summary>A string as written in a tag, with Python's escapes.</summary>
internal static class StringLiteral
{
    const string Letters = "abfnrtv\\'\"", Meanings = "\a\b\f\n\r\t\v\\'\"";

    /// <summary>The string that begins with the quote at <paramref name="start"/>; <c>null</c> where it does not end.</summary>
    internal static string? Read(string source, int start, out int end)
    {
        var text = new StringBuilder();
        for (end = start + 1; end < source.Length && source[end] != source[start]; end++)
        {
            if (source[end] != '\\') text.Append(source[end]);
            else if (++end == source.Length) return null;
            else end += Escape(source, end, text);
        }
        return end++ < source.Length ? text.ToString() : null;
    }

    /// <summary>Appends what the letters after a backslash stand for; returns how many beyond the first were used. Unknown ones stand for themselves.</summary>
    static int Escape(string source, int at, StringBuilder text)
    {
        char letter = source[at];
        if (letter == '\n') return 0;
        if (Letters.IndexOf(letter) is var known and >= 0) { text.Append(Meanings[known]); return 0; }
        int digits = letter switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0 && at + digits < source.Length && NumberText.TryParse(source.AsSpan(at + 1, digits), NumberStyles.AllowHexSpecifier, out int code) && code is >= 0 and <= 0x10FFFF)
        {
            text.Append(code < 0x10000 ? ((char)code).ToString() : char.ConvertFromUtf32(code));
            return digits;
        }
        if (letter is < '0' or > '7') { text.Append('\\').Append(letter); return 0; }
        (int value, int used) = (0, 0);
        for (; used < 3 && at + used < source.Length && source[at + used] is >= '0' and <= '7'; used++) value = value * 8 + source[at + used] - '0';
        text.Append((char)value);
        return used - 1;
    }
}
