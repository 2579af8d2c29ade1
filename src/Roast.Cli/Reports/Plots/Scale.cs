namespace Roast.Cli.Reports.Plots;

/// <summary>Maps values to pixels along one axis, and knows which round values to mark.</summary>
/// <param name="Low">The value at <paramref name="From"/>; finite, above 0 where the scale is logarithmic.</param>
/// <param name="High">The value at <paramref name="To"/>; above <paramref name="Low"/>.</param>
/// <param name="From">Pixel of the low end.</param>
/// <param name="To">Pixel of the high end; below <paramref name="From"/> where the axis points up.</param>
/// <param name="IsLogarithmic">Equal factors are equally far.</param>
internal sealed record Scale(double Low, double High, double From, double To, bool IsLogarithmic = false)
{
    static readonly double[] Mantissas = [1, 2, 5];

    /// <summary>The pixel of a value; a value outside lands on the nearer end, so nothing is drawn outside the frame.</summary>
    public double At(double value)
    {
        double share = IsLogarithmic
            ? (Math.Log(Math.Max(value, double.Epsilon)) - Math.Log(Low)) / (Math.Log(High) - Math.Log(Low))
            : (value / 2 - Low / 2) / (High / 2 - Low / 2);                 // halves: the width of a range of doubles may not be one
        return double.Lerp(From, To, Math.Clamp(share, 0, 1));
    }

    /// <summary>Round values inside the range, at most <paramref name="most"/>.</summary>
    public IReadOnlyList<double> Ticks(int most)
    {
        if (!IsLogarithmic) return Linear(most);
        double[] all = [.. Decades().Where(value => value >= Low * (1 - 1e-9) && value <= High * (1 + 1e-9))];
        if (all.Length <= most) return all.Length >= 2 ? all : Linear(most);
        double[] powers = [.. all.Where(value => Math.Abs(Math.Log10(value) - Math.Round(Math.Log10(value))) < 1e-9)];
        int every = (powers.Length + most - 1) / Math.Max(1, most);
        return powers.Length >= 2 ? [.. powers.Where((_, i) => i % Math.Max(1, every) == 0)] : [.. all.Take(most)];
    }

    IEnumerable<double> Decades()
    {
        for (int power = (int)Math.Floor(Math.Log10(Low)); power <= Math.Ceiling(Math.Log10(High)); power++)
            foreach (double mantissa in Mantissas) yield return mantissa * Math.Pow(10, power);
    }

    /// <summary>The largest of the round steps that gives two marks or more, at most <paramref name="most"/> of them where that is possible.</summary>
    double[] Linear(int most)
    {
        double raw = (High / 2 - Low / 2) / Math.Max(1, most) * 2, power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double[] steps = [0.2, 0.5, .. Mantissas, 10];
        int i = Array.FindIndex(steps, mantissa => mantissa * power >= raw * (1 - 1e-9));
        double[] ticks = Multiples(steps[i] * power);
        return ticks.Length >= 2 ? ticks : Multiples(steps[i - 1] * power);         // a step longer than half the range may miss it
    }

    double[] Multiples(double step)
    {
        double first = Math.Ceiling(Low / step - 1e-9), last = Math.Floor(High / step + 1e-9);
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step).Select(value => Math.Abs(value) < step * 1e-9 ? 0 : value)];
    }

    /// <summary>A range that holds all values, with a little air; never without width.</summary>
    public static (double Low, double High) Around(IEnumerable<double> values, double air = 0.05)
    {
        double low = double.MaxValue, high = double.MinValue;
        foreach (double value in values) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low > high) return (0, 1);
        double width = high - low > 0 ? high - low : Math.Max(Math.Abs(low), 1);
        return (low - air * width, high + air * width);
    }
}
