namespace Roast.Tasks;

/// <summary>
/// Exact-set match of Spider (arXiv 1809.08887): right is a query whose components equal the reference's as sets (select, from, where,
/// group by, having, order by, limit, set operators), values left out; or, where databases are given, one whose result is the
/// reference's. Columns without a table, and columns that foreign keys tie together, are told by the schema where it is known.
/// </summary>
public sealed class SpiderVerifier : IVerifier
{
    /// <summary>The field with the database's name.</summary>
    public const string Database = "db_id";

    readonly IReadOnlyDictionary<string, SqlSchema> _schemas;

    /// <summary>Compares without schemas: a column without a table among several tables is then known by its name alone.</summary>
    public SpiderVerifier() => _schemas = new Dictionary<string, SqlSchema>();

    internal SpiderVerifier(IReadOnlyDictionary<string, SqlSchema> schemas) => _schemas = schemas;

    /// <summary>Compares results on these databases instead of components; <c>null</c>, the default, compares components.</summary>
    public IDatabaseQueries? Databases { get; init; }

    /// <summary>The verifier with the same schemas that compares results on databases.</summary>
    public SpiderVerifier WithDatabases(IDatabaseQueries databases)
    {
        ArgumentNullException.ThrowIfNull(databases);
        return new SpiderVerifier(_schemas) { Databases = databases };
    }

    /// <inheritdoc/>
    public Verdict Check(Question question, string response)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(response);
        if (SqlInText.Find(response) is not { } sql) return Verdict.Wrong($"the response {Verdict.Shown(response)} has no SELECT");
        string database = question.Fields.GetValueOrDefault(Database, "");
        return Databases is { } databases ? ByResult(databases, database, question.Answer, sql) : ByComponents(database, question.Answer, sql);
    }

    Verdict ByComponents(string database, string answer, string sql)
    {
        var schema = _schemas.GetValueOrDefault(database);
        SqlShape expected, found;
        try { expected = SqlShape.Of(SqlParser.Read(answer), schema); }
        catch (FormatException e) { return Verdict.Wrong($"the reference query cannot be read: {e.Message}"); }
        try { found = SqlShape.Of(SqlParser.Read(sql), schema); }
        catch (FormatException e) { return Verdict.Wrong($"the query {Verdict.Shown(sql)} cannot be read: {e.Message}"); }
        return expected.Difference(found) is { } difference
            ? Verdict.Wrong($"{difference.Name} is {Verdict.Shown(difference.Found)}; {Verdict.Shown(difference.Expected)} was expected")
            : Verdict.Right("all components match");
    }

    static Verdict ByResult(IDatabaseQueries databases, string database, string answer, string sql)
    {
        IReadOnlyList<IReadOnlyList<string>> expected, found;
        try { expected = databases.Run(database, answer); }
        catch (FormatException e) { return Verdict.Wrong($"the reference query fails: {e.Message}"); }
        try { found = databases.Run(database, sql); }
        catch (FormatException e) { return Verdict.Wrong($"the query fails: {e.Message}"); }
        bool ordered;
        try { ordered = SqlParser.Read(answer).OrderBy.Count > 0; }
        catch (FormatException) { ordered = false; }
        string[] want = Lines(expected, ordered), have = Lines(found, ordered);
        return want.SequenceEqual(have, StringComparer.Ordinal)
            ? Verdict.Right($"the same {want.Length} rows")
            : Verdict.Wrong($"{have.Length} rows, first {Verdict.Shown(have.FirstOrDefault("none"))}; {want.Length} rows, first {Verdict.Shown(want.FirstOrDefault("none"))}, were expected");
    }

    static string[] Lines(IReadOnlyList<IReadOnlyList<string>> rows, bool ordered)
    {
        var lines = rows.Select(row => string.Join('\u001F', row));
        return ordered ? [.. lines] : [.. lines.Order(StringComparer.Ordinal)];
    }
}
