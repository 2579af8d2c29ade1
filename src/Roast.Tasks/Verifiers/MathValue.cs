using System.Globalization;
using Roast.Formats;

namespace Roast.Tasks;

/// <summary>The value of a normalised TeX expression of numbers: sums, products, fractions, roots, powers, pi. What has a variable in it has no value.</summary>
internal ref struct MathValue
{
    const int MaxDepth = 32;
    const double Tolerance = 1e-9;                          // relative; 3.14 is not pi

    readonly ReadOnlySpan<char> _text;
    int _at, _depth;
    bool _failed;

    MathValue(ReadOnlySpan<char> text) => _text = text;

    /// <summary>Whether both have a value, and the same.</summary>
    internal static bool Same(string a, string b) => Of(a) is { } x && Of(b) is { } y && Math.Abs(x - y) <= Tolerance * Math.Max(1, Math.Max(Math.Abs(x), Math.Abs(y)));

    internal static double? Of(string normalized)
    {
        if (normalized.Length is 0 or > MathText.MaxLength) return null;
        var reader = new MathValue(normalized);
        double value = reader.Sum();
        return reader._failed || reader._at < normalized.Length || !double.IsFinite(value) ? null : value;
    }

    readonly bool Sees(string text) => _text[_at..].StartsWith(text, StringComparison.Ordinal);

    bool Take(string text)
    {
        if (!Sees(text)) return false;
        _at += text.Length;
        return true;
    }

    double Fail()
    {
        _failed = true;
        return double.NaN;
    }

    double Sum()
    {
        if (++_depth > MaxDepth) return Fail();
        double value = Take("-") ? -Product() : Product();
        while (!_failed && _at < _text.Length)
        {
            if (Take("+")) value += Product();
            else if (Take("-")) value -= Product();
            else break;
        }
        _depth--;
        return value;
    }

    double Product()
    {
        int start = _at;
        double value = Power();
        // 3\frac{1}{2} is three and a half; a whole number before anything else multiplies it.
        if (!_failed && Sees("\\frac{") && _at > start && !_text[start.._at].ContainsAnyExceptInRange('0', '9') && MathText.WholeFraction(_text[_at..].ToString()) is not null) return value + Power();
        while (!_failed && _at < _text.Length)
        {
            if (Take("\\times") || Take("*")) value *= Power();
            else if (Take("/")) value /= Power();
            else if (Sees("\\frac") || Sees("\\sqrt") || Sees("\\pi") || Sees("(")) value *= Power();
            else break;
        }
        return value;
    }

    double Power()
    {
        double value = Atom();
        return !_failed && Take("^") ? Math.Pow(value, Group()) : value;
    }

    double Group()
    {
        if (!Take("{")) return Fail();
        double value = Sum();
        return Take("}") ? value : Fail();
    }

    double Atom()
    {
        if (_failed || _at >= _text.Length) return Fail();
        if (Take("\\pi")) return Math.PI;
        if (Take("\\frac")) return Group() / Group();
        if (Take("\\sqrt[3]")) return Math.Cbrt(Group());
        if (Take("\\sqrt")) return Math.Sqrt(Group());
        if (Sees("{")) return Group();
        if (Take("("))
        {
            double value = Sum();
            return Take(")") ? value : Fail();
        }
        int start = _at;
        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] == '.')) _at++;
        return NumberText.TryParse(_text[start.._at], NumberStyles.AllowDecimalPoint, out double number) ? number : Fail();
    }
}
