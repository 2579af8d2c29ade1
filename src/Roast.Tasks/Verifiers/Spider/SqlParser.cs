namespace Roast.Tasks;

/// <summary>Reads the SQL of the Spider benchmark: queries with joins, conditions, grouping, order, limit, set operators and nested queries.</summary>
internal sealed class SqlParser
{
    /// <summary>Deepest nesting of queries and parentheses.</summary>
    internal const int MaxDepth = 24;

    static readonly HashSet<string> Reserved = ["select", "from", "where", "group", "having", "order", "limit", "union", "intersect", "except", "on", "join", "inner", "left", "right", "outer", "natural", "cross", "and", "or", "not", "in", "like", "between", "is", "as", "by", "asc", "desc", "exists", "using"];

    readonly List<SqlToken> _tokens;
    int _at, _depth;

    SqlParser(string sql) => _tokens = SqlLexer.Read(sql);

    /// <summary>Reads one query; a semicolon may end it.</summary>
    /// <exception cref="FormatException">It is not SQL of this kind; the message says what was found, where, and what was expected.</exception>
    internal static SqlQuery Read(string sql)
    {
        var parser = new SqlParser(sql);
        var query = parser.Query();
        parser.Take(";");
        if (parser.Next.Kind != SqlTokenKind.End) throw parser.Bad("the end of the query");
        return query;
    }

    SqlToken Next => _tokens[_at];

    SqlQuery Query()
    {
        Deeper();
        if (Take("("))                                      // a query in parentheses, as around a set operator's parts
        {
            var inner = Query();
            Require(")");
            _depth--;
            return SetOperator() is { } joined ? inner with { SetOperator = joined, Next = Query() } : inner;
        }
        Require("select");
        var query = new SqlQuery { Distinct = Take("distinct") };
        do query.Select.Add(Aliased()); while (Take(","));
        if (Take("from")) Sources(query);
        if (Take("where")) Conditions(query.Where);
        if (Take("group")) { Require("by"); do query.GroupBy.Add(Value()); while (Take(",")); }
        if (Take("having")) Conditions(query.Having);
        if (Take("order"))
        {
            Require("by");
            do { var value = Value(); query.OrderBy.Add((value, Direction())); } while (Take(","));
        }
        if (Take("limit")) { query = query with { HasLimit = true }; do Value(); while (Take(",") || Take("offset")); }
        _depth--;
        return SetOperator() is { } set ? query with { SetOperator = set, Next = Query() } : query;
    }

    string? SetOperator()
    {
        string? word = Next.Kind == SqlTokenKind.Word && Next.Text is "union" or "intersect" or "except" ? Next.Text : null;
        if (word is not null) { _at++; Take("all"); }
        return word;
    }

    bool Direction()
    {
        if (Take("desc")) return true;
        Take("asc");
        return false;
    }

    void Sources(SqlQuery query)
    {
        query.From.Add(Source());
        while (true)
        {
            if (Take(",")) query.From.Add(Source());
            else if (Next.Kind == SqlTokenKind.Word && Next.Text is "join" or "inner" or "left" or "right" or "natural" or "cross")
            {
                while (Next.Text is "inner" or "left" or "right" or "natural" or "cross" or "outer") _at++;
                Require("join");
                query.From.Add(Source());
                if (Take("on")) Conditions(new SqlConditions());       // how tables are joined is not compared, as in the published evaluation
                else if (Take("using")) { Require("("); do Name(); while (Take(",")); Require(")"); }
            }
            else return;
        }
    }

    SqlSource Source()
    {
        if (Take("("))
        {
            var query = Query();
            Require(")");
            return new SqlSource(null, query, Alias());
        }
        return new SqlSource(Name(), null, Alias());
    }

    string? Alias() => Take("as") || (Next.Kind == SqlTokenKind.Word && !Reserved.Contains(Next.Text)) ? Name() : null;

    SqlValue Aliased()
    {
        var value = Value();
        if (Take("as")) Name();
        return value;
    }

    void Conditions(SqlConditions conditions)
    {
        Deeper();
        do
        {
            if (Next.Text == "(" && !BeginsValue()) { _at++; Conditions(conditions); Require(")"); }
            else conditions.Items.Add(Condition());
            if (Next.Text is not ("and" or "or")) break;
            conditions.Connectors.Add(Next.Text);
        }
        while (Take("and") || Take("or"));
        _depth--;
    }

