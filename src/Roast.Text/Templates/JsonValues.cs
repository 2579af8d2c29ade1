using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Roast.Text.Templates;

/// <summary>JSON from a caller as values: its strings, keys too, came from outside.</summary>
internal static class JsonValues
{
    internal static Value Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => NoneValue.Instance,
        JsonValueKind.True or JsonValueKind.False => BoolValue.Of(element.GetBoolean()),
        JsonValueKind.String => StringValue.FromOutside(element.GetString()!),
        JsonValueKind.Number => Number(element.GetRawText()),
        JsonValueKind.Array when element.GetArrayLength() <= ListValue.MaxItems => new ListValue([.. element.EnumerateArray().Select(Read)]),
        JsonValueKind.Array => throw new ArgumentException($"A JSON list has {element.GetArrayLength():N0} elements; give at most {ListValue.MaxItems:N0}."),
        JsonValueKind.Object => new DictValue(element.EnumerateObject().Select(member => new KeyValuePair<Value, Value>(StringValue.FromOutside(member.Name), Read(member.Value)))),
        _ => throw new ArgumentException("A JSON value is undefined: the default of JsonElement. Give an element of a document."),
    };

    static Value Number(string text)
    {
        if (text.AsSpan().ContainsAny('.', 'e', 'E')) return new FloatValue(double.Parse(text, CultureInfo.InvariantCulture));
        if (text.Length > Arithmetic.MaxBits / 4) throw new ArgumentException($"A JSON number has {text.Length:N0} digits; give one of at most {Arithmetic.MaxBits / 4:N0}.");
        return new IntegerValue(BigInteger.Parse(text, CultureInfo.InvariantCulture));
    }
}
