using System.Globalization;

namespace Roast.Formats;

/// <summary>
/// What a GGUF file says about itself, by key. A value is a <see cref="bool"/>, <see cref="string"/>, <see cref="long"/> (all signed
/// integers), <see cref="ulong"/> (all unsigned ones), <see cref="double"/> (both float types), or an array of one of these
/// (<c>bool[]</c>, <c>string[]</c>, ...), or <c>object[]</c> for an array of arrays.
/// </summary>
/// <remarks>The typed getters refuse a value of another kind or out of range; an absent key gives <c>null</c>.</remarks>
public sealed class GgufMetadata
{
    readonly IReadOnlyDictionary<string, object> _values;
    readonly string _file;

    internal GgufMetadata(IReadOnlyDictionary<string, object> values, string file) => (_values, _file) = (values, file);

    /// <summary>All values, by key.</summary>
    public IReadOnlyDictionary<string, object> Values => _values;

    /// <summary>A text.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.BadFile"/>: of another kind.</exception>
    public string? Text(string key) => Find(key) switch { null => null, string text => text, var value => throw Bad(key, value, "a string") };

    /// <summary>A flag.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.BadFile"/>: of another kind.</exception>
    public bool? Flag(string key) => Find(key) switch { null => null, bool flag => flag, var value => throw Bad(key, value, "a flag") };

    /// <summary>An integer of any type, from <paramref name="min"/> to <paramref name="max"/>.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.BadFile"/>: of another kind or out of range.</exception>
    public long? Integer(string key, long min, long max) => Find(key) switch
    {
        null => null,
        long value when value >= min && value <= max => value,
        ulong value when value <= long.MaxValue && (long)value >= min && (long)value <= max => (long)value,
        var value => throw Bad(key, value, $"a whole number from {min} to {max}"),
    };

    /// <summary>A finite number of a float type.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.BadFile"/>: of another kind, NaN or infinite.</exception>
    public double? Real(string key) => Find(key) switch
    {
        null => null,
        double value when double.IsFinite(value) => value,
        var value => throw Bad(key, value, "a finite number"),
    };

    /// <summary>An array of texts.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.BadFile"/>: of another kind.</exception>
    public IReadOnlyList<string>? Texts(string key) => Find(key) switch { null => null, string[] texts => texts, var value => throw Bad(key, value, "an array of strings") };

    /// <summary>An array of integers of any type, each below 2^63.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.BadFile"/>: of another kind.</exception>
    public IReadOnlyList<long>? Integers(string key) => Find(key) switch
    {
        null => null,
        long[] values => values,
        ulong[] values when !values.Any(value => value > long.MaxValue) => Array.ConvertAll(values, value => (long)value),
        var value => throw Bad(key, value, "an array of whole numbers"),
    };

    /// <summary>An array of finite numbers of a float type.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.BadFile"/>: of another kind, or with NaN or infinity.</exception>
    public IReadOnlyList<double>? Reals(string key) => Find(key) switch
    {
        null => null,
        double[] values when values.All(double.IsFinite) => values,
        var value => throw Bad(key, value, "an array of finite numbers"),
    };

    /// <summary>The complaint about a value, for rules that these getters do not know.</summary>
    internal RoastException Bad(string key, object value, string expected) =>
        BadGguf.File(_file, $"its key {BadGguf.Quote(key)} is {Describe(value)}", expected);

    object? Find(string key) => _values.GetValueOrDefault(key);

    static string Describe(object value) => value switch
    {
        string text => $"the text {BadGguf.Quote(text)}",
        Array array => $"an array of {array.Length} values",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
