using System.Text;

namespace Roast.Text.Templates;

/// <summary>Elements, slices and lengths of strings, lists and mappings. Python counts code points.</summary>
internal static class Sequences
{
    /// <summary>What a loop or filter runs over; <c>null</c> where the value has no elements.</summary>
    internal static IReadOnlyList<Value>? Items(Value value) => value switch
    {
        ListValue list => list.Items,
        DictValue dict => [.. dict.Items.Select(item => item.Key)],
        StringValue text => Characters(text),
        UndefinedValue => [],
        _ => null,
    };

    internal static IReadOnlyList<Value> RequireItems(Value value) => Items(value) ?? throw new Fault($"it loops over {value.Kind}, and a list was expected");

    internal static int Length(Value value) => value switch
    {
        StringValue text => CountCodePoints(text.Text),
        ListValue list => list.Items.Count,
        DictValue dict => dict.Items.Count,
        UndefinedValue => 0,
        _ => throw new Fault($"{value.Kind} has no length"),
    };

    /// <summary>The element at a position; negative ones count from the end. <c>null</c> where there is none.</summary>
    internal static Value? At(Value value, Value index)
    {
        if (Arithmetic.Integer(index) is not { } number || Items(value) is not { } items || value is DictValue or UndefinedValue) return null;
        int position = Arguments.Clamp(number);
        if (position < 0) position += items.Count;
        return position >= 0 && position < items.Count ? items[position] : null;
    }

    /// <summary><c>value[start:stop:step]</c>; <c>null</c> stands for a bound that is left out.</summary>
    internal static Value Slice(Value value, int? start, int? stop, int? step)
    {
        if (value is StringValue whole && step is null or 1 && !whole.Text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            (int from, int to) = (Bound(start ?? 0, whole.Text.Length, 0), Bound(stop ?? int.MaxValue, whole.Text.Length, 0));
            return whole.Cut(from, Math.Max(from, to));
        }
        if (value is not (StringValue or ListValue)) throw new Fault($"it takes a slice of {value.Kind}");
        var items = Items(value)!;
        int stride = step ?? 1;
        if (stride == 0) throw new Fault("it takes a slice in steps of zero");
        (int first, int end) = stride > 0
            ? (Bound(start ?? 0, items.Count, 0), Bound(stop ?? int.MaxValue, items.Count, 0))
            : (Bound(start ?? int.MaxValue, items.Count, -1), stop is null ? -1 : Bound(stop.Value, items.Count, -1));
        var kept = new List<Value>();
        for (long i = first; stride > 0 ? i < end : i > end; i += stride) kept.Add(items[(int)i]);
        return value is ListValue list ? new ListValue(kept, list.IsTuple) : StringValue.Join(StringValue.Empty, kept.ConvertAll(item => (StringValue)item));
    }

    /// <summary>A bound inside the sequence: from <paramref name="lowest"/> to the last place of the same direction.</summary>
    static int Bound(int bound, int count, int lowest) => Math.Clamp(bound < 0 ? bound + count : bound, lowest, count + lowest);

    static int CountCodePoints(string text)
    {
        int count = text.Length;
        for (int i = 1; i < text.Length; i++)
            if (char.IsSurrogatePair(text[i - 1], text[i])) { count--; i++; }
        return count;
    }

    static List<Value> Characters(StringValue text)
    {
        if (text.Text.Length > ListValue.MaxItems) throw new Fault($"it goes through more than {ListValue.MaxItems:N0} characters");
        var characters = new List<Value>(text.Text.Length);
        for (int i = 0; i < text.Text.Length;)
        {
            int length = Rune.DecodeFromUtf16(text.Text.AsSpan(i), out _, out int consumed) == System.Buffers.OperationStatus.Done ? consumed : 1;
            characters.Add(text.Cut(i, i + length));
            i += length;
        }
        return characters;
    }
}
