using System.Globalization;

namespace Roast.Text;

/// <summary>What tokenizers' patterns tell apart: \p{L}, \p{N}, \s and the rest.</summary>
internal enum CharacterClass : byte { Other, Letter, Number, Space }

/// <summary>The class of every UTF-16 unit, looked up instead of asked for.</summary>
internal static class CharacterClasses
{
    static readonly CharacterClass[] Classes = Make();

    internal static CharacterClass Of(char c) => Classes[c];

    /// <summary>Where the run of a class that begins at <paramref name="start"/> ends.</summary>
    internal static int RunEnd(ReadOnlySpan<char> text, int start, CharacterClass kind)
    {
        var classes = Classes;
        while (start < text.Length && classes[text[start]] == kind) start++;
        return start;
    }

    static CharacterClass[] Make()
    {
        var classes = new CharacterClass[char.MaxValue + 1];
        for (int c = 0; c < classes.Length; c++)
            classes[c] = char.IsWhiteSpace((char)c) ? CharacterClass.Space : CharUnicodeInfo.GetUnicodeCategory((char)c) switch
            {
                UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => CharacterClass.Letter,
                UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => CharacterClass.Number,
                _ => CharacterClass.Other,
            };
        return classes;
    }
}
