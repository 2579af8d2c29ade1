namespace Roast.Tasks;

/// <summary>Runs queries on a task's databases, for execution match. The library has no database engine of its own; <c>roast verify --databases</c> brings SQLite.</summary>
public interface IDatabaseQueries
{
    /// <summary>Runs one query that may not change anything. May be called from several threads.</summary>
    /// <param name="database">The database's name, Spider's <c>db_id</c>.</param>
    /// <param name="sql">The query: a model wrote it, so it is untrusted.</param>
    /// <returns>The rows, each cell as text, numbers in one spelling.</returns>
    /// <exception cref="FormatException">The engine refuses the query, or it exceeds a limit of time or rows; the message says which.</exception>
    IReadOnlyList<IReadOnlyList<string>> Run(string database, string sql);
}
