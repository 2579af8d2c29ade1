using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Roast.Formats;

/// <summary>Reads metadata values one by one, refuses malformed ones by key and value, and remembers which keys nobody asked for.</summary>
sealed class MetadataFields(string file, IReadOnlyDictionary<string, string> metadata)
{
    const int MaxJsonDepth = 3;

    readonly HashSet<string> _asked = [];

    internal Dictionary<string, string> Rest() => metadata.Where(x => !_asked.Contains(x.Key)).ToDictionary();

    internal string? Text(string key)
    {
        _asked.Add(key);
        if (!metadata.TryGetValue(key, out string? value)) return null;
        return value.Length > 0 ? value : throw Malformed(key, "some text, or the key left out");
    }

    internal T? Word<T>(string key, (string Word, T Value)[] words) where T : struct
    {
        if (Text(key) is not { } text) return null;
        int index = Array.FindIndex(words, x => x.Word == text);
        return index >= 0 ? words[index].Value : throw Malformed(key, $"one of {string.Join(", ", words.Select(x => x.Word))}");
    }

    internal T? Integer<T>(string key, T atLeast, T atMost) where T : struct, IBinaryInteger<T>
    {
        if (Text(key) is not { } text) return null;
        return NumberText.TryParse(text, NumberStyles.None, out T value) && value >= atLeast && value <= atMost ? value
            : throw Malformed(key, $"an integer from {atLeast} to {atMost}, in digits");
    }

    internal float? Number(string key, float above, float atMost)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (Text(key) is not { } text) return null;
        return NumberText.TryParse(text, Style, out float value) && float.IsFinite(value) && value > above && value <= atMost ? value
            : throw Malformed(key, float.IsFinite(atMost) ? $"a number above {above:R}, at most {atMost:R}" : "a finite number" + (above == float.NegativeInfinity ? "" : ", 0 or above"));
    }

    /// <summary>Reads a JSON value of one kind; <paramref name="read"/> gives <c>null</c> where an element is not what it should be.</summary>
    internal T? Json<T>(string key, JsonValueKind kind, string expected, Func<JsonElement, T?> read) where T : class
    {
        if (Text(key) is not { } text) return null;
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxJsonDepth, AllowDuplicateProperties = false });
            return (json.RootElement.ValueKind == kind ? read(json.RootElement) : null) ?? throw Malformed(key, expected);
        }
        // InvalidOperationException: a string with half a surrogate pair.
        catch (Exception e) when (e is JsonException or InvalidOperationException) { throw Malformed(key, expected, e); }
    }

    /// <summary>Refuses a group of keys that is there in part.</summary>
    /// <returns><c>false</c> where none is there.</returns>
    internal bool HasAll(params ReadOnlySpan<string> keys)
    {
        (string? there, string? missing) = (null, null);
        foreach (string key in keys)
            if (metadata.ContainsKey(key)) there ??= key;
            else missing ??= key;
        if (there is not null && missing is not null)
            throw new RoastException(RoastError.BadFile, $"{file}: the metadata has {there} but no {missing}; expected {string.Join(", ", keys!)} together or not at all. Write the missing key, or remove the others.");
        return there is not null;
    }

    internal RoastException Malformed(string key, string expected, Exception? inner = null) => new(RoastError.BadFile,
        $"{file}: the metadata has {key} = {BadSafetensors.Quote(metadata[key])}; expected {expected}. Correct the value, or remove the key.", inner);
}
