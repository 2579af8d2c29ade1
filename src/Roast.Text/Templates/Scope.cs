namespace Roast.Text.Templates;

/// <summary>Variables. A loop's body has a scope of its own in each turn: what it sets is gone afterwards, as in Jinja.</summary>
internal sealed class Scope(Scope? outer)
{
    readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);

    internal void Set(string name, Value value) => _values[name] = value;

    internal Value Get(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
            if (scope._values.TryGetValue(name, out var value)) return value;
        return new UndefinedValue(name);
    }

    Scope? Outer { get; } = outer;
}
