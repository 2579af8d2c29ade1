namespace Roast.Text.Templates;

/// <summary>The tests behind <c>is</c>. A further one is a further entry.</summary>
internal static class Tests
{
    static readonly Dictionary<string, Func<Value, bool>> Known = new(StringComparer.Ordinal)
    {
        ["defined"] = value => value is not UndefinedValue,
        ["undefined"] = value => value is UndefinedValue,
        ["none"] = value => value is NoneValue,
        ["string"] = value => value is StringValue,
        ["mapping"] = value => value is DictValue,
        ["iterable"] = value => value is StringValue or ListValue or DictValue or UndefinedValue,
        ["sequence"] = value => value is StringValue or ListValue or DictValue or UndefinedValue,
        ["boolean"] = value => value is BoolValue,
        ["true"] = value => ReferenceEquals(value, BoolValue.True),
        ["false"] = value => ReferenceEquals(value, BoolValue.False),
        ["integer"] = value => value is IntegerValue,
    };

    internal static bool IsKnown(string name) => Known.ContainsKey(name);

    internal static bool Apply(string name, Value value) => Known[name](value);
}
