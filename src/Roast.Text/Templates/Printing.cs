using System.Globalization;

namespace Roast.Text.Templates;

/// <summary>Values as Python's <c>str</c> shows them, for those where it is certain.</summary>
internal static class Printing
{
    /// <summary>The text of a value; <c>null</c> for a list, a mapping or a fraction.</summary>
    internal static StringValue? Print(Value value) => value switch
    {
        StringValue text => text,
        IntegerValue integer => new StringValue(integer.Number.ToString(CultureInfo.InvariantCulture)),
        BoolValue truth => new StringValue(truth.IsTrue ? "True" : "False"),
        NoneValue => new StringValue("None"),
        UndefinedValue => new StringValue(""),
        _ => null,
    };
}
