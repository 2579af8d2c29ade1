using System.Globalization;
using System.Text;

namespace Roast.Text.Templates;

/// <summary>JSON as transformers' <c>tojson</c> writes it: <c>", "</c> and <c>": "</c>, keys in order, only what JSON demands escaped.</summary>
internal static class JsonText
{
    /// <summary>The JSON of a value; <c>null</c> where a part has none, or is a fraction, which Python and .NET may print differently.</summary>
    internal static string? Write(Value value)
    {
        var text = new StringBuilder();
        return Write(value, text) ? text.ToString() : null;
    }

    static bool Write(Value value, StringBuilder text)
    {
        switch (value)
        {
            case NoneValue: text.Append("null"); return true;
            case BoolValue truth: text.Append(truth.IsTrue ? "true" : "false"); return true;
            case IntegerValue integer: text.Append(integer.Number.ToString(CultureInfo.InvariantCulture)); return true;
            case StringValue s: Quote(s.Text, text); return true;
            case ListValue list: return Join(list.Items, '[', ']', text, item => Write(item, text));
            case DictValue dict:
                return Join(dict.Members, '{', '}', text, member =>
                {
                    Quote(member.Key, text);
                    text.Append(": ");
                    return Write(member.Value, text);
                });
            default: return false;
        }
    }

    static bool Join<T>(IEnumerable<T> items, char open, char close, StringBuilder text, Func<T, bool> write)
    {
        text.Append(open);
        bool first = true;
        foreach (var item in items)
        {
            if (!first) text.Append(", ");
            first = false;
            if (!write(item)) return false;
        }
        text.Append(close);
        return true;
    }

    static void Quote(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (char c in value)
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        text.Append('"');
    }
}
