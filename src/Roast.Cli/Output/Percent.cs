using System.Globalization;

namespace Roast.Cli.Output;

/// <summary>Numbers as people read them.</summary>
internal static class Percent
{
    /// <summary><c>96.1 %</c>.</summary>
    public static string Of(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");

    /// <summary><c>[94.7, 97.1]</c>, in percent.</summary>
    public static string Interval(double[] ends) => string.Create(CultureInfo.InvariantCulture, $"[{100 * ends[0]:0.0}, {100 * ends[1]:0.0}]");

    /// <summary><c>[+50.4, +56.7]</c>, in percentage points.</summary>
    public static string Difference(double[] ends) => string.Create(CultureInfo.InvariantCulture, $"[{100 * ends[0]:+0.0;-0.0;0.0}, {100 * ends[1]:+0.0;-0.0;0.0}]");
}
