namespace Roast.Tasks;

/// <summary>A task's file in the form that its name says: JSON lines, a JSON list, CSV, TSV or Parquet.</summary>
internal static class TaskFile
{
    /// <summary>Largest file that is read whole, in bytes: a JSON list, a CSV or a Parquet file.</summary>
    internal const int MaxBytes = 256 * 1024 * 1024;

    internal static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <summary>The rows of a file, one after another.</summary>
    internal static IEnumerable<TaskRow> Read(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".json" => JsonList.Is(path) ? JsonList.Read(path) : JsonLines.Read(path),
        ".csv" => CsvRows.Read(path, ','),
        ".tsv" => CsvRows.Read(path, '\t'),
        ".parquet" => ParquetRows.Read(path),
        _ => JsonLines.Read(path),
    };

    internal static FileStream Open(string path)
    {
        if (Directory.Exists(path)) throw new RoastException(RoastError.NotFound, $"{path} cannot be opened: it is a folder. Name a file with questions in it.");
        try { return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RoastException(RoastError.NotFound, $"{path} cannot be opened: {e.Message} Name a file with questions, such as models/two-annotators/problems/train.jsonl.", e);
        }
    }

    /// <summary>The bytes of a file without its byte order mark.</summary>
    internal static ReadOnlyMemory<byte> ReadAll(string path, int maxBytes = MaxBytes)
    {
        using var file = Open(path);
        if (file.Length > maxBytes) throw new RoastException(RoastError.TooLarge, $"{path} has {file.Length:N0} bytes; at most {maxBytes:N0} are read of such a file. Split it, or write it as JSON lines.");
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes.AsSpan().StartsWith(ByteOrderMark) ? bytes.AsMemory(ByteOrderMark.Length) : bytes;
    }
}
