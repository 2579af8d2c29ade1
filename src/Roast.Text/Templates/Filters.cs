namespace Roast.Text.Templates;

/// <summary>The filters, none of which takes arguments. A further one is a further entry.</summary>
internal static class Filters
{
    static readonly Dictionary<string, Func<Value, Value?>> Known = new(StringComparer.Ordinal)
    {
        ["trim"] = value => value is StringValue text ? text.Trim() : null,
        ["length"] = Length,
        ["count"] = Length,
        ["tojson"] = value => JsonText.Write(value) is { } json ? StringValue.FromOutside(json) : null,
    };

    internal static bool IsKnown(string name) => Known.ContainsKey(name);

    /// <summary>The filtered value, or <c>null</c> where the filter does not take such a value.</summary>
    internal static Value? Apply(string name, Value value) => Known[name](value);

    static IntegerValue? Length(Value value) => value switch
    {
        StringValue text => new IntegerValue(text.Text.EnumerateRunes().Count()),           // Python counts code points
        ListValue list => new IntegerValue(list.Items.Count),
        DictValue dict => new IntegerValue(dict.Members.Count),
        UndefinedValue => new IntegerValue(0),
        _ => null,
    };
}
