using System.Globalization;
using System.Numerics;
using Roast.Formats;

namespace Roast.Text.Templates;

/// <summary>Python's two ways to put values into a text: <c>'%s' % value</c> and <c>'{}'.format(value)</c>.</summary>
internal static class Formatting
{
    /// <summary>Widest field, in characters.</summary>
    const int MaxWidth = 10_000;

    /// <summary><c>template % values</c>, for the conversions s, r, d, i, f, e, x, X and %%.</summary>
    internal static StringValue Percent(StringValue template, Value values, Budget budget)
    {
        var (parts, length) = (new List<StringValue>(), 0L);
        IReadOnlyList<Value> items = values is ListValue { IsTuple: true } tuple ? tuple.Items : [values];
        (int next, int start, string text) = (0, 0, template.Text);
        for (int at = text.IndexOf('%'); at >= 0; at = text.IndexOf('%', start))
        {
            parts.Add(template.Cut(start, at));
            int i = at + 1;
            Value? named = null;
            if (i < text.Length && text[i] == '(')
            {
                int close = text.IndexOf(')', i);
                if (close < 0 || values is not DictValue dict) throw new Fault("a named place in a format needs a mapping");
                named = dict.Get(text[(i + 1)..close]) ?? throw new Fault($"a format names '{text[(i + 1)..close]}', which the mapping lacks");
                i = close + 1;
            }
            int spec = i;
            while (i < text.Length && (text[i] is '-' or '+' or ' ' or '#' or '.' || char.IsAsciiDigit(text[i]))) i++;
            if (i == text.Length) throw new Fault("a format ends inside a place for a value");
            if (text[i] == '%') parts.Add(new StringValue("%"));
            else Add(parts, ref length, Place(named ?? (next < items.Count ? items[next++] : throw new Fault("a format has more places than values")), text[spec..i], text[i], alignsLeft: text[spec..i].Contains('-'), budget));
            start = i + 1;
        }
        if (next < items.Count && values is not DictValue) throw new Fault("a format has fewer places than values");
        parts.Add(template.Cut(start, text.Length));
        return StringValue.Join(StringValue.Empty, parts);
    }

    /// <summary><c>template.format(...)</c>, with positions, names and simple specifications such as <c>:.2f</c>.</summary>
    internal static StringValue Braces(StringValue template, Arguments arguments, Budget budget)
    {
        var (parts, length) = (new List<StringValue>(), 0L);
        (int next, int start, string text) = (0, 0, template.Text);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('{' or '}')) continue;
            if (i + 1 < text.Length && text[i + 1] == text[i])
            {
                parts.Add(template.Cut(start, ++i));
                start = i + 1;
                continue;
            }
            int close = text[i] == '{' ? text.IndexOf('}', i) : -1;
            if (close < 0) throw new Fault("a format has a brace without its partner");
            parts.Add(template.Cut(start, i));
            string field = text[(i + 1)..close];
            int colon = field.IndexOf(':');
            (string name, string spec) = colon >= 0 ? (field[..colon], field[(colon + 1)..]) : (field, "");
            var value = name.Length == 0 ? At(next++) : NumberText.TryParse(name, NumberStyles.None, out int position) ? At(position)
                : arguments.Named.FirstOrDefault(x => x.Key == name).Value ?? throw new Fault($"a format names '{name}', which is not given");
            if (spec.Length == 0) Add(parts, ref length, Printing.Print(value, budget));
            else if (char.IsAsciiLetter(spec[^1])) Add(parts, ref length, Place(value, spec[..^1], spec[^1], alignsLeft: false, budget));
            else throw new Fault($"a format has the specification '{spec}', and only those such as .2f are known");
            start = (i = close) + 1;
        }
        parts.Add(template.Cut(start, text.Length));
        return StringValue.Join(StringValue.Empty, parts);

        Value At(int position) => position < arguments.Positional.Count ? arguments.Positional[position] : throw new Fault("a format has more places than values");
    }

    // Looked at while it grows: '%9999d' asks for a thousand times what it says.
    static void Add(List<StringValue> parts, ref long length, StringValue part)
    {
        if ((length += part.Text.Length) > StringValue.MaxLength) throw new Fault($"a string grows beyond {StringValue.MaxLength:N0} characters");
        parts.Add(part);
    }

    static StringValue Place(Value value, string spec, char conversion, bool alignsLeft, Budget budget)
    {
        string[] sizes = spec.TrimStart('-', '+', ' ', '#', '0').Split('.');
        (int width, int precision) = (Size(sizes[0]) ?? 0, sizes.Length > 1 ? Size(sizes[1]) ?? 0 : -1);
        var text = conversion switch
        {
            's' => Cut(Printing.Print(value, budget)),
            'r' => Cut(Printing.Represent(value, budget)),
            'd' or 'i' => new StringValue(Signed(Whole(value).ToString(CultureInfo.InvariantCulture))),
            'x' or 'X' => new StringValue(Signed(Hex(Whole(value), conversion))),
            'f' or 'F' => new StringValue(Signed(Real(value).ToString($"F{(precision < 0 ? 6 : precision)}", CultureInfo.InvariantCulture))),
            'e' => new StringValue(Signed(Real(value).ToString($"0.{new string('0', precision < 0 ? 6 : precision)}e+00", CultureInfo.InvariantCulture))),
            _ => throw new Fault($"a format has the conversion '{conversion}', which is not known"),
        };
        budget.Spend(Math.Max(width, text.Text.Length));
        int missing = width - text.Text.Length;
        if (missing <= 0) return text;
        bool zeros = !alignsLeft && conversion is not ('s' or 'r') && spec.TrimStart('-', '+', ' ', '#').StartsWith('0');
        if (zeros) return new StringValue(text.Text[0] is '-' or '+' ? text.Text[0] + text.Text[1..].PadLeft(width - 1, '0') : text.Text.PadLeft(width, '0'));
        var fill = new StringValue(new string(' ', missing));
        return alignsLeft ? text.Append(fill) : fill.Append(text);

        StringValue Cut(StringValue whole) => precision >= 0 && precision < whole.Text.Length ? whole.Cut(0, precision) : whole;
        string Signed(string number) => number[0] == '-' ? number : spec.Contains('+') ? "+" + number : spec.Contains(' ') ? " " + number : number;
    }

    static int? Size(string digits) => digits.Length == 0 ? null
        : NumberText.TryParse(digits, NumberStyles.None, out int size) && size <= MaxWidth ? size : throw new Fault($"a format asks for a width of '{digits}', and at most {MaxWidth:N0} is known");

    static BigInteger Whole(Value value) => Arithmetic.Integer(value) ?? (value is FloatValue { Number: var real } && double.IsFinite(real) ? new BigInteger(real) : throw new Fault($"a format needs a number, and found {value.Kind}"));

    static double Real(Value value) => Arithmetic.Number(value) is { } real && double.IsFinite(real) ? real : throw new Fault($"a format needs a finite number, and found {value.Kind}");

    static string Hex(BigInteger number, char conversion)
    {
        string digits = BigInteger.Abs(number).ToString(conversion == 'x' ? "x" : "X", CultureInfo.InvariantCulture).TrimStart('0');
        return (number.Sign < 0 ? "-" : "") + (digits.Length == 0 ? "0" : digits);
    }
}
