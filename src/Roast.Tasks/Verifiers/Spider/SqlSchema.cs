using System.Text;

namespace Roast.Tasks;

/// <summary>Tables and columns of a database, and which columns stand for each other by foreign keys. Names are in lower case.</summary>
/// <param name="Tables">Each table's columns, in order.</param>
/// <param name="ForeignKeys">Pairs of columns, each <c>table.column</c>.</param>
internal sealed record SqlSchema(IReadOnlyList<(string Table, IReadOnlyList<string> Columns)> Tables, IReadOnlyList<(string From, string To)> ForeignKeys)
{
    readonly Dictionary<string, string> _same = Groups(ForeignKeys);

    /// <summary>One name for all columns that foreign keys tie together.</summary>
    internal string Representative(string column) => _same.GetValueOrDefault(column, column);

    /// <summary>Whether a table has a column.</summary>
    internal bool Has(string table, string column) => Tables.Any(entry => entry.Table == table && entry.Columns.Contains(column));

    /// <summary>For a prompt: a table a line, its columns in parentheses.</summary>
    internal string Describe()
    {
        var text = new StringBuilder();
        foreach (var (table, columns) in Tables) text.Append($"{(text.Length > 0 ? "\n" : "")}{table}({string.Join(", ", columns)})");
        return text.ToString();
    }

    static Dictionary<string, string> Groups(IReadOnlyList<(string From, string To)> keys)
    {
        var same = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (from, to) in keys)
        {
            string a = same.GetValueOrDefault(from, from), b = same.GetValueOrDefault(to, to), first = string.CompareOrdinal(a, b) <= 0 ? a : b;
            foreach (string column in same.Where(pair => pair.Value == a || pair.Value == b).Select(pair => pair.Key).ToList()) same[column] = first;
            foreach (string column in (string[])[a, b, from, to]) same[column] = first;
        }
        return same;
    }
}
