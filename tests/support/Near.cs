using Xunit;

namespace Roast.TestSupport;

/// <summary>Comparisons that NaN cannot pass and that name the worst element.</summary>
public static class Near
{
    /// <summary>Every |a-b| &lt;= <paramref name="absolute"/>.</summary>
    public static void Equal(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double absolute, string what = "values")
    {
        Assert.Equal(expected.Length, actual.Length);
        (int worst, double difference) = (-1, -1);
        for (int i = 0; i < expected.Length; i++)
        {
            double d = Math.Abs((double)expected[i] - actual[i]);
            if (double.IsNaN(d)) d = double.PositiveInfinity;
            if (d > difference) (worst, difference) = (i, d);
        }
        if (worst >= 0 && !(difference <= absolute))
            Assert.Fail($"{what}: element {worst} of {expected.Length} is {actual[worst]:R}, expected {expected[worst]:R}; |difference| {difference:E2} > {absolute:E2}.");
    }

    /// <summary>max|a-b| &lt;= <paramref name="relative"/> * max|expected|.</summary>
    public static void EqualToScale(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double relative, string what = "values")
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = 0;
        foreach (double x in expected) scale = Math.Max(scale, Math.Abs(x));
        for (int i = 0; i < expected.Length; i++)
            if (!(Math.Abs(expected[i] - actual[i]) <= relative * scale))
                Assert.Fail($"{what}: element {i} of {expected.Length} is {actual[i]:R}, expected {expected[i]:R}; allowed {relative:E2} of {scale:E3}.");
    }

    /// <inheritdoc cref="EqualToScale(ReadOnlySpan{double}, ReadOnlySpan{double}, double, string)"/>
    public static void EqualToScale(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double relative, string what = "values") =>
        EqualToScale(Array.ConvertAll(expected.ToArray(), x => (double)x), Array.ConvertAll(actual.ToArray(), x => (double)x), relative, what);

    /// <summary>The same bits, so that -0 differs from +0.</summary>
    public static void SameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what = "values")
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            if (BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(actual[i]))
                Assert.Fail($"{what}: element {i} of {expected.Length} is {actual[i]:R}, expected {expected[i]:R}, bit for bit.");
    }

    /// <summary>Every |a-b| &lt;= the bound of its element.</summary>
    public static void Within(ReadOnlySpan<double> bounds, ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, string what = "values")
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.Equal(expected.Length, bounds.Length);
        for (int i = 0; i < expected.Length; i++)
            if (!(Math.Abs(expected[i] - actual[i]) <= bounds[i]))
                Assert.Fail($"{what}: element {i} of {expected.Length} is {actual[i]:R}, expected {expected[i]:R} within {bounds[i]:E2}.");
    }
}
