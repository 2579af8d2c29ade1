using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Roast.Formats;

namespace Roast;

/// <summary>One site at one layer, written <c>resid_post.14</c>. Layers count from 0.</summary>
/// <param name="Site">Where in the block.</param>
/// <param name="Layer">The block, 0 for the first.</param>
public readonly record struct Point(Site Site, int Layer) : IComparable<Point>, ISpanParsable<Point>
{
    /// <summary>Layers above this are refused when a name is read; no model has as many.</summary>
    public const int MaxLayer = 9999;

    /// <summary>The point's name, for example <c>mlp_act.3</c>: tensor names, tap and port names and messages use it.</summary>
    public override string ToString() => $"{Site.Name()}.{Layer.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Orders by layer, then by site.</summary>
    public int CompareTo(Point other) => Layer != other.Layer ? Layer.CompareTo(other.Layer) : Site.CompareTo(other.Site);

    /// <summary>Reads <c>site.layer</c>.</summary>
    /// <exception cref="FormatException">Not a point; the message names the four sites.</exception>
    public static Point Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) => TryParse(s, provider, out var point)
        ? point
        : throw new FormatException($"'{s}' is not a point. A point is a site and a layer, such as resid_post.14; the sites are {string.Join(", ", Sites.All.Select(x => x.Name()))}.");

    /// <inheritdoc cref="Parse(ReadOnlySpan{char}, IFormatProvider?)"/>
    public static Point Parse(string s, IFormatProvider? provider = null) => Parse(s.AsSpan(), provider);

    /// <summary>Reads <c>site.layer</c>; <c>false</c> where the text is not a point.</summary>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Point result)
    {
        result = default;
        int dot = s.LastIndexOf('.');
        if (dot < 0 || !Sites.TryParse(s[..dot], out var site)) return false;
        var digits = s[(dot + 1)..];
        // One spelling per point: tensor names are compared as text, and the number parser would let trailing NULs pass.
        if ((digits.Length > 1 && digits[0] == '0') || digits.ContainsAnyExceptInRange('0', '9')) return false;
        if (!NumberText.TryParse(digits, NumberStyles.None, out int layer) || layer > MaxLayer) return false;
        result = new Point(site, layer);
        return true;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, IFormatProvider?, out Point)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Point result) => TryParse(s.AsSpan(), provider, out result);
}
