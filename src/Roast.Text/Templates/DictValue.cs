namespace Roast.Text.Templates;

/// <summary>A mapping that keeps its order, such as a message. It does not change after it was made.</summary>
internal sealed class DictValue : Value
{
    readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);
    readonly List<KeyValuePair<Value, Value>> _items = [];

    /// <summary>Of several equal keys the first keeps its place and the last its value, as in Python.</summary>
    internal DictValue(IEnumerable<KeyValuePair<Value, Value>> items)
    {
        foreach (var item in items)
        {
            string key = Key(item.Key);
            if (_positions.TryGetValue(key, out int position)) _items[position] = new(_items[position].Key, item.Value);
            else
            {
                _positions.Add(key, _items.Count);
                _items.Add(item);
            }
        }
        var extent = Extent.Of(_items.Select(item => item.Key).Concat(_items.Select(item => item.Value)));
        (Weight, Depth) = (extent.Weight, extent.Depth);
    }

    internal override long Weight { get; }

    internal override int Depth { get; }

    internal DictValue(IEnumerable<KeyValuePair<string, Value>> items) : this(items.Select(item => new KeyValuePair<Value, Value>(new StringValue(item.Key), item.Value))) { }

    internal IReadOnlyList<KeyValuePair<Value, Value>> Items => _items;

    /// <summary>The value of a key; <c>null</c> where there is none.</summary>
    internal Value? Get(Value key) => _positions.TryGetValue(Key(key), out int position) ? _items[position].Value : null;

    internal Value? Get(string key) => _positions.TryGetValue('s' + key, out int position) ? _items[position].Value : null;

    internal override bool IsTrue => _items.Count > 0;

    internal override string Kind => "a mapping";

    /// <summary>Equal keys have equal texts: 1, 1.0 and True are one key in Python.</summary>
    static string Key(Value key) => key switch
    {
        StringValue text => 's' + text.Text,
        NoneValue => "none",
        ListValue { IsTuple: true } tuple => 't' + string.Join('|', tuple.Items.Select(Key).Select(item => $"{item.Length}:{item}")),
        _ when Arithmetic.Integer(key) is { } number => 'n' + number.ToString(),
        FloatValue number when double.IsInteger(number.Number) => 'n' + new System.Numerics.BigInteger(number.Number).ToString(),
        FloatValue number => 'n' + FloatText.Write(number.Number),
        _ => throw new Fault($"{key.Kind} is a key of a mapping"),
    };
}
