namespace Roast.Statistics;

/// <summary>The binomial distribution with probability 1/2, for any number of tosses.</summary>
internal static class FairCoin
{
    /// <summary>C(n, k) / 2^n without large intermediate values.</summary>
    /// <remarks>
    /// C. Loader: Fast and Accurate Computation of Binomial Probabilities, 2000. Logarithms of factorials would cancel:
    /// at n = 1e9 they are 2e10 and leave 5 digits. Here only the small parts of Stirling's formula and the
    /// deviances remain.
    /// </remarks>
    internal static double Probability(long k, long n)
    {
        if (k == 0 || k == n) return Math.Pow(2, -n);
        double half = n / 2.0, m = n - k;
        double exponent = StirlingError(n) - StirlingError(k) - StirlingError(m) - Deviance(k, half) - Deviance(m, half);
        return Math.Exp(exponent) * Math.Sqrt(n / (2 * Math.PI * k * m));
    }

    /// <summary>log(n!) - log(sqrt(2 pi n) (n/e)^n), for n at least 1.</summary>
    static double StirlingError(double n)
    {
        if (n < 16)
        {
            double factorial = 1;
            for (int i = 2; i <= n; i++) factorial *= i;
            return Math.Log(factorial) - (n + 0.5) * Math.Log(n) + n - 0.5 * Math.Log(2 * Math.PI);
        }
        double s = 1 / (n * n);                                             // five terms: below 1e-16 from n = 16 on
        return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 * s) * s) * s) * s) / n;
    }

    /// <summary>x log(x/np) + np - x, which is small near x = np where its parts are not.</summary>
    static double Deviance(double x, double np)
    {
        if (Math.Abs(x - np) >= 0.1 * (x + np)) return x * Math.Log(x / np) + np - x;
        double v = (x - np) / (x + np), sum = (x - np) * v, term = 2 * x * v;
        for (int j = 1; j < 1000; j++)                                      // v is below 0.1: two digits a round
        {
            term *= v * v;
            double next = sum + term / (2 * j + 1);
            if (next == sum) break;
            sum = next;
        }
        return sum;
    }
}
