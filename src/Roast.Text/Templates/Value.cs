namespace Roast.Text.Templates;

/// <summary>What a template computes with.</summary>
internal abstract class Value
{
    /// <summary>What <c>if</c> makes of it.</summary>
    internal abstract bool IsTrue { get; }

    /// <summary>What it is, for messages.</summary>
    internal abstract string Kind { get; }
}

/// <summary>A variable or member that is not there. It prints as nothing and counts as false; anything else is an error.</summary>
internal sealed class UndefinedValue(string name) : Value
{
    internal string Name { get; } = name;

    internal override bool IsTrue => false;

    internal override string Kind => $"the undefined '{Name}'";
}

/// <summary><c>none</c>.</summary>
internal sealed class NoneValue : Value
{
    internal static NoneValue Instance { get; } = new();

    internal override bool IsTrue => false;

    internal override string Kind => "none";
}

/// <summary>A truth value.</summary>
internal sealed class BoolValue : Value
{
    BoolValue(bool isTrue) => IsTrue = isTrue;

    internal static BoolValue True { get; } = new(true);

    internal static BoolValue False { get; } = new(false);

    internal static BoolValue Of(bool value) => value ? True : False;

    internal override bool IsTrue { get; }

    internal override string Kind => "a truth value";
}

/// <summary>A whole number. Python's have no limit; past 64 bits an error is raised.</summary>
internal sealed class IntegerValue(long number) : Value
{
    internal long Number { get; } = number;

    internal override bool IsTrue => Number != 0;

    internal override string Kind => "a number";
}

/// <summary>A number with a fraction, from tools or other data. Templates only hand it on.</summary>
internal sealed class FloatValue(double number) : Value
{
    internal double Number { get; } = number;

    internal override bool IsTrue => Number != 0;

    internal override string Kind => "a number with a fraction";
}

/// <summary>A list.</summary>
internal sealed class ListValue(IReadOnlyList<Value> items) : Value
{
    internal IReadOnlyList<Value> Items { get; } = items;

    internal override bool IsTrue => Items.Count > 0;

    internal override string Kind => "a list";
}

/// <summary>A mapping from names, such as a message.</summary>
internal sealed class DictValue(IReadOnlyDictionary<string, Value> members) : Value
{
    internal IReadOnlyDictionary<string, Value> Members { get; } = members;

    internal override bool IsTrue => Members.Count > 0;

    internal override string Kind => "a mapping";
}
