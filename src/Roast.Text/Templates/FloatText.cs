using System.Globalization;

namespace Roast.Text.Templates;

/// <summary>Numbers with a fraction as Python's <c>repr</c> writes them: the shortest digits that come back, and an exponent from 1e16 on and below 1e-4.</summary>
internal static class FloatText
{
    internal static string Write(double number)
    {
        if (!double.IsFinite(number)) return double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        string sign = double.IsNegative(number) ? "-" : "";
        if (number == 0) return sign + "0.0";
        var (digits, exponent) = Take(Math.Abs(number).ToString("E16", CultureInfo.InvariantCulture), Math.Abs(number).ToString("R", CultureInfo.InvariantCulture));
        if (exponent is < -4 or >= 16)
        {
            string fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        }
        if (exponent < 0) return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        return digits.Length <= exponent + 1 ? $"{sign}{digits.PadRight(exponent + 1, '0')}.0" : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    /// <summary>The digits without zeros at either end, and the power of ten of the first.</summary>
    static (string Digits, int Exponent) Take(string scientific, string shortest)
    {
        int exponent = int.Parse(scientific.AsSpan(scientific.IndexOf('E') + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        int end = shortest.IndexOf('E') is var e and >= 0 ? e : shortest.Length;
        string digits = shortest[..end].Replace(".", "", StringComparison.Ordinal).Trim('0');
        if (digits == "1" && scientific[0] == '9') exponent++;                              // 9.999…e22 is 1e23 in short
        return (digits, exponent);
    }
}
