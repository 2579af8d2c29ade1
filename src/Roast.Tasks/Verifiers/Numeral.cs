using System.Text.RegularExpressions;

namespace Roast.Tasks;

/// <summary>Numbers in running text, brought to one spelling: no currency, no thousands mark, no plus, no needless zero.</summary>
internal static partial class Numeral
{
    /// <summary>The first number of a text; <c>null</c> where there is none.</summary>
    internal static string? First(ReadOnlySpan<char> text)
    {
        foreach (var match in Pattern().EnumerateMatches(text)) return Normalize(text.Slice(match.Index, match.Length));
        return null;
    }

    /// <summary>The last number of a text; <c>null</c> where there is none.</summary>
    internal static string? Last(ReadOnlySpan<char> text)
    {
        ValueMatch last = default;
        foreach (var match in Pattern().EnumerateMatches(text)) last = match;
        return last.Length == 0 ? null : Normalize(text.Slice(last.Index, last.Length));
    }

    /// <summary>Compared as text, so that numbers of any length are exact.</summary>
    static string Normalize(ReadOnlySpan<char> number)
    {
        bool negative = number.ContainsAny('-', '\u2212');
        string digits = string.Concat(number.ToArray().Where(c => char.IsAsciiDigit(c) || c == '.'));
        string[] parts = digits.Split('.');
        (string whole, string fraction) = (parts[0].TrimStart('0'), parts.Length > 1 ? parts[1].TrimEnd('0') : "");
        string value = (whole.Length == 0 ? "0" : whole) + (fraction.Length == 0 ? "" : "." + fraction);
        return negative && value != "0" ? "-" + value : value;
    }

    // A sign belongs to the number unless a digit, letter or bracket stands right before it: 9-4 is a difference. Groups of three only: 1,2 are two numbers.
    [GeneratedRegex(@"(?:(?<![0-9A-Za-z)\]])[-+\u2212])?(?:\\?\$\s?)?(?:(?<=\$)[-+\u2212])?(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?|(?<![0-9])\.[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