    /// <summary>Whether the parenthesis that comes next holds a value, not conditions: a comparison follows it, or a query is in it.</summary>
    bool BeginsValue()
    {
        if (_tokens[_at + 1].Text == "select") return true;
        int depth = 0;
        for (int i = _at; i < _tokens.Count; i++)
        {
            if (_tokens[i].Kind == SqlTokenKind.Mark && _tokens[i].Text == "(") depth++;
            else if (_tokens[i].Kind == SqlTokenKind.Mark && _tokens[i].Text == ")" && --depth == 0) return _tokens[i + 1].Text is "=" or "!=" or "<" or ">" or "<=" or ">=" or "+" or "-" or "*" or "/" or "in" or "like" or "between" or "is" or "not";
        }
        return false;
    }

    SqlCondition Condition()
    {
        bool not = Take("not");
        if (Take("exists")) return new SqlCondition(not, null, "exists", [Primary()]);
        var left = Value();
        not |= Take("not");
        var token = Next;
        if (token.Text is not ("=" or "!=" or "<" or ">" or "<=" or ">=" or "in" or "like" or "between" or "is")) throw Bad("a comparison");
        _at++;
        switch (token.Text)
        {
            case "between":
                var low = Value();
                Require("and");
                return new SqlCondition(not, left, "between", [low, Value()]);
            case "is":
                return new SqlCondition(not | Take("not"), left, "is", [Value()]);
            case "in" when Next.Text == "(" && _tokens[_at + 1].Text != "select":
                var items = new List<SqlValue>();
                Require("(");
                do items.Add(Value()); while (Take(","));
                Require(")");
                return new SqlCondition(not, left, "in", items);
            default:
                return new SqlCondition(not, left, token.Text, [Value()]);
        }
    }

    SqlValue Value()
    {
        var value = Primary();
        while (Next.Kind == SqlTokenKind.Mark && Next.Text is "+" or "-" or "*" or "/" or "||")
        {
            string sign = Next.Text;
            _at++;
            value = new SqlBinary(sign, value, Primary());
        }
        return value;
    }

    SqlValue Primary()
    {
        var token = Next;
        if (token.Kind == SqlTokenKind.Literal) { _at++; return new SqlLiteral(token.Text); }
        if (Take("-") || Take("+")) return Primary();       // a sign of a literal, whose value is not compared
        if (Take("*")) return new SqlColumn(null, "*");
        if (Take("("))
        {
            Deeper();
            SqlValue inner = Next.Text is "select" or "(" ? new SqlSubquery(Query()) : Value();
            Require(")");
            _depth--;
            return inner;
        }
        string name = Name();
        if (name == "null") return new SqlLiteral(name);
        if (Take("."))
            return new SqlColumn(name, Take("*") ? "*" : Name());
        if (!Take("(")) return new SqlColumn(null, name);
        Deeper();
        var (distinct, arguments) = (Take("distinct"), new List<SqlValue>());
        if (Next.Text != ")") do arguments.Add(Value()); while (Take(","));
        Require(")");
        _depth--;
        return new SqlCall(name, distinct, arguments);
    }

    string Name()
    {
        if (Next.Kind == SqlTokenKind.Literal && !char.IsAsciiDigit(Next.Text.FirstOrDefault('0'))) return _tokens[_at++].Text.ToLowerInvariant();       // an alias in quotation marks
        if (Next.Kind != SqlTokenKind.Word || Reserved.Contains(Next.Text)) throw Bad("a name");
        return _tokens[_at++].Text;
    }

    bool Take(string text)
    {
        if (Next.Kind is not (SqlTokenKind.Word or SqlTokenKind.Mark) || Next.Text != text) return false;
        _at++;
        return true;
    }

    void Require(string text)
    {
        if (!Take(text)) throw Bad($"'{text}'");
    }

    void Deeper()
    {
        if (++_depth > MaxDepth) throw new FormatException($"the query is nested deeper than {MaxDepth}");
    }

    FormatException Bad(string expected) => new($"at character {Next.At + 1} stands '{(Next.Text.Length > 40 ? Next.Text[..40] : Next.Text)}'; {expected} was expected");
}
