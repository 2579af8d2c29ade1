using System.Globalization;
using System.Text;

namespace Roast.Text.Templates;

/// <summary>Dates as Python's <c>strftime</c> writes them in the C locale, with the C library's <c>%-d</c> for numbers without a zero in front.</summary>
internal static class StrFTime
{
    /// <summary>Longest format, in characters.</summary>
    const int MaxLength = 1000;

    internal static string Write(DateTime time, string format)
    {
        if (format.Length > MaxLength) throw new Fault($"a date format has more than {MaxLength:N0} characters");
        var text = new StringBuilder();
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length) { text.Append(format[i]); continue; }
            bool bare = format[++i] == '-' && i + 1 < format.Length;
            if (bare) i++;
            string field = Field(time, format[i]);
            text.Append(bare && field.TrimStart('0', ' ') is { Length: > 0 } short_ ? short_ : field);
        }
        return text.ToString();
    }

    static string Field(DateTime time, char letter)
    {
        return letter switch
        {
            'a' => Named("ddd"),
            'A' => Named("dddd"),
            'b' or 'h' => Named("MMM"),
            'B' => Named("MMMM"),
            'd' => Named("dd"),
            'e' => time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
            'm' => Named("MM"),
            'y' => Named("yy"),
            'Y' => time.Year.ToString(CultureInfo.InvariantCulture),
            'H' => Named("HH"),
            'I' => Named("hh"),
            'M' => Named("mm"),
            'S' => Named("ss"),
            'f' => Named("ffffff"),
            'p' => time.Hour < 12 ? "AM" : "PM",
            'j' => time.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
            'w' => ((int)time.DayOfWeek).ToString(CultureInfo.InvariantCulture),
            'u' => (((int)time.DayOfWeek + 6) % 7 + 1).ToString(CultureInfo.InvariantCulture),
            'U' => Week((int)time.DayOfWeek),
            'W' => Week(((int)time.DayOfWeek + 6) % 7),
            'F' => Named("yyyy-MM-dd"),
            'T' or 'X' => Named("HH:mm:ss"),
            'R' => Named("HH:mm"),
            'D' or 'x' => Named("MM/dd/yy"),
            'c' => $"{Named("ddd MMM")} {time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2)} {Named("HH:mm:ss yyyy")}",
            'z' or 'Z' => "",                                   // datetime.now() knows no zone
            'n' => "\n",
            't' => "\t",
            '%' => "%",
            var other => throw new Fault($"a date format has '%{other}', which is not known"),
        };

        string Named(string format) => time.ToString(format, CultureInfo.InvariantCulture);

        string Week(int day) => ((time.DayOfYear + 6 - day) / 7).ToString("00", CultureInfo.InvariantCulture);   // a week begins on day 0
    }
}
