using System.Text.Json;

namespace Roast.Tasks;

/// <summary>One object of a JSONL file, and the wording of what is wrong with it.</summary>
/// <param name="File">The file's path.</param>
/// <param name="Number">The line, from 1.</param>
/// <param name="Root">The object.</param>
internal readonly record struct JsonLine(string File, int Number, JsonElement Root)
{
    /// <summary>The text of a field that must be there and must not be blank.</summary>
    internal string Text(string field) => OptionalText(field)
        ?? throw Bad($"field '{field}' is missing; text was expected", $"Add '{field}' to the line, or choose the task that the file was written for ({string.Join(", ", TaskFormats.Names)})");

    /// <summary>The text of a field; <c>null</c> where it is absent or null.</summary>
    internal string? OptionalText(string field)
    {
        if (!Root.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind != JsonValueKind.String)
            throw Bad($"field '{field}' is {Shorten(value.GetRawText())}; text in quotation marks was expected", "Put the value in quotation marks");
        string? text;
        try { text = value.GetString(); }
        catch (InvalidOperationException) { throw Bad($"field '{field}' holds half a surrogate pair; Unicode text was expected", "Write the file again as UTF-8"); }
        return string.IsNullOrWhiteSpace(text) ? throw Bad($"field '{field}' is blank; text was expected", "Fill it in, or delete the line") : text;
    }

    /// <summary>An error about this line.</summary>
    internal RoastException Bad(string what, string next) => new(RoastError.BadTask, $"{File}, line {Number}: {what}. {next}.");

    static string Shorten(string text) => text.Length > 40 ? text[..40] + "..." : text;
}
