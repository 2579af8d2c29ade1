using System.Globalization;
using System.Runtime.CompilerServices;

namespace Roast.Text.Templates;

/// <summary>Values as Python's <c>str</c> and <c>repr</c> show them.</summary>
internal static class Printing
{
    /// <summary>The text that <c>{{ value }}</c> writes.</summary>
    internal static StringValue Print(Value value, Budget budget)
    {
        if (value is not StringValue) budget.SpendPrint(value);
        switch (value)
        {
            case StringValue text: return text;
            case UndefinedValue: return StringValue.Empty;
            default:
                var sink = new TextSink();
                Represent(value, sink);
                return sink.ToValue();
        }
    }

    /// <summary>As inside a list: strings in quotes.</summary>
    internal static StringValue Represent(Value value, Budget budget)
    {
        budget.SpendPrint(value);
        var sink = new TextSink();
        Represent(value, sink);
        return sink.ToValue();
    }

    static void Represent(Value value, TextSink sink)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (value)
        {
            case StringValue text: Quote(text, sink); break;
            case IntegerValue integer: sink.Append(integer.Number.ToString(CultureInfo.InvariantCulture)); break;
            case FloatValue real: sink.Append(FloatText.Write(real.Number)); break;
            case BoolValue truth: sink.Append(truth.IsTrue ? "True" : "False"); break;
            case NoneValue: sink.Append("None"); break;
            case UndefinedValue: sink.Append("Undefined"); break;
            case ListValue list:
                sink.Append(list.IsTuple ? '(' : '[');
                for (int i = 0; i < list.Items.Count; i++)
                {
                    if (i > 0) sink.Append(", ");
                    Represent(list.Items[i], sink);
                }
                sink.Append(!list.IsTuple ? "]" : list.Items.Count == 1 ? ",)" : ")");
                break;
            case DictValue dict:
                sink.Append('{');
                for (int i = 0; i < dict.Items.Count; i++)
                {
                    if (i > 0) sink.Append(", ");
                    Represent(dict.Items[i].Key, sink);
                    sink.Append(": ");
                    Represent(dict.Items[i].Value, sink);
                }
                sink.Append('}');
                break;
            default: throw new Fault($"it prints {value.Kind}");
        }
    }

    /// <summary>Single quotes, or double ones where the text has single quotes only; what Python calls not printable is escaped.</summary>
    static void Quote(StringValue value, TextSink sink)
    {
        string text = value.Text;
        sink.HasForeign |= value.Foreign.Count > 0;
        char quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        sink.Append(quote);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == quote || c == '\\') sink.Append('\\').Append(c);
            else if (c is >= ' ' and <= '~') sink.Append(c);
            else if (c is '\n' or '\r' or '\t') sink.Append(c switch { '\n' => "\\n", '\r' => "\\r", _ => "\\t" });
            else
            {
                bool pair = i + 1 < text.Length && char.IsSurrogatePair(c, text[i + 1]);
                int code = pair ? char.ConvertToUtf32(c, text[i + 1]) : c;
                sink.Append(IsPrintable(text, i) ? text.Substring(i, pair ? 2 : 1) : code switch { <= 0xFF => $"\\x{code:x2}", <= 0xFFFF => $"\\u{code:x4}", _ => $"\\U{code:x8}" });
                if (pair) i++;
            }
        }
        sink.Append(quote);
    }

    static bool IsPrintable(string text, int index) => CharUnicodeInfo.GetUnicodeCategory(text, index) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}
