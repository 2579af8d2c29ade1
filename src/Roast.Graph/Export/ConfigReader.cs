using System.Globalization;
using System.Text.Json;

namespace Roast.Graph.Export;

/// <summary>Reads single fields of a JSON object; every message names file, field, value found and what was expected.</summary>
internal sealed class ConfigReader(JsonElement root, string file, string prefix = "")
{
    /// <summary>The file that the fields come from, for messages.</summary>
    public string File => file;

    public int Integer(string field, int min, int max) => Number(field) is { } value ? Integer(field, value, min, max) : throw Missing(field);

    public int? OptionalInteger(string field, int min, int max) => Number(field) is { } value ? Integer(field, value, min, max) : null;

    /// <summary>A finite number strictly between the bounds.</summary>
    public double? OptionalReal(string field, double above, double below)
    {
        if (Number(field) is not { } value) return null;
        return value.TryGetDouble(out double real) && real > above && real < below
            ? real
            : throw Bad(field, value, $"a number above {above.ToString(CultureInfo.InvariantCulture)} and below {below.ToString(CultureInfo.InvariantCulture)}");
    }

    public bool? OptionalFlag(string field)
    {
        if (Find(field) is not { } value) return null;
        return value.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => throw Bad(field, value, "true or false") };
    }

    public string? OptionalText(string field)
    {
        if (Find(field) is not { } value) return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Bad(field, value, "a string");
    }

    public ConfigReader? OptionalObject(string field)
    {
        if (Find(field) is not { } value) return null;
        return value.ValueKind == JsonValueKind.Object ? new ConfigReader(value, file, $"{prefix}{field}.") : throw Bad(field, value, "an object");
    }

    /// <summary>A number or an array of numbers, as <c>eos_token_id</c> comes; empty where the field is absent.</summary>
    public int[] Integers(string field, int min, int max) => Find(field) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } values => [.. values.EnumerateArray().Select(value => Integer(field, value, min, max))],
        { } value => [Integer(field, value, min, max)],
    };

    /// <summary>The strings of an array; empty where the field is absent.</summary>
    public string[] Texts(string field) => Find(field) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } values when values.EnumerateArray().All(value => value.ValueKind == JsonValueKind.String)
            => [.. values.EnumerateArray().Select(value => value.GetString()!)],
        { } value => throw Bad(field, value, "an array of strings"),
    };

    public RoastException Missing(string field) =>
        new(RoastError.BadFile, $"{file}: '{prefix}{field}' is missing. Expected the config.json of a causal language model: fetch the model's files again.");

    public RoastException Unsupported(string field, string found, string known) =>
        new(RoastError.Unsupported, $"{file}: '{prefix}{field}' is {found}; this version knows {known}. Use a model of a known kind, or an ONNX export that carries Roast's points.");

    // JSON null means the same as an absent field in every config.json.
    JsonElement? Find(string field) => root.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    JsonElement? Number(string field) => Find(field) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number ? value : throw Bad(field, value, "a number");

    int Integer(string field, JsonElement value, int min, int max) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= min && number <= max
            ? (int)number
            : throw Bad(field, value, $"a whole number from {min} to {max}");

    RoastException Bad(string field, JsonElement value, string expected)
    {
        string found = value.GetRawText();
        if (found.Length > 60) found = found[..60] + "...";
        return new RoastException(RoastError.BadFile, $"{file}: '{prefix}{field}' is {found}; expected {expected}. The file is damaged or not a config.json: fetch the model's files again.");
    }
}
