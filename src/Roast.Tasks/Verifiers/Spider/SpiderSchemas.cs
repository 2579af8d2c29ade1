using System.Text.Json;

namespace Roast.Tasks;

/// <summary>Reads Spider's <c>tables.json</c>: a list of databases with table names, columns and foreign keys.</summary>
internal static class SpiderSchemas
{
    internal const string FileName = "tables.json";

    internal static IReadOnlyDictionary<string, SqlSchema> Read(string path) => Read(JsonList.Read(path));

    /// <summary>As above, from rows.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.BadTask"/>: a database twice, or a field that is missing or malformed.</exception>
    internal static IReadOnlyDictionary<string, SqlSchema> Read(IEnumerable<TaskRow> rows)
    {
        var schemas = new Dictionary<string, SqlSchema>(StringComparer.Ordinal);
        foreach (var row in rows)
            if (!schemas.TryAdd(row.Text("db_id"), row.WholeText(() => Schema(row)))) throw row.Bad($"the database '{row.Text("db_id")}' is there twice", "Take one out");
        return schemas;
    }

    static SqlSchema Schema(TaskRow row)
    {
        string[] tables = [.. row.Texts("table_names_original").Select(name => name.ToLowerInvariant())];
        var columns = new List<(int Table, string Name)>();
        foreach (var column in List(row, "column_names_original"))
            columns.Add(column.ValueKind == JsonValueKind.Array && column.GetArrayLength() == 2 && column[0].TryGetInt32(out int table) && table >= -1 && table < tables.Length && column[1].ValueKind == JsonValueKind.String
                ? (table, column[1].GetString()!.ToLowerInvariant())
                : throw row.Unexpected("column_names_original", column, "a table's number and a name", "Fetch the data set again"));
        var keys = new List<(string, string)>();
        foreach (var key in List(row, "foreign_keys"))
            keys.Add(key.ValueKind == JsonValueKind.Array && key.GetArrayLength() == 2 && IsColumn(key[0], columns.Count, out int from) && IsColumn(key[1], columns.Count, out int to) && columns[from].Table >= 0 && columns[to].Table >= 0
                ? (Name(from), Name(to))
                : throw row.Unexpected("foreign_keys", key, "the numbers of two columns", "Fetch the data set again"));
        return new SqlSchema([.. tables.Select((table, i) => (table, (IReadOnlyList<string>)[.. columns.Where(column => column.Table == i).Select(column => column.Name)]))], keys);

        string Name(int column) => $"{tables[columns[column].Table]}.{columns[column].Name}";
    }

    static JsonElement.ArrayEnumerator List(TaskRow row, string field) => !row.Has(field, out var value) ? throw row.Missing(field, "a list")
        : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw row.Unexpected(field, value, "a list", "Fetch the data set again");

    static bool IsColumn(JsonElement value, int count, out int index)
    {
        index = -1;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out index) && index >= 0 && index < count;
    }
}
