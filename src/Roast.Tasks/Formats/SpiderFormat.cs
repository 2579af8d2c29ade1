namespace Roast.Tasks;

/// <summary><c>spider</c>: questions to a database (arXiv 1809.08887), {"db_id", "question", "query"}; <c>tables.json</c> beside the file gives the schemas.</summary>
internal sealed class SpiderFormat : TaskFormat
{
    readonly IReadOnlyDictionary<string, SqlSchema> _schemas;

    internal SpiderFormat() : this(new Dictionary<string, SqlSchema>()) { }

    SpiderFormat(IReadOnlyDictionary<string, SqlSchema> schemas)
    {
        _schemas = schemas;
        Verifier = new SpiderVerifier(schemas);
    }

    public override string Name => "spider";
    public override string Summary => "A question to a database; the answer is an SQL query.";
    public override string Source => "Spider, Yu et al. (arXiv 1809.08887), CC BY-SA 4.0";
    public override string Fields => "db_id, question, query; id may be left out";
    public override IVerifier Verifier { get; }
    public override PromptTemplate Template { get; } = new("Database {db_id}:\n{schema}\n\nQuestion: {text}\n\nWrite one SQLite query that answers the question.");
    public override string Sample => """{"db_id": "library", "question": "How many books are there for each author?", "query": "SELECT author, count(*) FROM book GROUP BY author", "schema": "book(book_id, title, author)"}""";

    protected override TaskFormat For(string path) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, SpiderSchemas.FileName) is var tables && File.Exists(tables) ? new SpiderFormat(SpiderSchemas.Read(tables)) : this;

    protected override Question Read(TaskRow row, string fallbackId)
    {
        (string database, string query) = (row.Text("db_id"), row.Text("query"));
        try { SqlParser.Read(query); }
        catch (FormatException e) { throw row.Bad($"field 'query' cannot be read as SQL: {e.Message}", "Correct it"); }
        return new Question
        {
            Id = row.OptionalScalar("id") ?? fallbackId,
            Prompt = row.Text("question").Trim(),
            Answer = query,
            Fields = new Dictionary<string, string>
            {
                [SpiderVerifier.Database] = database,
                ["schema"] = row.OptionalText("schema") ?? (_schemas.TryGetValue(database, out var schema) ? schema.Describe() : "(its tables are not known)"),
            },
        };
    }
}
