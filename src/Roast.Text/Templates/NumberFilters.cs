using System.Globalization;
using System.Numerics;
using Roast.Formats;

namespace Roast.Text.Templates;

/// <summary>Filters that give numbers.</summary>
internal static class NumberFilters
{
    const int ExactDigits = 1080;                           // no double has more behind the point

    internal static void AddTo(Dictionary<string, Filters.Filter> known)
    {
        known["length"] = known["count"] = (value, _, _) => new IntegerValue(Sequences.Length(value));
        known["int"] = (value, a, _) => ToInteger(value, a.Accept("default", "base")) ?? a.Get(0, "default") ?? new IntegerValue(0);
        known["float"] = (value, a, _) => ToFloat(value) ?? a.Accept("default").Get(0, "default") ?? new FloatValue(0);
        known["abs"] = (value, _, _) => value is FloatValue real ? new FloatValue(Math.Abs(real.Number)) : Arithmetic.Integer(value) is { } integer ? new IntegerValue(BigInteger.Abs(integer)) : throw new Fault($"'abs' takes numbers, and found {value.Kind}");
        known["round"] = Round;
        known["sum"] = Sum;
    }

    static IntegerValue? ToInteger(Value value, Arguments a)
    {
        if (Arithmetic.Integer(value) is { } integer) return new IntegerValue(integer);
        if (value is FloatValue real) return double.IsFinite(real.Number) ? new IntegerValue(new BigInteger(real.Number)) : null;
        if (value is not StringValue text || text.Text.Length > Arithmetic.MaxBits / 4) return null;
        int radix = a.Int(1, "base", 10);
        if (radix is not (10 or 16)) throw new Fault($"'int' is asked for base {radix}, and 10 and 16 are known");
        string digits = text.Trim().Text.Replace("_", "", StringComparison.Ordinal);
        bool isHex = radix == 16;
        if (isHex && digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase)) digits = digits[2..];
        if (NumberText.TryParse(isHex ? '0' + digits : digits, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.AllowLeadingSign, out BigInteger number)) return new IntegerValue(number);
        return ToFloat(value) is { } fraction && double.IsFinite(fraction.Number) ? new IntegerValue(new BigInteger(fraction.Number)) : null;
    }

    static FloatValue? ToFloat(Value value)
    {
        if (Arithmetic.Number(value) is { } number) return new FloatValue(number);
        return value is StringValue text && NumberText.TryParse(text.Trim().Text.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, out double read) ? new FloatValue(read) : null;
    }

    static Value Round(Value value, Arguments a, FilterContext context)
    {
        a.Accept("precision", "method");
        int precision = Math.Clamp(a.Int(0, "precision", 0), -300, 300);
        string method = a.TextOrNull(1, "method")?.Text ?? "common";
        if (Arithmetic.Number(value) is not { } number) throw new Fault($"'round' takes numbers, and found {value.Kind}");
        if (!double.IsFinite(number)) return new FloatValue(number);
        context.Budget.Spend(ExactDigits);
        double scale = Math.Pow(10, precision);
        return new FloatValue(method switch
        {
            "ceil" => Math.Ceiling(number * scale) / scale,
            "floor" => Math.Floor(number * scale) / scale,
            "common" => precision < 0 ? Math.Round(number * scale, MidpointRounding.ToEven) / scale : RoundDecimal(number, precision),
            _ => throw new Fault($"'round' has no method '{method}'"),
        });
    }

    /// <summary>By the exact decimal digits, a tie to the even digit: 2.675, which is a little less, becomes 2.67.</summary>
    static double RoundDecimal(double number, int precision)
    {
        string exact = number.ToString($"F{ExactDigits}", CultureInfo.InvariantCulture);
        int cut = exact.IndexOf('.') + 1 + precision;
        string kept = exact[..cut].TrimEnd('.');
        bool isTie = exact[cut] == '5' && exact.AsSpan(cut + 1).TrimEnd('0').IsEmpty;
        bool up = isTie ? (kept[^1] - '0') % 2 == 1 : exact[cut] >= '5';
        var units = BigInteger.Parse(kept.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        string rounded = (BigInteger.Abs(units) + (up ? 1 : 0)).ToString(CultureInfo.InvariantCulture);
        return Math.CopySign(double.Parse($"{rounded}e-{precision}", CultureInfo.InvariantCulture), number);
    }

    static Value Sum(Value value, Arguments a, FilterContext context)
    {
        a.Accept("attribute", "start");
        Value sum = a.Get(1, "start") ?? new IntegerValue(0);
        foreach (var item in SelectFilters.Attributes(value, a.Get(0, "attribute"), context))
            sum = Arithmetic.Compute("+", sum, item) ?? throw new Fault($"'sum' takes numbers, and found {item.Kind}");
        return sum;
    }
}
