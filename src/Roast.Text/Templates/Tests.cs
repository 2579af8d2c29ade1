namespace Roast.Text.Templates;

/// <summary>The tests behind <c>is</c>. A further one is a further entry.</summary>
internal static class Tests
{
    static readonly Dictionary<string, Func<Value, Arguments, Budget, bool>> Known = new(StringComparer.Ordinal)
    {
        ["defined"] = (value, _, _) => value is not UndefinedValue,
        ["undefined"] = (value, _, _) => value is UndefinedValue,
        ["none"] = (value, _, _) => value is NoneValue,
        ["string"] = (value, _, _) => value is StringValue,
        ["mapping"] = (value, _, _) => value is DictValue,
        ["iterable"] = (value, _, _) => Sequences.Items(value) is not null,
        ["sequence"] = (value, _, _) => Sequences.Items(value) is not null,
        ["boolean"] = (value, _, _) => value is BoolValue,
        ["true"] = (value, _, _) => ReferenceEquals(value, BoolValue.True),
        ["false"] = (value, _, _) => ReferenceEquals(value, BoolValue.False),
        ["integer"] = (value, _, _) => value is IntegerValue,
        ["float"] = (value, _, _) => value is FloatValue,
        ["number"] = (value, _, _) => Arithmetic.Number(value) is not null,
        ["callable"] = (value, _, _) => value is FunctionValue,
        ["odd"] = (value, _, _) => IsMultiple(value, new IntegerValue(2), rest: 1),
        ["even"] = (value, _, _) => IsMultiple(value, new IntegerValue(2), rest: 0),
        ["divisibleby"] = (value, a, _) => IsMultiple(value, a.Require(0, "num"), rest: 0),
        ["in"] = IsIn,
        ["sameas"] = (value, a, _) => ReferenceEquals(value, a.Require(0, "other")) || (value is NoneValue && a.Require(0, "other") is NoneValue),
        ["lower"] = (value, _, budget) => Casing.IsLower(Printing.Print(value, budget).Text),
        ["upper"] = (value, _, budget) => Casing.IsUpper(Printing.Print(value, budget).Text),
        ["filter"] = (value, _, _) => value is StringValue name && Filters.IsKnown(name.Text),
        ["test"] = (value, _, _) => value is StringValue name && IsKnown(name.Text),
        ["eq"] = Equal, ["equalto"] = Equal, ["=="] = Equal,
        ["ne"] = (value, a, budget) => !Equal(value, a, budget), ["!="] = (value, a, budget) => !Equal(value, a, budget),
        ["lt"] = Ordered("<"), ["lessthan"] = Ordered("<"), ["<"] = Ordered("<"), ["le"] = Ordered("<="), ["<="] = Ordered("<="),
        ["gt"] = Ordered(">"), ["greaterthan"] = Ordered(">"), [">"] = Ordered(">"), ["ge"] = Ordered(">="), [">="] = Ordered(">="),
    };

    internal static bool IsKnown(string name) => Known.ContainsKey(name);

    internal static bool Apply(string name, Value value, Arguments arguments, Budget budget) => (Known.GetValueOrDefault(name) ?? throw new Fault($"it asks for the test '{name}', which is not known"))(value, arguments, budget);

    static bool Equal(Value value, Arguments arguments, Budget budget)
    {
        budget.SpendBoth(value, arguments.Require(0, "other"));
        return Comparing.AreEqual(value, arguments.Require(0, "other"));
    }

    static bool IsIn(Value value, Arguments arguments, Budget budget)
    {
        budget.SpendSearch(arguments.Require(0, "seq"), value);
        return Comparing.Contains(arguments.Require(0, "seq"), value);
    }

    static Func<Value, Arguments, Budget, bool> Ordered(string sign) => (value, arguments, budget) =>
    {
        budget.SpendBoth(value, arguments.Require(0, "other"));
        return Comparing.IsOrdered(sign, value, arguments.Require(0, "other"));
    };

    static bool IsMultiple(Value value, Value divisor, int rest) => Arithmetic.Compute("%", value, divisor) is { } remainder
        ? Arithmetic.Number(remainder) == rest
        : throw new Fault($"it divides {value.Kind} by {divisor.Kind}");
}
