namespace Roast.Text.Templates;

/// <summary>
/// The work that one rendering may do. A template is untrusted: loops inside loops, and strings that double, must come to
/// an end. A character that is copied or searched costs one unit, a statement or call a hundred.
/// </summary>
internal sealed class Budget
{
    /// <summary>Units of one rendering: a second or two. A conversation of a million characters needs about four per cent.</summary>
    internal const long Limit = 250_000_000;

    /// <summary>What a statement, a call or a filter costs.</summary>
    internal const int Step = 100;

    /// <summary>What a part of an expression costs: a name, a sign.</summary>
    internal const int Part = 5;

    /// <summary>Deepest nesting of macro calls and recursive loops.</summary>
    internal const int MaxDepth = 100;

    long _left = Limit;
    int _depth;

    /// <summary>Takes units away.</summary>
    /// <exception cref="Fault">None are left.</exception>
    internal void Spend(long units)
    {
        _left -= units;
        if (_left < 0) throw new Fault("it does not come to an end");
    }

    /// <summary>Takes what it costs to go through the elements of a value once, but not through theirs.</summary>
    internal void Spend(Value value) => Spend(value switch
    {
        StringValue text => text.Text.Length,
        ListValue list => list.Items.Count * 4L,
        DictValue dict => dict.Items.Count * 4L,
        _ => value.Weight,
    });

    /// <summary>Takes what it costs to go through all of a value.</summary>
    internal void SpendAll(Value value) => Spend(value.Weight);

    /// <summary>Takes what it costs to write all of a value down, letter by letter.</summary>
    internal void SpendPrint(Value value) => Spend(value.Weight * 4);

    /// <summary>Takes what it costs to compare two values: no more than one of them has where they differ in kind.</summary>
    internal void SpendBoth(Value left, Value right) => Spend(left.Depth > 0 && right.Depth > 0 ? left.Weight + right.Weight : Math.Min(left.Weight, right.Weight));

    /// <summary>Takes what it costs to look for a value in another.</summary>
    internal void SpendSearch(Value container, Value item)
    {
        Spend(container);
        if (container is not ListValue list) Spend(item.Weight);
        else
            foreach (var candidate in list.Items) SpendBoth(candidate, item);
    }

    /// <summary>Counts a level of calls for the time of <paramref name="call"/>.</summary>
    internal Value Nested(Func<Value> call)
    {
        if (++_depth > MaxDepth) throw new Fault($"more than {MaxDepth} macros call one another");
        Spend(Step);
        var result = call();
        _depth--;
        return result;
    }
}
