using System.Globalization;

namespace Roast.Text.Templates;

/// <summary>Expressions in Jinja's order of precedence, one method a level: filters and tests bind closest, the conditional loosest.</summary>
internal sealed class ExpressionParser(TokenReader tokens)
{
    static readonly string[] LoopMembers = ["first", "last", "index", "index0", "revindex", "revindex0", "length"];

    /// <summary>Names that Jinja and transformers define: without a call, too, they are not variables that are missing.</summary>
    static readonly string[] Functions = ["range", "dict", "lipsum", "cycler", "joiner", "namespace", "raise_exception", "strftime_now"];

    static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">="];

    internal Expression Parse() => tokens.Nested(ParseConditional);

    Expression ParseConditional()
    {
        var value = ParseOr();
        int line = tokens.Line;
        if (!TakeName("if")) return value;
        var condition = ParseOr();
        return new Conditional(condition, value, TakeName("else") ? Parse() : null, line);
    }

    Expression ParseOr() => ParseLeft(ParseAnd, () => TakeName("or") ? "or" : null);

    Expression ParseAnd() => ParseLeft(ParseNot, () => TakeName("and") ? "and" : null);

    Expression ParseNot()
    {
        int line = tokens.Line;
        return TakeName("not") ? new Unary("not", tokens.Nested(ParseNot), line) : ParseComparison();
    }

    Expression ParseComparison()
    {
        int line = tokens.Line;
        var first = ParseSum();
        var rest = new List<(string, Expression)>();
        while (TakeComparison() is { } sign) rest.Add((sign, ParseSum()));
        return rest.Count == 0 ? first : new Comparison(first, rest, line);
    }

    string? TakeComparison()
    {
        if (tokens.Current.Kind == TokenKind.Operator) return TakeOperator(Comparisons);
        if (TakeName("in")) return "in";
        if (!tokens.Is(TokenKind.Name, "not") || !tokens.NextIs(TokenKind.Name, "in")) return null;
        tokens.Take();
        tokens.Take();
        return "not in";
    }

    Expression ParseSum() => ParseLeft(ParseJoin, () => TakeOperator("+", "-"));

    Expression ParseJoin() => ParseLeft(ParseProduct, () => TakeOperator("~"));

    Expression ParseProduct() => ParseLeft(ParseUnary, () => TakeOperator("*", "//", "%"));

    Expression ParseLeft(Func<Expression> operand, Func<string?> takeOperator)
    {
        var left = operand();
        for (int line = tokens.Line; takeOperator() is { } sign; line = tokens.Line) left = new Binary(sign, left, operand(), line);
        return left;
    }

    Expression ParseUnary()
    {
        int line = tokens.Line;
        if (TakeOperator("-") is not null) return new Unary("-", tokens.Nested(ParseUnary), line);
        return ParseFiltersAndTests(ParsePostfix(ParsePrimary()));
    }

    Expression ParsePrimary()
    {
        var token = tokens.Take();
        switch (token.Kind)
        {
            case TokenKind.String:
                string text = token.Text;
                while (tokens.Current.Kind == TokenKind.String) text += tokens.Take().Text;
                return new Literal(new StringValue(text), token.Line);
            case TokenKind.Integer when long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out long number):
                return new Literal(new IntegerValue(number), token.Line);
            case TokenKind.Name: return ParseName(token);
            case TokenKind.Operator when token.Text == "(":
                var inner = Parse();
                tokens.Expect(TokenKind.Operator, ")");
                return inner;
            case TokenKind.Operator when token.Text == "[":
                var items = new List<Expression>();
                while (!tokens.TryTake(TokenKind.Operator, "]"))
                {
                    items.Add(Parse());
                    if (!tokens.Is(TokenKind.Operator, "]")) tokens.Expect(TokenKind.Operator, ",");
                }
                return new ListLiteral(items, token.Line);
            default: throw tokens.Unsupported($"'{token.Text}' where a value was expected");
        }
    }

    Expression ParseName(Token name)
    {
        switch (name.Text)
        {
            case "true" or "True": return new Literal(BoolValue.True, name.Line);
            case "false" or "False": return new Literal(BoolValue.False, name.Line);
            case "none" or "None": return new Literal(NoneValue.Instance, name.Line);
            case "and" or "or" or "not" or "in" or "is" or "if" or "else": throw tokens.Unsupported($"'{name.Text}' where a value was expected");
        }
        bool called = tokens.Is(TokenKind.Operator, "(");
        if (Functions.Contains(name.Text) ? name.Text != "raise_exception" || !called : called) throw tokens.Unsupported($"the function '{name.Text}'");
        if (!called) return new Name(name.Text, name.Line);
        tokens.Take();
        var message = Parse();
        tokens.Expect(TokenKind.Operator, ")");
        return new Raise(message, name.Line);
    }

    Expression ParsePostfix(Expression target)
    {
        for (; ; )
        {
            int line = tokens.Line;
            if (tokens.TryTake(TokenKind.Operator, "."))
            {
                string member = tokens.ExpectName();
                if (target is Name { Id: "loop" } && !LoopMembers.Contains(member)) throw tokens.Unsupported($"'loop.{member}'");
                if (tokens.Is(TokenKind.Operator, "(")) throw tokens.Unsupported($"the method '{member}'");
                target = new Attribute(target, member, line);
            }
            else if (tokens.TryTake(TokenKind.Operator, "["))
            {
                if (tokens.Is(TokenKind.Operator, ":")) throw tokens.Unsupported("a slice");
                var index = Parse();
                if (tokens.Is(TokenKind.Operator, ":")) throw tokens.Unsupported("a slice");
                tokens.Expect(TokenKind.Operator, "]");
                target = new Subscript(target, index, line);
            }
            else if (tokens.Is(TokenKind.Operator, "(")) throw tokens.Unsupported("a call of a value");
            else return target;
        }
    }

    Expression ParseFiltersAndTests(Expression value)
    {
        for (; ; )
        {
            int line = tokens.Line;
            if (tokens.TryTake(TokenKind.Operator, "|"))
            {
                string filter = tokens.ExpectName();
                if (!Filters.IsKnown(filter)) throw tokens.Unsupported($"the filter '{filter}'");
                if (tokens.Is(TokenKind.Operator, "(")) throw tokens.Unsupported($"the filter '{filter}' with arguments");
                value = new Filtered(value, filter, line);
            }
            else if (TakeName("is"))
            {
                bool negated = TakeName("not");
                string test = tokens.ExpectName();
                if (!Tests.IsKnown(test)) throw tokens.Unsupported($"the test '{test}'");
                value = new Tested(value, test, line);
                if (negated) value = new Unary("not", value, line);
            }
            else return value;
        }
    }

    string? TakeOperator(params ReadOnlySpan<string> signs)
    {
        foreach (string sign in signs)
            if (tokens.TryTake(TokenKind.Operator, sign)) return sign;
        return null;
    }

    bool TakeName(string name) => tokens.TryTake(TokenKind.Name, name);
}
