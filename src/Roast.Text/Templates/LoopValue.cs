namespace Roast.Text.Templates;

/// <summary>The variable <c>loop</c> inside a loop.</summary>
/// <param name="items">What the loop runs over.</param>
/// <param name="depth">How deep the loop is nested in itself, from 1; 1 unless the loop is recursive.</param>
/// <param name="budget">The work that is left.</param>
/// <param name="recurse">Runs the loop's body over other items; <c>null</c> where the loop is not recursive.</param>
internal sealed class LoopValue(IReadOnlyList<Value> items, int depth, Budget budget, Func<Value, Value>? recurse) : Value
{
    Value? _seen;

    /// <summary>The turn, from 0.</summary>
    internal int Index { get; set; }

    internal override bool IsTrue => true;

    internal override string Kind => "a loop";

    internal Value? Member(string name) => name switch
    {
        "first" => BoolValue.Of(Index == 0),
        "last" => BoolValue.Of(Index == items.Count - 1),
        "index" => new IntegerValue(Index + 1),
        "index0" => new IntegerValue(Index),
        "revindex" => new IntegerValue(items.Count - Index),
        "revindex0" => new IntegerValue(items.Count - Index - 1),
        "length" => new IntegerValue(items.Count),
        "previtem" => Index > 0 ? items[Index - 1] : new UndefinedValue("loop.previtem"),
        "nextitem" => Index + 1 < items.Count ? items[Index + 1] : new UndefinedValue("loop.nextitem"),
        "depth" => new IntegerValue(depth),
        "depth0" => new IntegerValue(depth - 1),
        "cycle" => new FunctionValue("loop.cycle", a => a.Positional.Count > 0 ? a.Positional[Index % a.Positional.Count] : throw new Fault("'loop.cycle' has nothing to go through")),
        "changed" => new FunctionValue("loop.changed", a => HasChanged(new ListValue(a.Positional, isTuple: true))),
        _ => null,
    };

    /// <summary><c>loop(items)</c>.</summary>
    internal Value Call(Arguments arguments) => recurse is null ? throw new Fault("a loop is called that is not recursive") : recurse(arguments.Accept("iterable").Require(0, "iterable"));

    BoolValue HasChanged(ListValue values)
    {
        if (_seen is not null) budget.SpendBoth(_seen, values);
        bool same = _seen is not null && Comparing.AreEqual(_seen, values);
        _seen = values;
        return BoolValue.Of(!same);
    }
}
