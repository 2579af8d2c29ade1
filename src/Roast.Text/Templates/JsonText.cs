using System.Globalization;
using System.Runtime.CompilerServices;

namespace Roast.Text.Templates;

/// <summary>JSON as transformers' <c>tojson</c> writes it, which is Python's <c>json.dumps</c>: no escapes for HTML, keys in order.</summary>
internal sealed class JsonText
{
    readonly TextSink _sink = new();

    /// <summary>Indentation of a level; <c>null</c>: everything in one line.</summary>
    internal string? Indent { get; init; }

    internal string Comma { get; init; } = ", ";

    internal string Colon { get; init; } = ": ";

    /// <summary>Characters beyond ASCII as <c>\uXXXX</c>.</summary>
    internal bool OnlyAscii { get; init; }

    internal bool SortKeys { get; init; }

    /// <summary>The JSON of a value. Foreign as a whole, as far as control tokens go: quotes and escapes are nobody's markup.</summary>
    internal StringValue Write(Value value)
    {
        Write(value, 0);
        _sink.HasForeign = true;
        return _sink.ToValue();
    }

    void Write(Value value, int level)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (value)
        {
            case NoneValue: _sink.Append("null"); break;
            case BoolValue truth: _sink.Append(truth.IsTrue ? "true" : "false"); break;
            case IntegerValue integer: _sink.Append(integer.Number.ToString(CultureInfo.InvariantCulture)); break;
            case FloatValue real: _sink.Append(Real(real.Number)); break;
            case StringValue s: Quote(s.Text); break;
            case ListValue list: WriteAll(list.Items, '[', ']', level, item => Write(item, level + 1)); break;
            case DictValue dict:
                var members = dict.Items.Select(item => (Key: Key(item.Key), item.Value));
                WriteAll([.. SortKeys ? members.OrderBy(member => new StringValue(member.Key), Comparer<Value>.Create((a, b) => Comparing.Order(a, b)!.Value)) : members], '{', '}', level, member =>
                {
                    Quote(member.Key);
                    _sink.Append(Colon);
                    Write(member.Value, level + 1);
                });
                break;
            default: throw new Fault($"it writes {value.Kind} as JSON");
        }
    }

    void WriteAll<T>(IReadOnlyList<T> items, char open, char close, int level, Action<T> write)
    {
        _sink.Append(open);
        for (int i = 0; i < items.Count; i++)
        {
            if (i > 0) _sink.Append(Comma);
            NewLine(level + 1);
            write(items[i]);
        }
        if (items.Count > 0) NewLine(level);
        _sink.Append(close);
    }

    void NewLine(int level)
    {
        if (Indent is null) return;
        _sink.Append('\n');
        for (int i = 0; i < level; i++) _sink.Append(Indent);
    }

    static string Key(Value key) => key switch
    {
        StringValue text => text.Text,
        BoolValue truth => truth.IsTrue ? "true" : "false",
        NoneValue => "null",
        IntegerValue integer => integer.Number.ToString(CultureInfo.InvariantCulture),
        FloatValue real => Real(real.Number),
        _ => throw new Fault($"it writes {key.Kind} as a key of JSON"),
    };

    static string Real(double number) => double.IsNaN(number) ? "NaN" : double.IsFinite(number) ? FloatText.Write(number) : number > 0 ? "Infinity" : "-Infinity";

    void Quote(string value)
    {
        _sink.Append('"');
        foreach (char c in value)
            _ = c switch
            {
                '"' => _sink.Append("\\\""),
                '\\' => _sink.Append("\\\\"),
                '\n' => _sink.Append("\\n"),
                '\r' => _sink.Append("\\r"),
                '\t' => _sink.Append("\\t"),
                '\b' => _sink.Append("\\b"),
                '\f' => _sink.Append("\\f"),
                < ' ' => _sink.Append($"\\u{(int)c:x4}"),
                > '~' when OnlyAscii && c != '\x7f' => _sink.Append($"\\u{(int)c:x4}"),
                _ => _sink.Append(c),
            };
        _sink.Append('"');
    }
}
