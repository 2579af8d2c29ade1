using System.Text.Json;

namespace Roast.Tasks;

/// <summary>The arguments of one instruction, checked. An argument that is null counts as absent, as some published forms have it.</summary>
/// <param name="Id">The instruction.</param>
/// <param name="Root">Its arguments as a JSON object.</param>
internal readonly record struct InstructionArguments(string Id, JsonElement Root)
{
    const int MaxNumber = 1_000_000;

    internal string Text(string name) => Get(name, "text") is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : throw Bad(name, "text");

    internal int Number(string name) => Get(name, "a whole number") is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out double number) && number is >= 0 and <= MaxNumber && number == Math.Floor(number)
        ? (int)number
        : throw Bad(name, $"a whole number from 0 to {MaxNumber}");

    internal List<string> Texts(string name)
    {
        var value = Get(name, "a list of texts");
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0 || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String || item.GetString()!.Length == 0)) throw Bad(name, "a list of texts");
        return [.. value.EnumerateArray().Select(item => item.GetString()!)];
    }

    /// <summary>A count that must be reached, or must not be.</summary>
    internal Bound Bound(string relation, string number) => Text(relation) switch
    {
        "at least" => new Bound(true, Number(number)),
        "less than" => new Bound(false, Number(number)),
        _ => throw Bad(relation, "'at least' or 'less than'"),
    };

    JsonElement Get(string name, string expected) => Root.ValueKind == JsonValueKind.Object && Root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
        ? value
        : throw new FormatException($"field 'kwargs' has no '{name}' for {Id}; {expected} was expected");

    FormatException Bad(string name, string expected) => new($"field 'kwargs' has {TaskRow.Shorten(Root.GetProperty(name).GetRawText())} as '{name}' of {Id}; {expected} was expected");
}

/// <summary>At least a number, or less than it.</summary>
internal readonly record struct Bound(bool AtLeast, int Number)
{
    internal string? Fault(int count, string what) => (AtLeast ? count >= Number : count < Number) ? null : $"{count} {what}; {(AtLeast ? "at least" : "less than")} {Number} expected";
}
