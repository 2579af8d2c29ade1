using System.Text;

namespace Roast.Text.Templates;

/// <summary>Upper and lower case without a culture. Letters with a special case of several letters are Python's: ß becomes SS.</summary>
internal static class Casing
{
    internal static StringValue Upper(StringValue text) => text.Changed(text.Text.ToUpperInvariant().Replace("ß", "SS", StringComparison.Ordinal));

    internal static StringValue Lower(StringValue text) => text.Changed(text.Text.ToLowerInvariant());

    internal static StringValue Capitalize(StringValue text) => text.Text.Length == 0 ? text : Upper(text.Cut(0, 1)).Append(Lower(text.Cut(1, text.Text.Length)));

    /// <summary>As the method: a letter after a letter is small.</summary>
    internal static StringValue Title(StringValue text) => Title(text, char.IsLetter);

    /// <summary>As the filter: words are parted by white space, hyphens and opening brackets.</summary>
    internal static StringValue TitleWords(StringValue text) => Title(text, c => !(StringValue.IsSpace(c) || c is '-' or '(' or '{' or '[' or '<'));

    internal static bool IsUpper(string text) => text.Any(char.IsUpper) && !text.Any(char.IsLower);

    internal static bool IsLower(string text) => text.Any(char.IsLower) && !text.Any(char.IsUpper);

    static StringValue Title(StringValue text, Func<char, bool> continues)
    {
        var result = new StringBuilder(text.Text.Length);
        for (int i = 0; i < text.Text.Length; i++)
            result.Append(i > 0 && continues(text.Text[i - 1]) ? char.ToLowerInvariant(text.Text[i]) : char.ToUpperInvariant(text.Text[i]));
        return text.Changed(result.ToString());
    }
}
