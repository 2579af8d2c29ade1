namespace Roast.Text.Templates;

/// <summary>
/// How much a list or mapping holds. Checked where one is made, since a few words double one sixty times over: whoever goes through a value
/// afterwards, such as a comparison, comes to an end and does not exhaust the stack.
/// </summary>
/// <param name="Weight"><see cref="Value.Weight"/>.</param>
/// <param name="Depth"><see cref="Value.Depth"/>.</param>
internal readonly record struct Extent(long Weight, int Depth)
{
    /// <summary>Deepest nesting; JSON from a caller has at most 64 levels.</summary>
    internal const int MaxDepth = 100;

    /// <summary>Largest weight: that of the longest string.</summary>
    internal const long MaxWeight = StringValue.MaxLength;

    /// <summary>The extent of what holds these elements.</summary>
    /// <exception cref="Fault">More than may be.</exception>
    internal static Extent Of(IEnumerable<Value> items)
    {
        (long weight, int depth) = (1, 0);
        foreach (var item in items) (weight, depth) = (weight + item.Weight, Math.Max(depth, item.Depth));
        if (depth >= MaxDepth) throw new Fault($"something is nested too deeply: more than {MaxDepth} lists and mappings are inside one another");
        return weight <= MaxWeight ? new Extent(weight, depth + 1) : throw new Fault($"a list or mapping holds more than {MaxWeight:N0} characters and elements");
    }
}
