using System.Numerics;

namespace Roast.Text.Templates;

/// <summary>What a template computes with: Python's values, as far as chat templates can reach them.</summary>
internal abstract class Value
{
    /// <summary>What <c>if</c> makes of it.</summary>
    internal abstract bool IsTrue { get; }

    /// <summary>What it is, for messages.</summary>
    internal abstract string Kind { get; }

    /// <summary>What it costs to go through all of it: about the characters that it prints as, also where a part stands in it more than once.</summary>
    internal virtual long Weight => 1;

    /// <summary>Lists and mappings inside one another; 0: neither.</summary>
    internal virtual int Depth => 0;
}

/// <summary>A variable or member that is not there. It prints as nothing, counts as false and as empty; anything else is an error.</summary>
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

/// <summary>A whole number, without Python's limit on size but with one on digits: see <see cref="Arithmetic.MaxBits"/>.</summary>
internal sealed class IntegerValue(BigInteger number) : Value
{
    internal BigInteger Number { get; } = number;

    internal override bool IsTrue => !Number.IsZero;

    internal override string Kind => "a number";

    internal override long Weight => 1 + Number.GetBitLength() / 3;
}

/// <summary>A number with a fraction.</summary>
internal sealed class FloatValue(double number) : Value
{
    internal double Number { get; } = number;

    internal override bool IsTrue => Number != 0;

    internal override string Kind => "a number with a fraction";
}

/// <summary>A list, or a tuple, which prints in round brackets and equals no list. Neither changes after it was made.</summary>
internal sealed class ListValue(IReadOnlyList<Value> items, bool isTuple = false) : Value
{
    /// <summary>Most elements that a list may have; a range of Jinja's sandbox has at most 100,000.</summary>
    internal const int MaxItems = 1_000_000;

    internal IReadOnlyList<Value> Items { get; } = items.Count <= MaxItems ? items : throw new Fault($"a list has more than {MaxItems:N0} elements");

    readonly Extent _extent = Extent.Of(items);

    internal override long Weight => _extent.Weight;

    internal override int Depth => _extent.Depth;

    internal bool IsTuple { get; } = isTuple;

    internal override bool IsTrue => Items.Count > 0;

    internal override string Kind => IsTuple ? "a tuple" : "a list";
}

/// <summary>What <c>namespace()</c> makes: names that a template may set from inside a loop.</summary>
internal sealed class NamespaceValue(Dictionary<string, Value> members) : Value
{
    internal Dictionary<string, Value> Members { get; } = members;

    internal override bool IsTrue => true;

    internal override string Kind => "a namespace";
}

/// <summary>Something that can be called: a macro, a method, a global function.</summary>
internal sealed class FunctionValue(string name, Func<Arguments, Value> call) : Value
{
    internal Value Call(Arguments arguments) => call(arguments);

    internal override bool IsTrue => true;

    internal override string Kind => $"the function '{name}'";
}
