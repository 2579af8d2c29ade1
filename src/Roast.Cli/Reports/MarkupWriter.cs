using System.Globalization;
using System.Text;

namespace Roast.Cli.Reports;

/// <summary>
/// Writes HTML and SVG that is also well-formed XML: every element that is opened is closed, every value is quoted, and every text is
/// escaped on its way in. There is no way past that but <see cref="Trusted"/>, which is for the page's own style and script.
/// </summary>
internal sealed class MarkupWriter
{
    const char Replacement = '\uFFFD';

    readonly StringBuilder _text = new();

    /// <summary>Opens an element; disposing what is returned closes it.</summary>
    public Element In(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(name, attributes);
        _text.Append('>');
        return new Element(this, name);
    }

    /// <summary>An element with nothing but text.</summary>
    public void Add(string name, string text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        using (In(name, attributes)) Text(text);
    }

    /// <summary>An element without content: one of SVG's shapes, or one of HTML's void elements.</summary>
    public void Void(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(name, attributes);
        _text.Append("/>");
    }

    /// <summary>Text from anywhere.</summary>
    public void Text(string text) => Escape(text);

    /// <summary>Markup of the program's own.</summary>
    public void Trusted(string markup) => _text.Append(markup);

    public override string ToString() => _text.ToString();

    /// <summary>A coordinate: two decimals are a hundredth of a pixel.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    void Start(string name, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _text.Append('<').Append(name);
        foreach (var (attribute, value) in attributes)
        {
            _text.Append(' ').Append(attribute).Append("=\"");
            Escape(value);
            _text.Append('"');
        }
    }

    /// <summary>Markup's own characters as entities; what neither XML nor HTML may contain, such as NUL or half a surrogate pair, as U+FFFD.</summary>
    void Escape(string text)
    {
        foreach (var rune in text.EnumerateRunes())         // half a pair comes out as U+FFFD
            switch (rune.Value)
            {
                case '&': _text.Append("&amp;"); break;
                case '<': _text.Append("&lt;"); break;
                case '>': _text.Append("&gt;"); break;
                case '"': _text.Append("&quot;"); break;
                case '\'': _text.Append("&#39;"); break;
                case '\t' or '\n' or '\r': _text.Append((char)rune.Value); break;
                case < 0x20 or (>= 0x7F and < 0xA0) or 0xFFFE or 0xFFFF: _text.Append(Replacement); break;
                default: _text.Append(rune.ToString()); break;
            }
    }

    internal readonly ref struct Element(MarkupWriter writer, string name) : IDisposable
    {
        public void Dispose() => writer._text.Append("</").Append(name).Append('>');
    }
}
