namespace Roast.Tasks;

/// <summary>What exact-set match compares: a query's components as sets of text, with aliases resolved, values left out, and set operators' parts inside.</summary>
/// <param name="Components">Name of the component to its canonical text; an absent one is empty.</param>
internal sealed record SqlShape(IReadOnlyList<(string Name, string Text)> Components)
{
    /// <summary>The first component in which two queries differ; <c>null</c> where they match.</summary>
    internal (string Name, string Expected, string Found)? Difference(SqlShape found)
    {
        for (int i = 0; i < Components.Count; i++)
            if (Components[i].Text != found.Components[i].Text) return (Components[i].Name, Components[i].Text, found.Components[i].Text);
        return null;
    }

    internal static SqlShape Of(SqlQuery query, SqlSchema? schema) => new SqlNaming(query, schema, outer: null).Shape();

    public override string ToString() => string.Join(" ", Components.Where(part => part.Text.Length > 0).Select(part => $"{part.Name}[{part.Text}]"));
}

/// <summary>Names of one query's columns: aliases become tables, a column without a table gets the one that has it.</summary>
internal sealed class SqlNaming
{
    const string AnyValue = "?";

    readonly SqlQuery _query;
    readonly SqlSchema? _schema;
    readonly SqlNaming? _outer;
    readonly Dictionary<string, string> _tables = new(StringComparer.Ordinal);     // alias, and own name, to table

    internal SqlNaming(SqlQuery query, SqlSchema? schema, SqlNaming? outer)
    {
        (_query, _schema, _outer) = (query, schema, outer);
        foreach (var source in query.From)
        {
            if (source.Table is not { } table) continue;
            _tables[table] = table;
            if (source.Alias is { } alias) _tables[alias] = table;
        }
    }

    internal SqlShape Shape() => new(
    [
        ("select", (_query.Distinct ? "distinct " : "") + Sorted(_query.Select.Select(Text))),
        ("from", Sorted(_query.From.Select(source => source.Table ?? $"({Nested(source.Query!)})"))),
        ("where", Conditions(_query.Where)),
        ("group by", Sorted(_query.GroupBy.Select(Text))),
        ("having", Conditions(_query.Having)),
        ("order by", string.Join(", ", _query.OrderBy.Select(item => Text(item.Value) + (item.Descending ? " desc" : " asc")))),
        ("limit", _query.HasLimit ? AnyValue : ""),
        ("set operator", _query.Next is { } next ? $"{_query.SetOperator} {Nested(next)}" : ""),
    ]);

    string Nested(SqlQuery query) => new SqlNaming(query, _schema, this).Shape().ToString();

    string Conditions(SqlConditions conditions) =>
        Sorted(conditions.Items.Select(Text)) + (conditions.Connectors.Count == 0 ? "" : $" by {Sorted(conditions.Connectors.Distinct())}");

    string Text(SqlCondition condition) =>
        $"{(condition.Not ? "not " : "")}{(condition.Left is { } left ? Text(left) + " " : "")}{condition.Operator} {(condition.Operator == "in" && condition.Right.All(value => value is SqlLiteral) ? AnyValue : string.Join(" ", condition.Right.Select(Text)))}";

    string Text(SqlValue value) => value switch
    {
        SqlLiteral => AnyValue,
        SqlColumn column => Column(column),
        SqlCall call => $"{call.Function}({(call.Distinct ? "distinct " : "")}{string.Join(", ", call.Arguments.Select(Text))})",
        SqlBinary binary => $"({Text(binary.Left)} {binary.Operator} {Text(binary.Right)})",
        SqlSubquery nested => $"({Nested(nested.Query)})",
        _ => throw new InvalidOperationException($"A value of an unknown kind: {value.GetType().Name}."),
    };

    string Column(SqlColumn column)
    {
        if (column.Name == "*") return "*";
        for (var naming = this; naming is not null; naming = naming._outer)
            if (naming.Table(column) is { } table) return _schema?.Representative($"{table}.{column.Name}") ?? $"{table}.{column.Name}";
        return column.Name;                                 // no schema says whose it is, or a query in FROM made it
    }

    string? Table(SqlColumn column)
    {
        if (column.Table is { } named) return _tables.GetValueOrDefault(named);
        string[] tables = [.. _tables.Values.Distinct()];
        return tables.Length == 1 && (_schema is null || _outer is null || _schema.Has(tables[0], column.Name)) && _query.From.All(source => source.Table is not null)
            ? tables[0]
            : tables.FirstOrDefault(table => _schema?.Has(table, column.Name) == true);
    }

    static string Sorted(IEnumerable<string> parts) => string.Join(", ", parts.Order(StringComparer.Ordinal));
}
