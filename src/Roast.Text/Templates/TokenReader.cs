namespace Roast.Text.Templates;

/// <summary>The tokens of a template, read from front to back, with the wording of what was found instead.</summary>
internal sealed class TokenReader(IReadOnlyList<Token> tokens, string file)
{
    /// <summary>Deepest nesting of blocks and expressions; a file must not exhaust the stack.</summary>
    internal const int MaxDepth = 100;

    int _next, _depth;

    internal Token Current => tokens[_next];

    internal int Line => Current.Line;

    internal Token Take() => tokens[_next == tokens.Count - 1 ? _next : _next++];

    internal bool Is(TokenKind kind, string text) => Current.Kind == kind && Current.Text == text;

    /// <summary>The token after the current one.</summary>
    internal bool NextIs(TokenKind kind, string text) => _next + 1 < tokens.Count && tokens[_next + 1].Kind == kind && tokens[_next + 1].Text == text;

    internal bool TryTake(TokenKind kind, string text)
    {
        bool found = Is(kind, text);
        if (found) Take();
        return found;
    }

    internal void Expect(TokenKind kind, string text)
    {
        if (!TryTake(kind, text)) throw Unsupported($"'{Current.Text}' where '{text}' was expected");
    }

    internal string ExpectName() => Current.Kind == TokenKind.Name ? Take().Text : throw Unsupported($"'{Current.Text}' where a name was expected");

    /// <summary>Counts a level of nesting for the time of <paramref name="read"/>.</summary>
    internal T Nested<T>(Func<T> read)
    {
        if (++_depth > MaxDepth) throw Unsupported($"more than {MaxDepth} levels of nesting");
        T result = read();
        _depth--;
        return result;
    }

    internal RoastException Unsupported(string what) => Throw.UnsupportedTemplate(file, Line, what);
}
