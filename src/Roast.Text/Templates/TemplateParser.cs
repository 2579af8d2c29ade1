namespace Roast.Text.Templates;

/// <summary>Blocks: what a template writes, decides and repeats. What it does not know is refused here, before anything runs.</summary>
internal sealed class TemplateParser
{
    static readonly string[] Ends = ["elif", "else", "endif", "endfor", "endset", "endmacro", "endcall", "endfilter", "endwith", "endgeneration"];

    readonly TokenReader _tokens;
    readonly ExpressionParser _expressions;
    int _loops;

    TemplateParser(TokenReader tokens) => (_tokens, _expressions) = (tokens, new ExpressionParser(tokens));

    /// <summary>The statements of a template.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: a construct that this version does not know; the message names it and its line.</exception>
    internal static IReadOnlyList<Statement> Parse(string source, string file)
    {
        var parser = new TemplateParser(new TokenReader(Lexer.Read(source, file), file));
        var body = parser.ParseBody();
        return parser._tokens.Current.Kind == TokenKind.End ? body : throw parser._tokens.Unsupported($"'{parser.EndName()}' without its beginning");
    }

    /// <summary>Statements up to the end, or up to a block that its owner takes.</summary>
    List<Statement> ParseBody()
    {
        var body = new List<Statement>();
        while (_tokens.Current.Kind != TokenKind.End && EndName() is null) body.Add(_tokens.Nested(ParseStatement));
        return body;
    }

    Statement ParseStatement()
    {
        var token = _tokens.Take();
        switch (token.Kind)
        {
            case TokenKind.Text: return new TextStatement(token.Text, token.Line);
            case TokenKind.BeginOutput:
                var value = _expressions.ParseTuple();
                _tokens.Expect(TokenKind.EndOutput, "}}");
                return new Output(value, token.Line);
        }
        string block = _tokens.ExpectName();
        return block switch
        {
            "if" => ParseIf(token.Line),
            "for" => ParseFor(token.Line),
            "set" => ParseSet(token.Line),
            "with" => ParseWith(token.Line),
            "generation" => new With([], ParseOwned("endgeneration"), token.Line),
            "macro" => ParseMacro(token.Line),
            "call" => ParseCall(token.Line),
            "filter" => new FilterBlock(ParseFilters(), ParseOwned("endfilter"), token.Line),
            "break" or "continue" => ParseJump(block == "break", token.Line),
            _ => throw _tokens.Unsupported($"the block '{block}'"),
        };
    }

    If ParseIf(int line)
    {
        var branches = new List<(Expression?, IReadOnlyList<Statement>)>();
        Expression? condition = _expressions.ParseTuple();
        for (; ; )
        {
            EndBlock();
            branches.Add((condition, ParseBody()));
            switch (TakeBlock())
            {
                case "elif" when condition is not null: condition = _expressions.ParseTuple(); break;
                case "else" when condition is not null: condition = null; break;
                case "endif": EndBlock(); return new If(branches, line);
                case var other: throw _tokens.Unsupported($"'{other}' where 'endif' was expected");
            }
        }
    }

    For ParseFor(int line)
    {
        var target = ParseTarget();
        if (target.Member is not null) throw _tokens.Unsupported("a loop over a member");
        _tokens.Expect(TokenKind.Name, "in");
        var sequence = _expressions.ParseTuple(withConditional: false);
        var condition = _tokens.TryTake(TokenKind.Name, "if") ? _expressions.Parse() : null;
        bool isRecursive = _tokens.TryTake(TokenKind.Name, "recursive");
        EndBlock();
        _loops++;
        var body = ParseBody();
        _loops--;
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
        return new For(target, sequence, condition, isRecursive, body, otherwise, line);
    }

    Jump ParseJump(bool breaks, int line)
    {
        if (_loops == 0) throw _tokens.Unsupported($"'{(breaks ? "break" : "continue")}' outside of a loop");
        EndBlock();
        return new Jump(breaks, line);
    }

