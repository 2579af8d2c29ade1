using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Roast.Text.Templates;

/// <summary>JSON from a caller as values: its strings, keys too, came from outside.</summary>
internal static class JsonValues
{
    /// <exception cref="ArgumentException">The element is undefined, or has more than a template may hold.</exception>
    internal static Value Read(JsonElement element)
    {
        try { return Convert(element); }
        catch (Fault fault) { throw new ArgumentException($"A JSON value is too large: {fault.Message}."); }
        catch (InvalidOperationException e) { throw new ArgumentException($"A JSON text holds half a surrogate pair (\\uD800 to \\uDFFF without its other half), which is no character: {e.Message} Write whole characters.", e); }
    }

    static Value Convert(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => NoneValue.Instance,
        JsonValueKind.True or JsonValueKind.False => BoolValue.Of(element.GetBoolean()),
        JsonValueKind.String => StringValue.FromOutside(element.GetString()!),
        JsonValueKind.Number => Number(element.GetRawText()),
        JsonValueKind.Array when element.GetArrayLength() <= ListValue.MaxItems => new ListValue([.. element.EnumerateArray().Select(Convert)]),
        JsonValueKind.Array => throw new ArgumentException($"A JSON list has {element.GetArrayLength():N0} elements; give at most {ListValue.MaxItems:N0}."),
        JsonValueKind.Object => new DictValue(element.EnumerateObject().Select(member => new KeyValuePair<Value, Value>(StringValue.FromOutside(member.Name), Convert(member.Value)))),
        _ => throw new ArgumentException("A JSON value is undefined: the default of JsonElement. Give an element of a document."),
    };

    static Value Number(string text)
    {
        if (text.AsSpan().ContainsAny('.', 'e', 'E')) return new FloatValue(double.Parse(text, CultureInfo.InvariantCulture));
        if (text.Length > Arithmetic.MaxBits / 4) throw new ArgumentException($"A JSON number has {text.Length:N0} digits; give one of at most {Arithmetic.MaxBits / 4:N0}.");
        return new IntegerValue(BigInteger.Parse(text, CultureInfo.InvariantCulture));
    }
}
