using System.Globalization;
using System.Text.Json;
using Roast.Formats;

namespace Roast.Tasks;

/// <summary>One row of a task's file, whatever its form, and the wording of what is wrong with it.</summary>
/// <param name="File">The file's path.</param>
/// <param name="Number">Its place, from 1: the line of JSONL; the row of CSV, its header not counted; the item of a JSON list.</param>
/// <param name="Unit">What <paramref name="Number"/> counts: line, row or item.</param>
/// <param name="Root">The row as a JSON object.</param>
public readonly record struct TaskRow(string File, int Number, string Unit, JsonElement Root)
{
    const int MostShown = 40;                               // characters of a value in a message

    /// <summary>Where it stands, for messages: <c>line 3</c>.</summary>
    public string Place => string.Create(CultureInfo.InvariantCulture, $"{Unit} {Number}");

    /// <summary>The text of a field that must be there and must not be blank.</summary>
    public string Text(string field) => OptionalText(field)
        ?? throw Missing(field, "text");

    /// <summary>The text of a field; <c>null</c> where it is absent or null.</summary>
    public string? OptionalText(string field)
    {
        if (!Has(field, out var value)) return null;
        if (value.ValueKind != JsonValueKind.String) throw Unexpected(field, value, "text in quotation marks", "Put the value in quotation marks");
        string text = AnyText(field, value);
        return string.IsNullOrWhiteSpace(text) ? throw Bad($"field '{field}' is blank; text was expected", "Fill it in, or delete the row") : text;
    }

    /// <summary>Text, or a number or truth value in its JSON spelling; <c>null</c> where the field is absent or null.</summary>
    public string? OptionalScalar(string field) => !Has(field, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => OptionalText(field),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => throw Unexpected(field, value, "text, a number or a truth value", "Write one value"),
    };

    /// <summary>A whole number from 0 to below a limit, as a number or as text.</summary>
    public int Index(string field, int count)
    {
        string text = OptionalScalar(field) ?? throw Missing(field, $"a number from 0 to {count - 1}");
        return NumberText.TryParse(text, NumberStyles.None, out int index) && index < count
            ? index
            : throw Bad($"field '{field}' is {Shorten(text)}; a number from 0 to {count - 1} was expected", "Correct it");
    }

    /// <summary>A list of texts with at least one, none blank.</summary>
    public IReadOnlyList<string> Texts(string field)
    {
        if (!Has(field, out var value)) throw Missing(field, "a list of texts");
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0) throw Unexpected(field, value, "a list of texts", "Write the texts in brackets");
        var texts = new List<string>(value.GetArrayLength());
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String) throw Unexpected(field, item, "a list of texts", "Put each in quotation marks");
            texts.Add(AnyText(field, item));
            if (string.IsNullOrWhiteSpace(texts[^1])) throw Bad($"field '{field}' has a blank text in its list", "Fill it in, or delete it");
        }
        return texts;
    }

    /// <summary>Whether a field is there and not null.</summary>
    public bool Has(string field, out JsonElement value) => Root.TryGetProperty(field, out value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>An error about this row.</summary>
    /// <param name="what">What was found, and what was expected.</param>
    /// <param name="next">What to do, without a full stop.</param>
    public RoastException Bad(string what, string next) => new(RoastError.BadTask, $"{File}, {Place}: {what}. {next}.");

    /// <summary>An error about a field that is not there.</summary>
    public RoastException Missing(string field, string expected) =>
        Bad($"field '{field}' is missing; {expected} was expected", $"Add '{field}' to the {Unit}, or choose the task that the file was written for ({string.Join(", ", TaskFormats.Names)})");

    /// <summary>An error about a field of the wrong kind.</summary>
    public RoastException Unexpected(string field, JsonElement value, string expected, string next) =>
        Bad($"field '{field}' is {Shorten(value.GetRawText())}; {expected} was expected", next);

    internal static string Shorten(string text) => text.Length > MostShown ? text[..MostShown] + "..." : text;

    /// <summary>Runs what takes values out of this row. JSON can hold half of a surrogate pair, which is no text; it shows when the text is taken out.</summary>
    internal T WholeText<T>(Func<T> read)
    {
        try { return read(); }
        catch (InvalidOperationException e) { throw Bad($"a value is no text: {e.Message.TrimEnd('.')}", "Write whole characters"); }
    }

    /// <summary>A text that may be blank.</summary>
    internal string AnyText(string field, JsonElement value)
    {
        try { return value.GetString()!; }
        catch (InvalidOperationException) { throw Bad($"field '{field}' holds half a surrogate pair; Unicode text was expected", "Write the file again as UTF-8"); }
    }
}
