namespace Roast.Text.Templates;

/// <summary>The tests behind <c>is</c>. A further one is a further entry.</summary>
internal static class Tests
{
    static readonly Dictionary<string, Func<Value, Arguments, bool>> Known = new(StringComparer.Ordinal)
    {
        ["defined"] = (value, _) => value is not UndefinedValue,
        ["undefined"] = (value, _) => value is UndefinedValue,
        ["none"] = (value, _) => value is NoneValue,
        ["string"] = (value, _) => value is StringValue,
        ["mapping"] = (value, _) => value is DictValue,
        ["iterable"] = (value, _) => Sequences.Items(value) is not null,
        ["sequence"] = (value, _) => Sequences.Items(value) is not null,
        ["boolean"] = (value, _) => value is BoolValue,
        ["true"] = (value, _) => ReferenceEquals(value, BoolValue.True),
        ["false"] = (value, _) => ReferenceEquals(value, BoolValue.False),
        ["integer"] = (value, _) => value is IntegerValue,
        ["float"] = (value, _) => value is FloatValue,
        ["number"] = (value, _) => Arithmetic.Number(value) is not null,
        ["callable"] = (value, _) => value is FunctionValue,
        ["odd"] = (value, _) => IsMultiple(value, new IntegerValue(2), rest: 1),
        ["even"] = (value, _) => IsMultiple(value, new IntegerValue(2), rest: 0),
        ["divisibleby"] = (value, a) => IsMultiple(value, a.Require(0, "num"), rest: 0),
        ["in"] = (value, a) => Comparing.Contains(a.Require(0, "seq"), value),
        ["sameas"] = (value, a) => ReferenceEquals(value, a.Require(0, "other")) || (value is NoneValue && a.Require(0, "other") is NoneValue),
        ["lower"] = (value, _) => Casing.IsLower(Printing.Print(value).Text),
        ["upper"] = (value, _) => Casing.IsUpper(Printing.Print(value).Text),
        ["filter"] = (value, _) => value is StringValue name && Filters.IsKnown(name.Text),
        ["test"] = (value, _) => value is StringValue name && IsKnown(name.Text),
        ["eq"] = Equal, ["equalto"] = Equal, ["=="] = Equal,
        ["ne"] = (value, a) => !Equal(value, a), ["!="] = (value, a) => !Equal(value, a),
        ["lt"] = Ordered("<"), ["lessthan"] = Ordered("<"), ["<"] = Ordered("<"), ["le"] = Ordered("<="), ["<="] = Ordered("<="),
        ["gt"] = Ordered(">"), ["greaterthan"] = Ordered(">"), [">"] = Ordered(">"), ["ge"] = Ordered(">="), [">="] = Ordered(">="),
    };

    internal static bool IsKnown(string name) => Known.ContainsKey(name);

    internal static bool Apply(string name, Value value, Arguments arguments) => (Known.GetValueOrDefault(name) ?? throw new Fault($"it asks for the test '{name}', which is not known"))(value, arguments);

    static bool Equal(Value value, Arguments arguments) => Comparing.AreEqual(value, arguments.Require(0, "other"));

    static Func<Value, Arguments, bool> Ordered(string sign) => (value, arguments) => Comparing.IsOrdered(sign, value, arguments.Require(0, "other"));

    static bool IsMultiple(Value value, Value divisor, int rest) => Arithmetic.Compute("%", value, divisor) is { } remainder
        ? Arithmetic.Number(remainder) == rest
        : throw new Fault($"it divides {value.Kind} by {divisor.Kind}");
}
