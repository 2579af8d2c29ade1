using System.Numerics;
using System.Text.RegularExpressions;

namespace Roast.Tasks;

/// <summary>Numbers in running text, brought to one spelling: no currency, no thousands mark, no plus, no needless zero, fractions as decimals where these end.</summary>
internal static partial class Numeral
{
    const int MostFractionDigits = 40;                      // of a numerator; longer ones stay as they are written

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
        int slash = number.IndexOf('/');
        string digits = Digits(slash < 0 ? number : number[..slash]);
        if (slash >= 0) digits = Fraction(digits, Digits(number[(slash + 1)..]));
        string[] parts = digits.Split('.');
        (string whole, string fraction) = (parts[0].TrimStart('0'), parts.Length > 1 ? parts[1].TrimEnd('0') : "");
        string value = (whole.Length == 0 ? "0" : whole) + (fraction.Length == 0 ? "" : "." + fraction);
        return negative && value != "0" ? "-" + value : value;
    }

    static string Digits(ReadOnlySpan<char> number) => string.Concat(number.ToArray().Where(c => char.IsAsciiDigit(c) || c == '.'));

    /// <summary>A quotient of whole numbers: a decimal where it ends, else in lowest terms.</summary>
    static string Fraction(string numerator, string denominator)
    {
        var below = BigInteger.Parse(denominator);
        if (numerator.Length > MostFractionDigits || below.IsZero) return $"{numerator}/{denominator}";
        var above = BigInteger.Parse(numerator);
        var divisor = BigInteger.GreatestCommonDivisor(above, below);
        (above, below) = (above / divisor, below / divisor);
        int places = 0;
        var scaled = below;
        while (!scaled.IsOne && places < 64)
        {
            var common = BigInteger.GreatestCommonDivisor(scaled, 10);
            if (common.IsOne) return $"{above}/{below}";
            (scaled, places) = (scaled / common, places + 1);
        }
        string value = (above * BigInteger.Pow(10, places) / below).ToString().PadLeft(places + 1, '0');
        return places == 0 ? value : $"{value[..^places]}.{value[^places..]}";
    }

    // A sign belongs to the number unless a digit, letter or bracket stands right before it: 9-4 is a difference. Groups of three only: 1,2 are two numbers.
    [GeneratedRegex(@"(?:(?<![0-9A-Za-z)\]])[-+\u2212])?(?:\\?\$\s?)?(?:(?<=\$)[-+\u2212])?(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+|/[0-9]{1,18}(?![0-9./]))?|(?<![0-9])\.[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
