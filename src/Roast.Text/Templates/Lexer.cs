namespace Roast.Text.Templates;

/// <summary>
/// Cuts a template into tokens and applies the white-space rules that Hugging Face sets: trim_blocks (the newline after
/// a block goes), lstrip_blocks (so does the indentation before one), and the signs <c>-</c> and <c>+</c> inside the braces.
/// </summary>
internal sealed class Lexer
{
    /// <summary>Most words in one tag. It bounds the depth of what is evaluated, so that a file cannot exhaust the stack.</summary>
    internal const int MaxWords = 1000;

    static readonly string[] Operators = ["==", "!=", "<=", ">=", "//", "**", "<", ">", "=", "+", "-", "*", "/", "%", "~", "(", ")", "[", "]", "{", "}", ".", ",", ":", "|"];

    const string RawEnd = "endraw";

    readonly string _source, _file;
    readonly List<Token> _tokens = [];
    int _position, _line = 1;
    bool _atLineStart = true;                               // the text that follows begins a line
    bool _stripNext;                                        // the tag before ended with -

    Lexer(string source, string file)
    {
        source = source.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        _source = source.EndsWith('\n') ? source[..^1] : source;                            // Jinja drops one final newline
        _file = file;
    }

    /// <summary>The tokens of a template, an <see cref="TokenKind.End"/> at the end.</summary>
    internal static List<Token> Read(string source, string file) => new Lexer(source, file).Read();

    List<Token> Read()
    {
        while (_position < _source.Length)
        {
            int open = NextTag();
            ReadText(open);
            if (_position == _source.Length) break;
            if (_source[_position + 1] == '#') SkipComment();
            else if (RawTag(_position, "raw") is { } raw) ReadRaw(raw.End, raw.Sign);
            else ReadTag(output: _source[_position + 1] == '{');
        }
        Add(TokenKind.End, "");
        return _tokens;
    }

    int NextTag()
    {
        for (int i = _source.IndexOf('{', _position); i >= 0 && i + 1 < _source.Length; i = _source.IndexOf('{', i + 1))
            if (_source[i + 1] is '{' or '%' or '#') return i;
        return _source.Length;
    }

    void ReadText(int end)
    {
        string text = _source[_position..end];
        string kept = _stripNext ? TrimStart(text) : text;
        char sign = end + 2 < _source.Length ? _source[end + 2] : '\0';
        bool isTag = end < _source.Length;
        if (isTag && sign == '-') kept = TrimEnd(kept);
        else if (isTag && sign != '+' && _source[end + 1] != '{')
        {
            int lineStart = text.LastIndexOf('\n') + 1;
            if ((lineStart > 0 || _atLineStart) && TrimStart(text[lineStart..]).Length == 0)
                kept = kept[..Math.Max(0, kept.Length - (text.Length - lineStart))];
        }
        if (kept.Length > 0) Add(TokenKind.Text, kept);
        Advance(end);
        _stripNext = false;
    }

    void SkipComment()
    {
        int end = _source.IndexOf("#}", _position + 2, StringComparison.Ordinal);
        if (end < 0) throw Unsupported("a comment without an end");
        bool strip = _source[end - 1] == '-' && end - 1 >= _position + 2;
        bool keep = _source[end - 1] == '+' && end - 1 >= _position + 2;
        Close(end + 2, strip, trimNewline: !keep);
    }

