namespace Roast.Text.Templates;

/// <summary>
/// The work that one rendering may do. A template is untrusted: loops inside loops, and strings that double, must come to
/// an end. A character that is copied or searched costs one unit, a statement or call a hundred.
/// </summary>
internal sealed class Budget
{
    /// <summary>Units of one rendering: a second or two. A conversation of a million characters needs about four per cent.</summary>
    internal const long Limit = 250_000_000;

    /// <summary>What a statement or a call costs.</summary>
    internal const int Step = 100;

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

    /// <summary>Takes what it costs to go through a value once.</summary>
    internal void Spend(Value value)
    {
        if (value is StringValue text) Spend(text.Text.Length);
        else if (value is ListValue list) Spend(list.Items.Count * 4);
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
