using System.Text.Json;

namespace Roast.Onnx;

/// <summary>The fields of one line of a rollout file, each checked as it is read.</summary>
internal readonly record struct RolloutLine(string Path, int Line, int Vocabulary)
{
    const int ShownCharacters = 60;

    public string Text(JsonElement root, string field) => Get(root, field) is { ValueKind: JsonValueKind.String } value && value.GetString() is { } text
        ? text
        : throw Wrong(root, field, "a text");

    public bool Flag(JsonElement root, string field) => Get(root, field) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value
        ? value.GetBoolean()
        : throw Wrong(root, field, "true or false");

    public int Count(JsonElement root, string field) => Get(root, field) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out int count) && count >= 0
        ? count
        : throw Wrong(root, field, "a whole number from 0");

    /// <summary>At least one token id.</summary>
    public int[] Ids(JsonElement root, string field)
    {
        if (Get(root, field) is not { ValueKind: JsonValueKind.Array } value || value.GetArrayLength() == 0) throw Wrong(root, field, "a list of at least one token id");
        var ids = new int[value.GetArrayLength()];
        for (int i = 0; i < ids.Length; i++)
        {
            if (value[i].ValueKind != JsonValueKind.Number || !value[i].TryGetInt32(out ids[i]) || ids[i] < 0 || ids[i] >= Vocabulary)
                throw Bad($"{field}[{i}]", $"is {Shown(value[i])}", Vocabulary == int.MaxValue ? "a token id" : $"a token id from 0 to {Vocabulary - 1}");
        }
        return ids;
    }

    public RoastException Bad(string field, string found, string expected) =>
        new(RoastError.BadFile, $"{Path}:{Line}:{(field.Length > 0 ? field + ":" : "")} {found}; expected {expected}. Correct the line, or sample the rollouts again.");

    RoastException Wrong(JsonElement root, string field, string expected) => Bad(field, Get(root, field) is { } value ? $"is {Shown(value)}" : "is missing", expected);

    static JsonElement? Get(JsonElement root, string field) => root.TryGetProperty(field, out var value) ? value : null;

    static string Shown(JsonElement value)
    {
        string text = value.GetRawText();
        return text.Length <= ShownCharacters ? text : text[..ShownCharacters] + "...";
    }
}
