namespace Roast.Text.Templates;

/// <summary>Blocks: what a template writes, decides and repeats. What it does not know is refused here, before anything runs.</summary>
internal sealed class TemplateParser
{
    readonly TokenReader _tokens;
    readonly ExpressionParser _expressions;

    TemplateParser(TokenReader tokens) => (_tokens, _expressions) = (tokens, new ExpressionParser(tokens));

    /// <summary>The statements of a template.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: a construct that this version does not know; the message names it and its line.</exception>
    internal static IReadOnlyList<Statement> Parse(string source, string file)
    {
        var parser = new TemplateParser(new TokenReader(Lexer.Read(source, file), file));
        var body = parser.ParseBody();
        return parser._tokens.Current.Kind == TokenKind.End ? body : throw parser._tokens.Unsupported($"'{parser.BlockName()}' without its beginning");
    }

    /// <summary>Statements up to the end, or up to a block that its owner takes: elif, else, endif, endfor.</summary>
    List<Statement> ParseBody()
    {
        var body = new List<Statement>();
        while (_tokens.Current.Kind != TokenKind.End && BlockName() is not ("elif" or "else" or "endif" or "endfor"))
            body.Add(_tokens.Nested(ParseStatement));
        return body;
    }

    Statement ParseStatement()
    {
        var token = _tokens.Take();
        switch (token.Kind)
        {
            case TokenKind.Text: return new TextStatement(token.Text, token.Line);
            case TokenKind.BeginOutput:
                var value = _expressions.Parse();
                _tokens.Expect(TokenKind.EndOutput, "}}");
                return new Output(value, token.Line);
        }
        string block = _tokens.ExpectName();
        return block switch
        {
            "if" => ParseIf(token.Line),
            "for" => ParseFor(token.Line),
            "set" => ParseSet(token.Line),
            _ => throw _tokens.Unsupported($"the block '{block}'"),
        };
    }

    If ParseIf(int line)
    {
        var branches = new List<(Expression?, IReadOnlyList<Statement>)>();
        Expression? condition = _expressions.Parse();
        for (; ; )
        {
            EndBlock();
            branches.Add((condition, ParseBody()));
            switch (TakeBlock())
            {
                case "elif" when condition is not null: condition = _expressions.Parse(); break;
                case "else" when condition is not null: condition = null; break;
                case "endif": EndBlock(); return new If(branches, line);
                case var other: throw _tokens.Unsupported($"'{other}' where 'endif' was expected");
            }
        }
    }

    For ParseFor(int line)
    {
        string variable = _tokens.ExpectName();
        if (_tokens.Is(TokenKind.Operator, ",")) throw _tokens.Unsupported("a loop over several variables");
        _tokens.Expect(TokenKind.Name, "in");
        var sequence = _expressions.Parse();
        if (sequence is Conditional { Else: null }) throw _tokens.Unsupported("a loop with a condition");
        if (_tokens.Is(TokenKind.Name, "recursive")) throw _tokens.Unsupported("a recursive loop");
        EndBlock();
        var body = ParseBody();
        List<Statement> otherwise = [];
        string end = TakeBlock();
        if (end == "else")
        {
            EndBlock();
            otherwise = ParseBody();
            end = TakeBlock();
        }
        if (end != "endfor") throw _tokens.Unsupported($"'{end}' where 'endfor' was expected");
        EndBlock();
        return new For(variable, sequence, body, otherwise, line);
    }

    Set ParseSet(int line)
    {
        string variable = _tokens.ExpectName();
        if (_tokens.Is(TokenKind.Operator, ".")) throw _tokens.Unsupported("an assignment to a member (namespace)");
        if (_tokens.Is(TokenKind.Operator, ",")) throw _tokens.Unsupported("an assignment to several variables");
        if (!_tokens.TryTake(TokenKind.Operator, "=")) throw _tokens.Unsupported("a block assignment");
        var value = _expressions.Parse();
        EndBlock();
        return new Set(variable, value, line);
    }

    string? BlockName()
    {
        if (_tokens.Current.Kind != TokenKind.BeginBlock) return null;
        foreach (string name in (string[])["elif", "else", "endif", "endfor"])
            if (_tokens.NextIs(TokenKind.Name, name)) return name;
        return null;
    }

    string TakeBlock()
    {
        if (_tokens.Current.Kind != TokenKind.BeginBlock) throw _tokens.Unsupported("a block without its end");
        _tokens.Take();
        return _tokens.ExpectName();
    }

    void EndBlock() => _tokens.Expect(TokenKind.EndBlock, "%}");
}
