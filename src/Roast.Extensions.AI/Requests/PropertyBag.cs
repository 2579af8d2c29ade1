using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Roast.Extensions.AI.Requests;

/// <summary>The <c>roast.*</c> entries of a request. A value is what code puts there, or what JSON made of it.</summary>
internal sealed class PropertyBag
{
    readonly AdditionalPropertiesDictionary? _properties;

    /// <exception cref="ArgumentException">A key begins with <c>roast.</c> and is not known.</exception>
    public PropertyBag(AdditionalPropertiesDictionary? properties)
    {
        _properties = properties;
        foreach (string key in properties?.Keys ?? [])
            if (key.StartsWith(SteeringKeys.Prefix, StringComparison.OrdinalIgnoreCase) && !SteeringKeys.All.Contains(key, StringComparer.Ordinal))
                throw new ArgumentException($"AdditionalProperties has the key '{key}'; known are {string.Join(", ", SteeringKeys.All)}. Correct the key, or leave it out.");
    }

    public bool Has(string key) => _properties?.ContainsKey(key) == true;

    /// <summary>The value, JSON's texts, numbers and truths unwrapped; <c>null</c> where it is absent or null.</summary>
    public object? this[string key] => _properties is null || !_properties.TryGetValue(key, out object? value) ? null : value is not JsonElement json ? value : json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => json,
    };

    /// <summary>A number of any of C#'s types; <c>null</c>: absent.</summary>
    public float? Number(string key) => this[key] switch
    {
        null => null,
        float number => number,
        double number => (float)number,
        decimal number => (float)number,
        int number => number,
        long number => number,
        var other => throw Unfit(key, other, "a number"),
    };

    /// <summary>A truth value; <c>null</c>: absent.</summary>
    public bool? Truth(string key) => this[key] switch
    {
        null => null,
        bool truth => truth,
        var other => throw Unfit(key, other, "true or false"),
    };

    public static ArgumentException Unfit(string key, object value, string expected) =>
        new($"AdditionalProperties[\"{key}\"] is {(value is string text ? $"'{text}'" : string.Create(CultureInfo.InvariantCulture, $"{value}"))} ({value.GetType().Name}); expected {expected}.");
}
