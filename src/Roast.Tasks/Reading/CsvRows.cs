using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Roast.Tasks;

/// <summary>Reads CSV (RFC 4180: quoted fields may hold separators, line ends and doubled quotes) or TSV whose first row names the columns.</summary>
internal static class CsvRows
{
    /// <summary>Most columns of a file.</summary>
    internal const int MaxColumns = 1_000;

    internal static IEnumerable<TaskRow> Read(string path, char separator) => Read(TaskFile.ReadAll(path), path, separator);

    /// <summary>As above, from memory; <paramref name="path"/> names it in messages.</summary>
    internal static IEnumerable<TaskRow> Read(ReadOnlyMemory<byte> bytes, string path, char separator)
    {
        if (!Utf8.IsValid(bytes.Span)) throw new RoastException(RoastError.BadTask, $"{path}, line {1 + ValidUntil(bytes.Span).Count((byte)'\n')}: the bytes are not UTF-8. Save the file as UTF-8.");
        // GLUE's TSV files have no quoting: a quotation mark there is a character like any other.
        var scanner = new CsvScanner(path, Encoding.UTF8.GetString(bytes.Span), separator, quotes: separator != '\t');
        var names = Header(path, scanner);
        if (names is null) yield break;
        for (int number = 1; scanner.Next() is { } cells; number++)
        {
            var row = new TaskRow(path, number, "row", default);
            if (number > JsonLines.MaxLines) throw row.Bad($"the file has more than {JsonLines.MaxLines:N0} rows", "Split it");
            if (cells.Count == 1 && cells[0].Length == 0) continue;
            if (cells.Count != names.Count)
                throw row.Bad($"the row, from line {scanner.RowLine} on, has {cells.Count} cells; {names.Count} were expected, as in the first line", "Put cells that hold separators or line ends in quotation marks");
            yield return row with { Root = Object(names, cells) };
        }
    }

    static IReadOnlyList<string>? Header(string path, CsvScanner scanner)
    {
        if (scanner.Next() is not { } names) return null;
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new RoastException(RoastError.BadTask, $"{path}, line 1: the column '{twice.Key}' is there {twice.Count()} times; names must differ. The first line must name the columns.");
        return names;
    }

    /// <summary>An empty cell is an absent field.</summary>
    static JsonElement Object(IReadOnlyList<string> names, IReadOnlyList<string> cells)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            for (int i = 0; i < names.Count; i++)
                if (cells[i].Length > 0) json.WriteString(names[i], cells[i]);
            json.WriteEndObject();
        }
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    static ReadOnlySpan<byte> ValidUntil(ReadOnlySpan<byte> bytes)
    {
        int low = 0;
        while (Rune.DecodeFromUtf8(bytes[low..], out _, out int length) == OperationStatus.Done) low += length;
        return bytes[..low];
    }
}