    Statement ParseSet(int line)
    {
        var target = ParseTarget();
        if (_tokens.TryTake(TokenKind.Operator, "="))
        {
            var value = _expressions.ParseTuple();
            EndBlock();
            return new Set(target, value, line);
        }
        var filters = _tokens.TryTake(TokenKind.Operator, "|") ? ParseFilters() : null;
        return new SetBlock(target, filters, ParseOwned("endset"), line);
    }

    AssignmentTarget ParseTarget()
    {
        bool inBrackets = _tokens.TryTake(TokenKind.Operator, "(");
        List<string> names = [_tokens.ExpectName()];
        if (!inBrackets && _tokens.TryTake(TokenKind.Operator, ".")) return new AssignmentTarget(names, false, _tokens.ExpectName());
        bool isTuple = false;
        while (_tokens.TryTake(TokenKind.Operator, ","))
        {
            isTuple = true;
            if (_tokens.Current.Kind == TokenKind.Name && !_tokens.Is(TokenKind.Name, "in")) names.Add(_tokens.ExpectName());
            else if (_tokens.Is(TokenKind.Operator, "(")) throw _tokens.Unsupported("an assignment to variables inside brackets");
        }
        if (inBrackets) _tokens.Expect(TokenKind.Operator, ")");
        return new AssignmentTarget(names, isTuple, null);
    }

    With ParseWith(int line)
    {
        var values = new List<(AssignmentTarget, Expression)>();
        while (_tokens.Current.Kind != TokenKind.EndBlock)
        {
            if (values.Count > 0) _tokens.Expect(TokenKind.Operator, ",");
            var target = new AssignmentTarget([_tokens.ExpectName()], false, null);
            _tokens.Expect(TokenKind.Operator, "=");
            values.Add((target, _expressions.Parse()));
        }
        return new With(values, ParseOwned("endwith"), line);
    }

    Macro ParseMacro(int line)
    {
        string name = _tokens.ExpectName();
        return new Macro(name, ParseParameters(), ParseOwned("endmacro"), line);
    }

    CallBlock ParseCall(int line)
    {
        var parameters = _tokens.Is(TokenKind.Operator, "(") ? ParseParameters() : new Parameters([]);
        var call = _expressions.Parse() as Call ?? throw _tokens.Unsupported("a call block without a call");
        return new CallBlock(call, parameters, ParseOwned("endcall"), line);
    }

    Parameters ParseParameters()
    {
        var items = new List<(string, Expression?)>();
        _tokens.Expect(TokenKind.Operator, "(");
        while (!_tokens.TryTake(TokenKind.Operator, ")"))
        {
            if (items.Count > 0) _tokens.Expect(TokenKind.Operator, ",");
            string name = _tokens.ExpectName();
            items.Add((name, _tokens.TryTake(TokenKind.Operator, "=") ? _expressions.Parse() : null));
        }
        return new Parameters(items);
    }

    /// <summary>Filters one after another, for the text of a block.</summary>
    Filtered ParseFilters()
    {
        var filters = _expressions.ParseFilter(null, _tokens.Line);
        while (_tokens.TryTake(TokenKind.Operator, "|")) filters = _expressions.ParseFilter(filters, _tokens.Line);
        return filters;
    }

    /// <summary>The rest of a tag, a body that a jump cannot leave, and the tag that ends it.</summary>
    List<Statement> ParseOwned(string end)
    {
        EndBlock();
        int loops = _loops;
        if (end is not "endwith") _loops = 0;
        var body = ParseBody();
        _loops = loops;
        string found = TakeBlock();
        if (found != end) throw _tokens.Unsupported($"'{found}' where '{end}' was expected");
        if (end == "endmacro" && _tokens.Current.Kind == TokenKind.Name) _tokens.Take();
        EndBlock();
        return body;
    }

    string? EndName()
    {
        if (_tokens.Current.Kind != TokenKind.BeginBlock) return null;
        foreach (string name in Ends)
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
