using System.Globalization;
using System.Numerics;

namespace Roast.Formats;

/// <summary>Reads numbers that a stranger wrote. .NET's parsers let zero bytes follow a number, so "12" and "12\0" would be two names of one thing.</summary>
static class NumberText
{
    /// <summary>As <c>T.TryParse</c> in the invariant culture, but a zero byte is no part of a number.</summary>
    internal static bool TryParse<T>(ReadOnlySpan<char> text, NumberStyles styles, out T number) where T : struct, INumberBase<T>
    {
        number = default;
        return !text.Contains('\0') && T.TryParse(text, styles, CultureInfo.InvariantCulture, out number);
    }
}
