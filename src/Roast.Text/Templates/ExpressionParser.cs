using System.Globalization;
using System.Numerics;
using Roast.Formats;

namespace Roast.Text.Templates;

/// <summary>Expressions in Jinja's order of precedence, one method a level: filters and tests bind closest, the conditional loosest.</summary>
internal sealed class ExpressionParser(TokenReader tokens)
{
    static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">="];

    internal Expression Parse() => tokens.Nested(ParseConditional);

    /// <summary>An expression, or several with commas between them: a tuple. A loop's sequence leaves <c>if</c> to the loop.</summary>
    internal Expression ParseTuple(bool withConditional = true)
    {
        int line = tokens.Line;
        var items = new List<Expression>();
        bool isTuple = false;
        do
        {
            if (items.Count > 0 && EndsTuple()) break;
            items.Add(withConditional ? Parse() : tokens.Nested(ParseOr));
        }
        while (tokens.TryTake(TokenKind.Operator, ",") && (isTuple = true));
        return isTuple ? new ListLiteral(items, IsTuple: true, line) : items[0];
    }

    bool EndsTuple() => tokens.Current.Kind is TokenKind.EndBlock or TokenKind.EndOutput || tokens.Is(TokenKind.Operator, ")") || tokens.Is(TokenKind.Name, "in");

    Expression ParseConditional()
    {
        var value = ParseOr();
        for (int line = tokens.Line; TakeName("if"); line = tokens.Line)
        {
            var condition = ParseOr();
            value = new Conditional(condition, value, TakeName("else") ? Parse() : null, line);
        }
        return value;
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

    Expression ParseProduct() => ParseLeft(ParsePower, () => TakeOperator("*", "//", "/", "%"));

    Expression ParsePower() => ParseLeft(() => ParseUnary(withFilters: true), () => TakeOperator("**"));

    Expression ParseLeft(Func<Expression> operand, Func<string?> takeOperator)
    {
        var left = operand();
        for (int line = tokens.Line; takeOperator() is { } sign; line = tokens.Line) left = new Binary(sign, left, operand(), line);
        return left;
    }

    Expression ParseUnary(bool withFilters)
    {
        int line = tokens.Line;
        var value = TakeOperator("-", "+") is { } sign
            ? new Unary(sign, tokens.Nested(() => ParseUnary(withFilters: false)), line)
            : ParsePostfix(ParsePrimary());
        return withFilters ? ParseFiltersAndTests(value) : value;
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
            case TokenKind.Integer: return new Literal(new IntegerValue(Integer(token.Text)), token.Line);
            case TokenKind.Float when NumberText.TryParse(token.Text, NumberStyles.Float, out double real): return new Literal(new FloatValue(real), token.Line);
            case TokenKind.Name: return Named(token);
            case TokenKind.Operator when token.Text == "(":
                if (tokens.TryTake(TokenKind.Operator, ")")) return new ListLiteral([], IsTuple: true, token.Line);
                var inner = tokens.Nested(() => ParseTuple());
                tokens.Expect(TokenKind.Operator, ")");
                return inner;
            case TokenKind.Operator when token.Text == "[": return new ListLiteral(ParseItems("]", Parse), IsTuple: false, token.Line);
            case TokenKind.Operator when token.Text == "{": return new DictLiteral(ParseItems("}", ParsePair), token.Line);
            default: throw tokens.Unsupported($"'{token.Text}' where a value was expected");
        }
    }

    BigInteger Integer(string text)
    {
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (text.Length <= Arithmetic.MaxBits / 4 && NumberText.TryParse(isHex ? "0" + text[2..] : text, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, out BigInteger number)) return number;
        throw tokens.Unsupported($"the number '{(text.Length > 40 ? text[..40] + "..." : text)}'");
    }

    List<T> ParseItems<T>(string close, Func<T> item)
    {
        var items = new List<T>();
        while (!tokens.TryTake(TokenKind.Operator, close))
        {
            items.Add(item());
            if (!tokens.Is(TokenKind.Operator, close)) tokens.Expect(TokenKind.Operator, ",");
        }
        return items;
    }

    (Expression, Expression) ParsePair()
    {
        var key = Parse();
        tokens.Expect(TokenKind.Operator, ":");
        return (key, Parse());
    }

    Expression Named(Token name) => name.Text switch
    {
        "true" or "True" => new Literal(BoolValue.True, name.Line),
        "false" or "False" => new Literal(BoolValue.False, name.Line),
        "none" or "None" => new Literal(NoneValue.Instance, name.Line),
        "and" or "or" or "not" or "in" or "is" or "if" or "else" => throw tokens.Unsupported($"'{name.Text}' where a value was expected"),
        _ => new Name(name.Text, name.Line),
    };

    Expression ParsePostfix(Expression target)
    {
        for (; ; )
        {
            int line = tokens.Line;
            if (tokens.TryTake(TokenKind.Operator, "."))
                target = tokens.Current.Kind == TokenKind.Integer ? new Subscript(target, ParsePrimary(), line) : new Attribute(target, tokens.ExpectName(), line);
            else if (tokens.TryTake(TokenKind.Operator, "[")) target = ParseSubscript(target, line);
            else if (tokens.Is(TokenKind.Operator, "(")) target = new Call(target, ParseArguments(), line);
            else return target;
        }
    }

    Expression ParseSubscript(Expression target, int line)
    {
        var start = Bound();
        if (start is not null && tokens.TryTake(TokenKind.Operator, "]")) return new Subscript(target, start, line);
        tokens.Expect(TokenKind.Operator, ":");
        var stop = Bound();
        var step = tokens.TryTake(TokenKind.Operator, ":") ? Bound() : null;
        tokens.Expect(TokenKind.Operator, "]");
        return new SliceOf(target, start, stop, step, line);

        Expression? Bound() => tokens.Is(TokenKind.Operator, ":") || tokens.Is(TokenKind.Operator, "]") ? null : Parse();
    }

    internal CallArguments ParseArguments()
    {
        tokens.Expect(TokenKind.Operator, "(");
        var (positional, named) = (new List<Expression>(), new List<(string, Expression)>());
        ParseItems(")", () =>
        {
            if (tokens.Is(TokenKind.Operator, "*") || tokens.Is(TokenKind.Operator, "**")) throw tokens.Unsupported("a call with a star");
            if (tokens.Current.Kind == TokenKind.Name && tokens.NextIs(TokenKind.Operator, "="))
            {
                string name = tokens.ExpectName();
                tokens.Take();
                named.Add((name, Parse()));
            }
            else if (named.Count > 0) throw tokens.Unsupported("an argument by position after one by name");
            else positional.Add(Parse());
            return true;
        });
        return new CallArguments(positional, named);
    }

    Expression ParseFiltersAndTests(Expression value)
    {
        for (; ; )
        {
            int line = tokens.Line;
            if (tokens.TryTake(TokenKind.Operator, "|")) value = ParseFilter(value, line);
            else if (TakeName("is")) value = ParseTest(value, line);
            else if (tokens.Is(TokenKind.Operator, "(")) value = new Call(value, ParseArguments(), line);
            else return value;
        }
    }

    /// <summary>A filter's name and arguments, after the bar.</summary>
    internal Filtered ParseFilter(Expression? value, int line)
    {
        string filter = tokens.ExpectName();
        if (!Filters.IsKnown(filter)) throw tokens.Unsupported($"the filter '{filter}'");
        return new Filtered(value, filter, tokens.Is(TokenKind.Operator, "(") ? ParseArguments() : CallArguments.None, line);
    }

    Expression ParseTest(Expression value, int line)
    {
        bool negated = TakeName("not");
        string test = tokens.ExpectName();
        if (!Tests.IsKnown(test)) throw tokens.Unsupported($"the test '{test}'");
        var arguments = tokens.Is(TokenKind.Operator, "(") ? ParseArguments() : BeginsValue() ? new CallArguments([ParsePostfix(ParsePrimary())], []) : CallArguments.None;
        Expression tested = new Tested(value, test, arguments, line);
        return negated ? new Unary("not", tested, line) : tested;
    }

    bool BeginsValue() => tokens.Current.Kind is TokenKind.String or TokenKind.Integer or TokenKind.Float
        || (tokens.Current.Kind == TokenKind.Name && tokens.Current.Text is not ("and" or "or" or "else" or "is" or "if" or "in" or "not" or "recursive"))
        || tokens.Is(TokenKind.Operator, "[") || tokens.Is(TokenKind.Operator, "{");

    string? TakeOperator(params ReadOnlySpan<string> signs)
    {
        foreach (string sign in signs)
            if (tokens.TryTake(TokenKind.Operator, sign)) return sign;
        return null;
    }

    bool TakeName(string name) => tokens.TryTake(TokenKind.Name, name);
}
