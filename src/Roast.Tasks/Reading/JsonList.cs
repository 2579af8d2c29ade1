using System.Text.Json;
using System.Text.Unicode;

namespace Roast.Tasks;

/// <summary>Reads a file that is one JSON list of objects.</summary>
internal static class JsonList
{
    static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    /// <summary>Whether the first character that is no white space opens a list; a JSON object there begins JSON lines.</summary>
    internal static bool Is(string path)
    {
        using var file = TaskFile.Open(path);
        Span<byte> start = stackalloc byte[512];
        var read = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (read.StartsWith(TaskFile.ByteOrderMark)) read = read[TaskFile.ByteOrderMark.Length..];
        read = read.TrimStart(" \t\r\n"u8);
        return read.Length > 0 && read[0] == (byte)'[';
    }

    internal static IEnumerable<TaskRow> Read(string path) => Read(TaskFile.ReadAll(path), path);

    /// <summary>As above, from memory; <paramref name="path"/> names it in messages.</summary>
    internal static IEnumerable<TaskRow> Read(ReadOnlyMemory<byte> bytes, string path)
    {
        using var document = Parse(bytes, path);
        if (document.RootElement.ValueKind != JsonValueKind.Array) throw new RoastException(RoastError.BadTask, $"{path}: holds a JSON {document.RootElement.ValueKind.ToString().ToLowerInvariant()}; a list of objects was expected. Correct it.");
        int number = 0;
        foreach (var item in document.RootElement.EnumerateArray())
        {
            var row = new TaskRow(path, ++number, "item", item.Clone());
            if (number > JsonLines.MaxLines) throw row.Bad($"the list has more than {JsonLines.MaxLines:N0} items", "Split the file");
            if (item.ValueKind != JsonValueKind.Object) throw row.Bad($"the item is a JSON {item.ValueKind.ToString().ToLowerInvariant()}; an object was expected", "Write one object in braces for each question");
            yield return row;
        }
    }

    /// <summary>A whole JSON file, checked.</summary>
    internal static JsonDocument Parse(string path) => Parse(TaskFile.ReadAll(path), path);

    /// <summary>As above, from memory; <paramref name="path"/> names it in messages.</summary>
    internal static JsonDocument Parse(ReadOnlyMemory<byte> bytes, string path)
    {
        if (!Utf8.IsValid(bytes.Span)) throw new RoastException(RoastError.BadTask, $"{path}: the bytes are not UTF-8. Save the file as UTF-8.");
        try { return JsonDocument.Parse(bytes, Options); }
        // A member's name with half a surrogate pair is JSON, but no text.
        catch (InvalidOperationException e) { throw new RoastException(RoastError.BadTask, $"{path} is not JSON: {e.Message} Correct it.", e); }
        catch (JsonException e) { throw new RoastException(RoastError.BadTask, $"{path}, line {e.LineNumber + 1} is not JSON: {e.Message} Correct it.", e); }
    }
}
