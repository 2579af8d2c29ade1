using System.Globalization;
using System.Text;

namespace Roast.Text;

/// <summary>
/// A text as patterns see it: one character for every code point. .NET's regular expressions count UTF-16 units, so to
/// them 𠮷 is no letter; here it is replaced by a rare character of its general category, and positions are translated back.
/// </summary>
internal sealed class Shadow
{
    /// <summary>A character of the basic plane for every value of <see cref="UnicodeCategory"/> that exists outside of it.</summary>
    internal static IReadOnlyDictionary<UnicodeCategory, char> StandIns { get; } = new Dictionary<UnicodeCategory, char>
    {
        [UnicodeCategory.UppercaseLetter] = '\uA640', [UnicodeCategory.LowercaseLetter] = '\uA641', [UnicodeCategory.TitlecaseLetter] = '\u01C5',
        [UnicodeCategory.ModifierLetter] = '\uA015', [UnicodeCategory.OtherLetter] = '\uA000', [UnicodeCategory.NonSpacingMark] = '\uA66F',
        [UnicodeCategory.SpacingCombiningMark] = '\uA823', [UnicodeCategory.EnclosingMark] = '\uA670', [UnicodeCategory.DecimalDigitNumber] = '\uA620',
        [UnicodeCategory.LetterNumber] = '\uA6E6', [UnicodeCategory.OtherNumber] = '\uA830', [UnicodeCategory.ConnectorPunctuation] = '\uFE33',
        [UnicodeCategory.DashPunctuation] = '\uFE58', [UnicodeCategory.OpenPunctuation] = '\uFE35', [UnicodeCategory.ClosePunctuation] = '\uFE36',
        [UnicodeCategory.InitialQuotePunctuation] = '\u2E02', [UnicodeCategory.FinalQuotePunctuation] = '\u2E03', [UnicodeCategory.OtherPunctuation] = '\uA673',
        [UnicodeCategory.MathSymbol] = '\uFE62', [UnicodeCategory.CurrencySymbol] = '\uA838', [UnicodeCategory.ModifierSymbol] = '\uA700',
        [UnicodeCategory.OtherSymbol] = '\uA490', [UnicodeCategory.Format] = '\uFFF9', [UnicodeCategory.PrivateUse] = '\uE000',
        [UnicodeCategory.OtherNotAssigned] = '\uFFF0',
    };

    readonly int[] _starts;

    Shadow(string text, int[] starts) => (Text, _starts) = (text, starts);

    /// <summary>One character per code point.</summary>
    internal string Text { get; }

    /// <summary>The shadow of a text, or <c>null</c> where text and shadow are the same: no surrogates.</summary>
    internal static Shadow? Of(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAnyInRange('\uD800', '\uDFFF')) return null;
        var shadow = new StringBuilder(text.Length);
        var starts = new List<int>(text.Length + 1);
        int position = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            shadow.Append(rune.IsBmp ? (char)rune.Value : StandIns[Rune.GetUnicodeCategory(rune)]);
            starts.Add(position);
            position += rune.Utf16SequenceLength;
        }
        starts.Add(position);
        return new Shadow(shadow.ToString(), [.. starts]);
    }

    /// <summary>Where a piece of the shadow lies in the text.</summary>
    internal Segment Original(Segment piece) => new(_starts[piece.Start], _starts[piece.End]);
}
