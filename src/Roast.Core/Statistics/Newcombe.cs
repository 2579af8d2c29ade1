namespace Roast.Statistics;

/// <summary>Newcombe's interval of the difference of two accuracies.</summary>
public static class Newcombe
{
    /// <summary>The interval of c1/n1 - c2/n2 for independent samples, built from their Wilson intervals.</summary>
    /// <param name="correct1">Right answers of the first, for example with steering.</param>
    /// <param name="total1">Questions of the first, at least 1.</param>
    /// <param name="correct2">Right answers of the second, for example without steering.</param>
    /// <param name="total2">Questions of the second, at least 1.</param>
    /// <param name="confidence">In (0, 1).</param>
    /// <returns>Inside [-1, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number outside its range.</exception>
    /// <remarks>
    /// R. G. Newcombe, Statistics in Medicine 17 (1998) 873, method 10. It ignores that both runs answered the same
    /// questions, so for paired runs it is wider than need be: read it beside <see cref="McNemar.ExactP"/>.
    /// </remarks>
    public static Interval Difference(int correct1, int total1, int correct2, int total2, double confidence = 0.95)
    {
        double p1 = Proportion.Checked(correct1, total1, nameof(correct1)), p2 = Proportion.Checked(correct2, total2, nameof(correct2));
        var (low1, high1) = Wilson.Interval(correct1, total1, confidence);
        var (low2, high2) = Wilson.Interval(correct2, total2, confidence);
        double difference = p1 - p2;
        return new Interval(difference - Hypotenuse(p1 - low1, high2 - p2), difference + Hypotenuse(high1 - p1, p2 - low2));
    }

    static double Hypotenuse(double a, double b) => Math.Sqrt(a * a + b * b);
}
