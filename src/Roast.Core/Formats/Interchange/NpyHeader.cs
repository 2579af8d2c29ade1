using System.Globalization;

namespace Roast.Formats;

/// <summary>The dict of a .npy header: <c>{'descr': '...', 'fortran_order': False, 'shape': (2, 3), }</c>, keys in any order, each once.</summary>
ref struct NpyHeader(string text)
{
    readonly string _text = text;
    int _at;

    internal bool TryParse(out string type, out bool fortran, out long[] shape)
    {
        (type, fortran, shape) = ("", false, []);
        int seen = 0;
        if (!Is('{')) return false;
        while (!Is('}'))
        {
            if (!Quoted(out string key) || !Is(':')) return false;
            int bit = key switch { "descr" => 1, "fortran_order" => 2, "shape" => 4, _ => 0 };
            if (bit == 0 || (seen & bit) != 0) return false;
            seen |= bit;
            if (!(bit switch { 1 => Quoted(out type), 2 => Flag(out fortran), _ => Tuple(out shape) })) return false;
            if (!Is(',') && (Peek() != '}')) return false;
        }
        return seen == 7 && _text.AsSpan(_at).Trim(" \n").IsEmpty;
    }

    bool Tuple(out long[] shape)
    {
        (shape, var dimensions) = ([], new List<long>());
        if (!Is('(')) return false;
        while (!Is(')'))
        {
            Peek();
            int begin = _at;
            while (_at < _text.Length && char.IsAsciiDigit(_text[_at])) _at++;
            if (dimensions.Count == 4 || !NumberText.TryParse(_text.AsSpan(begin, _at - begin), NumberStyles.None, out long dimension)) return false;
            dimensions.Add(dimension);
            if (!Is(',') && Peek() != ')') return false;
        }
        shape = [.. dimensions];
        return true;
    }

    bool Flag(out bool value)
    {
        Peek();
        value = _text.AsSpan(_at).StartsWith("True", StringComparison.Ordinal);
        if (!value && !_text.AsSpan(_at).StartsWith("False", StringComparison.Ordinal)) return false;
        _at += value ? 4 : 5;
        return true;
    }

    bool Quoted(out string value)
    {
        value = "";
        if (Peek() is not ('\'' or '"')) return false;
        int end = _text.IndexOf(_text[_at], _at + 1);
        if (end < 0) return false;
        (value, _at) = (_text[(_at + 1)..end], end + 1);
        return true;
    }

    bool Is(char c)
    {
        if (Peek() != c) return false;
        _at++;
        return true;
    }

    // The next character that is no blank; NUL at the end.
    char Peek()
    {
        while (_at < _text.Length && _text[_at] == ' ') _at++;
        return _at < _text.Length ? _text[_at] : '\0';
    }
}