    void ReadTag(bool output)
    {
        string close = output ? "}}" : "%}";
        Add(output ? TokenKind.BeginOutput : TokenKind.BeginBlock, output ? "{{" : "{%");
        Advance(_position + 2);
        if (_position < _source.Length && (_source[_position] is '-' or '+')) Advance(_position + 1);
        for (int depth = 0, words = 0; ; words++)
        {
            if (words > MaxWords) throw Unsupported($"a tag of more than {MaxWords} words");
            while (_position < _source.Length && StringValue.IsSpace(_source[_position])) Advance(_position + 1);
            if (_position >= _source.Length) throw Unsupported($"a tag without its end '{close}'");
            bool signed = (_source[_position] == '-' || (_source[_position] == '+' && !output)) && string.CompareOrdinal(_source, _position + 1, close, 0, 2) == 0;
            if (depth == 0 && (signed || string.CompareOrdinal(_source, _position, close, 0, 2) == 0))
            {
                char sign = signed ? _source[_position] : '\0';
                Add(output ? TokenKind.EndOutput : TokenKind.EndBlock, close);
                Close(_position + (signed ? 3 : 2), strip: sign == '-', trimNewline: !output && sign != '+');
                return;
            }
            depth += _source[_position] switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => -1, _ => 0 };
            ReadWord();
        }
    }

    void Close(int end, bool strip, bool trimNewline)
    {
        Advance(end);
        _stripNext = strip;
        _atLineStart = false;
        if (!trimNewline || strip || _position >= _source.Length || _source[_position] != '\n') return;
        Advance(_position + 1);
        _atLineStart = true;
    }

    /// <summary>Everything up to endraw is text, tags too.</summary>
    void ReadRaw(int start, char sign)
    {
        Advance(start);
        (_stripNext, _atLineStart) = (sign == '-', false);
        for (int open = _source.IndexOf("{%", start, StringComparison.Ordinal); open >= 0; open = _source.IndexOf("{%", open + 2, StringComparison.Ordinal))
        {
            if (RawTag(open, RawEnd) is not { } end) continue;
            ReadText(open);
            Close(end.End, strip: end.Sign == '-', trimNewline: end.Sign != '+');
            return;
        }
        throw Unsupported("a raw block without its end");
    }

    /// <summary>Where a tag that holds nothing but <paramref name="name"/> ends, and the sign at its end; <c>null</c> where there is none.</summary>
    (int End, char Sign)? RawTag(int open, string name)
    {
        int i = open + 2;
        if (_source[open + 1] != '%') return null;
        if (i < _source.Length && (_source[i] is '-' or '+')) i++;
        while (i < _source.Length && StringValue.IsSpace(_source[i])) i++;
        if (string.CompareOrdinal(_source, i, name, 0, name.Length) != 0) return null;
        for (i += name.Length; i < _source.Length && StringValue.IsSpace(_source[i]);) i++;
        char sign = i < _source.Length && (_source[i] is '-' or '+') ? _source[i++] : '\0';
        return string.CompareOrdinal(_source, i, "%}", 0, 2) == 0 ? (i + 2, sign) : null;
    }

    void ReadWord()
    {
        char c = _source[_position];
        int end = _position;
        if (c is '\'' or '"')
        {
            string text = StringLiteral.Read(_source, _position, out end) ?? throw Unsupported("a string without its end");
            Add(TokenKind.String, text);
        }
        else if (char.IsLetter(c) || c == '_')
        {
            while (end < _source.Length && (char.IsLetterOrDigit(_source[end]) || _source[end] == '_')) end++;
            Add(TokenKind.Name, _source[_position..end]);
        }
        else if (char.IsAsciiDigit(c)) ReadNumber(out end);
        else
        {
            string sign = Array.Find(Operators, x => string.CompareOrdinal(_source, _position, x, 0, x.Length) == 0) ?? throw Unsupported($"the character '{c}' inside a tag");
            end = _position + sign.Length;
            Add(TokenKind.Operator, sign);
        }
        Advance(end);
    }

    /// <summary>12, 1_000, 0x1F, 1.5, 1e22; after a point only digits: l.0.1 is an element of an element.</summary>
    void ReadNumber(out int end)
    {
        end = Digits(_position, char.IsAsciiLetterOrDigit);
        bool isWhole = _position > 0 && _source[_position - 1] == '.';
        bool isDecimal = _source[_position..end].All(x => char.IsAsciiDigit(x) || x == '_');
        if (isWhole) end = Digits(_position, char.IsAsciiDigit);
        else if (isDecimal && end + 1 < _source.Length && _source[end] == '.' && char.IsAsciiDigit(_source[end + 1]))
        {
            end = Digits(end + 1, char.IsAsciiLetterOrDigit);
            isDecimal = false;
        }
        string text = _source[_position..end];
        bool isReal = !isWhole && !text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && text.AsSpan().ContainsAny('.', 'e', 'E');
        if (isReal && (text[^1] is 'e' or 'E') && end < _source.Length && (_source[end] is '-' or '+')) text = _source[_position..(end = Digits(end + 1, char.IsAsciiDigit))];
        Add(isReal ? TokenKind.Float : TokenKind.Integer, text.Replace("_", "", StringComparison.Ordinal));
    }

    int Digits(int at, Func<char, bool> belongs)
    {
        while (at < _source.Length && (belongs(_source[at]) || _source[at] == '_')) at++;
        return at;
    }

    static string TrimStart(string text) => new StringValue(text).Trim(end: false).Text;

    static string TrimEnd(string text) => new StringValue(text).Trim(start: false).Text;

    void Advance(int to)
    {
        _line += _source.AsSpan(_position, to - _position).Count('\n');
        _position = to;
    }

    void Add(TokenKind kind, string text) => _tokens.Add(new Token(kind, text, _line));

    RoastException Unsupported(string what) => Throw.UnsupportedTemplate(_file, _line, what);
}
