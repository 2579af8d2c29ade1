namespace Roast.Tasks;

/// <summary>A query: one SELECT, and where there is a set operator, the query behind it.</summary>
internal sealed record SqlQuery
{
    public bool Distinct { get; init; }
    public List<SqlValue> Select { get; } = [];
    public List<SqlSource> From { get; } = [];
    public SqlConditions Where { get; init; } = new();
    public List<SqlValue> GroupBy { get; } = [];
    public SqlConditions Having { get; init; } = new();
    public List<(SqlValue Value, bool Descending)> OrderBy { get; } = [];
    public bool HasLimit { get; init; }
    public string? SetOperator { get; init; }
    public SqlQuery? Next { get; init; }
}

/// <summary>A table or a query to select from, with its alias.</summary>
internal sealed record SqlSource(string? Table, SqlQuery? Query, string? Alias);

/// <summary>Conditions in a row, parentheses taken away, and the words between them.</summary>
internal sealed record SqlConditions
{
    public List<SqlCondition> Items { get; } = [];
    public List<string> Connectors { get; } = [];
}

/// <summary>One comparison: a value, an operator, the values behind it.</summary>
internal sealed record SqlCondition(bool Not, SqlValue? Left, string Operator, IReadOnlyList<SqlValue> Right);

/// <summary>Something with a value.</summary>
internal abstract record SqlValue;

internal sealed record SqlColumn(string? Table, string Name) : SqlValue;

internal sealed record SqlLiteral(string Text) : SqlValue;

internal sealed record SqlCall(string Function, bool Distinct, IReadOnlyList<SqlValue> Arguments) : SqlValue;

internal sealed record SqlBinary(string Operator, SqlValue Left, SqlValue Right) : SqlValue;

internal sealed record SqlSubquery(SqlQuery Query) : SqlValue;
