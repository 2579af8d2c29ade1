using System.Numerics;

namespace Roast.Text.Templates;

/// <summary>What a function, filter or test is called with.</summary>
/// <param name="owner">Its name, for messages.</param>
/// <param name="positional">Values by position.</param>
/// <param name="named">Values by name.</param>
internal sealed class Arguments(string owner, IReadOnlyList<Value> positional, IReadOnlyList<KeyValuePair<string, Value>> named)
{
    internal IReadOnlyList<Value> Positional { get; } = positional;

    internal IReadOnlyList<KeyValuePair<string, Value>> Named { get; } = named;

    /// <summary>Refuses more than these; the names are in order of position.</summary>
    internal Arguments Accept(params ReadOnlySpan<string> names)
    {
        if (Positional.Count > names.Length) throw new Fault($"'{owner}' is called with {Positional.Count} arguments, and it takes {names.Length}");
        foreach (var (name, _) in Named)
            if (!names.Contains(name)) throw new Fault($"'{owner}' has no argument '{name}'");
        return this;
    }

    /// <summary>The argument at a position or of a name; <c>null</c> where it is not given.</summary>
    internal Value? Get(int position, string name)
    {
        if (position < Positional.Count) return Positional[position];
        foreach (var (given, value) in Named)
            if (given == name) return value;
        return null;
    }

    internal Value Require(int position, string name) => Get(position, name) ?? throw new Fault($"'{owner}' needs the argument '{name}'");

    internal StringValue Text(int position, string name) => Require(position, name) as StringValue ?? throw Wrong(position, name, "a string");

    /// <summary>A string; <c>null</c> where none is given, or none.</summary>
    internal StringValue? TextOrNull(int position, string name) => Get(position, name) switch
    {
        null or NoneValue => null,
        StringValue text => text,
        _ => throw Wrong(position, name, "a string"),
    };

    internal int Int(int position, string name, int otherwise) => Get(position, name) is { } value
        ? Arithmetic.Integer(value) is { } number ? Clamp(number) : throw Wrong(position, name, "a whole number")
        : otherwise;

    internal bool Bool(int position, string name, bool otherwise = false) => Get(position, name)?.IsTrue ?? otherwise;

    /// <summary>A number as an int; those beyond are as good as the largest.</summary>
    internal static int Clamp(BigInteger number) => (int)BigInteger.Clamp(number, int.MinValue, int.MaxValue);

    Fault Wrong(int position, string name, string expected) => new($"'{owner}' is called with {Get(position, name)!.Kind} for '{name}', and {expected} was expected");
}
