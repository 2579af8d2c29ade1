using System.Globalization;
using Microsoft.Data.Sqlite;
using Roast.Tasks;
using SQLitePCL;

namespace Roast.Cli.Databases;

/// <summary>Runs queries on SQLite files, opened for reading only, and bounded: a model wrote them.</summary>
/// <param name="folder">Holds NAME/NAME.sqlite, as Spider is published.</param>
internal sealed class SqliteQueries(string folder) : IDatabaseQueries
{
    /// <summary>Most rows of a result.</summary>
    internal const int MaxRows = 100_000;

    const int StepsBetweenLooks = 100_000, MaxLooks = 500;         // virtual machine instructions, in all a few seconds

    public IReadOnlyList<IReadOnlyList<string>> Run(string database, string sql)
    {
        string path = Path.Combine(folder, database, database + ".sqlite");
        if (database.AsSpan().ContainsAny("/\\:") || database.StartsWith('.') || !File.Exists(path))
            throw new RoastException(RoastError.NotFound, $"{path} is not there; a SQLite database for '{database}' was expected. Name the folder that holds NAME/NAME.sqlite.");
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            connection.Open();
            int looks = 0;
            raw.sqlite3_progress_handler(connection.Handle, StepsBetweenLooks, _ => ++looks > MaxLooks ? 1 : 0, null);
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            var rows = new List<IReadOnlyList<string>>();
            while (reader.Read())
            {
                if (rows.Count == MaxRows) throw new FormatException($"the result has more than {MaxRows:N0} rows");
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => Text(reader.GetValue(column)))]);
            }
            return rows;
        }
        catch (SqliteException e)
        {
            throw new FormatException(e.SqliteErrorCode == raw.SQLITE_INTERRUPT ? "it runs too long" : e.Message, e);
        }
    }

    static string Text(object value) => value switch
    {
        DBNull => "NULL",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToHexString(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
