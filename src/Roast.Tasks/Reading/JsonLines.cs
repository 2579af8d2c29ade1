using System.Text.Json;
using System.Text.Unicode;
using Roast.Formats;

namespace Roast.Tasks;

/// <summary>Reads JSONL: bounded, UTF-8 checked, one object a line, blank lines ignored.</summary>
internal static class JsonLines
{
    /// <summary>Longest line in bytes.</summary>
    internal const int MaxLineBytes = 4 * 1024 * 1024;

    /// <summary>Most lines of a file, blank ones included.</summary>
    internal const int MaxLines = 2_000_000;

    static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    /// <summary>The objects of a file, one after another.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.NotFound"/>, <see cref="RoastError.BadTask"/>, or <see cref="RoastError.TooLarge"/>: a line above the limit. The message names file and line.</exception>
    internal static IEnumerable<TaskRow> Read(string path)
    {
        using var file = TaskFile.Open(path);
        foreach (var line in Read(file, path)) yield return line;
    }

    /// <summary>As above, from a stream; <paramref name="path"/> names it in messages.</summary>
    internal static IEnumerable<TaskRow> Read(Stream file, string path)
    {
        int number = 0;
        foreach (var bytes in BoundedLines.Read(file, path, MaxLineBytes))
        {
            number++;
            if (Parse(path, number, number == 1 && bytes.Span.StartsWith(TaskFile.ByteOrderMark) ? bytes[TaskFile.ByteOrderMark.Length..] : bytes) is { } line) yield return line;
        }
    }

    static TaskRow? Parse(string path, int number, ReadOnlyMemory<byte> bytes)
    {
        var line = new TaskRow(path, number, "line", default);
        if (number > MaxLines) throw line.Bad($"the file has more than {MaxLines:N0} lines", "Split it");
        if (!bytes.Span.ContainsAnyExcept(" \t\r"u8)) return null;
        if (!Utf8.IsValid(bytes.Span)) throw line.Bad("the bytes are not UTF-8", "Save the file as UTF-8");
        try
        {
            using var document = JsonDocument.Parse(bytes, Options);
            line = line with { Root = document.RootElement.Clone() };
        }
        // InvalidOperationException: a member's name with half a surrogate pair is JSON, but no text.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new RoastException(RoastError.BadTask, $"{path}, line {number} is not JSON: {e.Message} Each line must be one JSON object; correct or delete this one.", e);
        }
        return line.Root.ValueKind == JsonValueKind.Object
            ? line
            : throw line.Bad($"the line holds a JSON {line.Root.ValueKind.ToString().ToLowerInvariant()}; an object was expected", "Write one object in braces on each line");
    }
}
