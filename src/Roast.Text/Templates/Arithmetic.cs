using System.Numerics;

namespace Roast.Text.Templates;

/// <summary>Python's arithmetic on numbers: truth values count as 0 and 1, division rounds down, a remainder has the divisor's sign.</summary>
internal static class Arithmetic
{
    /// <summary>Longest whole number, in bits. Enough for any count; a power of a power stops here.</summary>
    internal const int MaxBits = 4096;

    /// <summary>A whole number or truth value; <c>null</c> for anything else.</summary>
    internal static BigInteger? Integer(Value value) => value switch
    {
        IntegerValue integer => integer.Number,
        BoolValue truth => truth.IsTrue ? 1 : 0,
        _ => null,
    };

    /// <summary>Any number; <c>null</c> for anything else.</summary>
    internal static double? Number(Value value) => value is FloatValue real ? real.Number : Integer(value) is { } integer ? (double)integer : null;

    /// <summary>The result; <c>null</c> where one side is no number.</summary>
    internal static Value? Compute(string sign, Value left, Value right)
    {
        if (Integer(left) is { } a && Integer(right) is { } b && !(sign == "**" && b < 0)) return Compute(sign, a, b);
        return Number(left) is { } x && Number(right) is { } y ? new FloatValue(Compute(sign, x, y)) : null;
    }

    internal static Value Negate(Value value) => value is FloatValue real ? new FloatValue(-real.Number)
        : Integer(value) is { } integer ? new IntegerValue(-integer) : throw new Fault($"'-' stands before {value.Kind}");

    /// <summary>Which of two numbers comes first; <c>null</c> where one is no number, or NaN.</summary>
    internal static int? Compare(Value left, Value right)
    {
        if (Integer(left) is { } a && Integer(right) is { } b) return a.CompareTo(b);
        if (Number(left) is not { } x || Number(right) is not { } y || double.IsNaN(x) || double.IsNaN(y)) return null;
        return x.CompareTo(y);
    }

    static Value Compute(string sign, BigInteger a, BigInteger b)
    {
        if (sign is "/" or "//" or "%" && b.IsZero) throw new Fault("it divides by zero");
        switch (sign)
        {
            case "/": return new FloatValue((double)a / (double)b);
            case "//": return Limited(BigInteger.Divide(a - Remainder(a, b), b));
            case "%": return new IntegerValue(Remainder(a, b));
            case "**" when (double)BigInteger.Abs(a).GetBitLength() * (double)b > MaxBits && BigInteger.Abs(a) > 1: throw TooLong();
            case "**": return Limited(BigInteger.Pow(a, BigInteger.Abs(a) <= 1 ? (int)(b % 2) : (int)b) is var power && b.IsZero ? 1 : power);
            case "+": return Limited(a + b);
            case "-": return Limited(a - b);
            default: return Limited(a * b);
        }
    }

    static double Compute(string sign, double x, double y) => sign switch
    {
        "+" => x + y,
        "-" => x - y,
        "*" => x * y,
        _ when sign != "**" && y == 0 => throw new Fault("it divides by zero"),
        "/" => x / y,
        "//" => Math.Floor(x / y),
        "%" => x % y == 0 ? Math.CopySign(0, y) : x % y + ((x % y < 0) != (y < 0) ? y : 0),
        _ => Math.Pow(x, y) is var power && (double.IsNaN(power) || (x == 0 && y < 0)) ? throw new Fault($"{FloatText.Write(x)} ** {FloatText.Write(y)} has no value here") : power,
    };

    static BigInteger Remainder(BigInteger a, BigInteger b)
    {
        var rest = a % b;
        return rest.IsZero || rest.Sign == b.Sign ? rest : rest + b;
    }

    static IntegerValue Limited(BigInteger number) => number.GetBitLength() <= MaxBits ? new IntegerValue(number) : throw TooLong();

    static Fault TooLong() => new($"a number has more than {MaxBits:N0} bits");
}
