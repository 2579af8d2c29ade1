namespace Roast.Text.Templates;

/// <summary>Python's comparisons; <c>null</c> where it would raise an error or where the answer is not certain here.</summary>
internal static class Comparing
{
    internal static bool? AreEqual(Value left, Value right) => (left, right) switch
    {
        (StringValue a, StringValue b) => a.Text == b.Text,
        (ListValue or DictValue, ListValue or DictValue) => null,                           // deep equality: no template known to need it
        _ when Number(left) is { } a && Number(right) is { } b => a == b,                   // True == 1
        (FloatValue, _) or (_, FloatValue) => null,
        (NoneValue, NoneValue) or (UndefinedValue, UndefinedValue) => true,
        _ => false,
    };

    internal static bool? Contains(Value container, Value item) => (container, item) switch
    {
        (StringValue text, StringValue part) => text.Text.Contains(part.Text, StringComparison.Ordinal),
        (DictValue dict, StringValue key) => dict.Members.ContainsKey(key.Text),
        (UndefinedValue, _) => false,
        (ListValue list, _) => ListContains(list, item),
        _ => null,
    };

    internal static bool? IsOrdered(string sign, Value left, Value right)
    {
        int order;
        if (left is StringValue a && right is StringValue b)
        {
            // By code point, as in Python; ordinal comparison of UTF-16 differs beyond U+FFFF.
            if (a.Text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') || b.Text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')) return null;
            order = string.CompareOrdinal(a.Text, b.Text);
        }
        else if (Number(left) is { } x && Number(right) is { } y) order = x.CompareTo(y);
        else return null;
        return sign switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };
    }

    static bool? ListContains(ListValue list, Value item)
    {
        foreach (var candidate in list.Items)
        {
            bool? equal = AreEqual(candidate, item);
            if (equal is not false) return equal;
        }
        return false;
    }

    static long? Number(Value value) => value switch
    {
        IntegerValue integer => integer.Number,
        BoolValue truth => truth.IsTrue ? 1 : 0,
        _ => null,
    };
}
