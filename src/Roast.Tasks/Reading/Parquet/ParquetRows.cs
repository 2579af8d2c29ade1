namespace Roast.Tasks;

/// <summary>
/// Reads Parquet: text, numbers, truth values, lists and structs of them become the fields of rows; columns of other kinds are left out.
/// Written for this project, since files are not trusted: docs/decisions.md says why.
/// </summary>
internal static class ParquetRows
{
    internal static IEnumerable<TaskRow> Read(string path) => Read(TaskFile.ReadAll(path), path);

    /// <summary>As above, from memory; <paramref name="path"/> names it in messages.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.BadTask"/>: the file is damaged, cut short, encrypted, packed or written in a way that is not known, or more comes out of it than it may hold.</exception>
    internal static IEnumerable<TaskRow> Read(ReadOnlyMemory<byte> bytes, string path) => Read(bytes, path, Try(path, null, () => ParquetFooter.Read(bytes.Span)));

    /// <summary>As above, with a footer that was read before.</summary>
    internal static IEnumerable<TaskRow> Read(ReadOnlyMemory<byte> bytes, string path, ParquetFooter footer)
    {
        var leaves = footer.Root.Leaves.ToList();
        var budget = new ParquetBudget(bytes.Length);
        int number = 0;
        foreach (var group in footer.Groups)
        {
            var rows = Try(path, number + 1, () => new ParquetRowWriter(footer.Root, [.. leaves.Select(leaf => new ParquetCursor(bytes, group.Chunks[leaf.Column], leaf, budget))], budget));
            for (long left = group.Rows; left > 0; left--)
            {
                var row = new TaskRow(path, ++number, "row", default);
                if (number > JsonLines.MaxLines) throw row.Bad($"the file has more than {JsonLines.MaxLines:N0} rows", "Split it");
                yield return row with { Root = Try(path, number, rows.Next) };
            }
            Try(path, number, rows.RequireEnd);
        }
    }

    static T Try<T>(string path, int? row, Func<T> read)
    {
        try { return read(); }
        catch (FormatException e)
        {
            throw new RoastException(RoastError.BadTask, $"{path}{(row is { } number ? $", row {number}" : "")}: this cannot be read as Parquet: {e.Message}. Fetch the data set again, or write it as JSON lines with another program.", e);
        }
    }
}
