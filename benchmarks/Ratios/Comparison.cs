namespace Roast.Benchmarks.Ratios;

/// <summary>A question with its sides: what is measured, against the first one where there are several.</summary>
/// <param name="What">The question, as the table shows it.</param>
/// <param name="Measure">How a trial becomes a figure.</param>
/// <param name="Against">The side that the others are compared with; its figure alone counts where there is no other.</param>
/// <param name="Measured">The other sides, each with its goal from DESIGN 8; empty text: none is set.</param>
internal sealed record Comparison(string What, Measure Measure, Side Against, params (Side Side, string Goal)[] Measured);

/// <summary>A figure of a trial and its unit.</summary>
internal sealed record Measure(string Unit, Func<Trial, double> Of)
{
    public static Measure MicrosecondsPerToken { get; } = new("us/token", trial => trial.Seconds / trial.Units * 1e6);
    public static Measure TokensPerSecond { get; } = new("tokens/s", trial => trial.Units / trial.Seconds);
    public static Measure Seconds { get; } = new("s", trial => trial.Seconds / trial.Runs);
    public static Measure GigabytesPerSecond { get; } = new("GB/s", trial => trial.Units / trial.Seconds / 1e9);
}

/// <summary>Median and range of a figure over the trials.</summary>
internal sealed record Spread(double Median, double Least, double Most)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new Spread(Statistics.Percentile.Of(sorted, 0.5), sorted[0], sorted[^1]);
    }

    /// <summary>Four digits: what a reader can use.</summary>
    public override string ToString() => FormattableString.Invariant($"{Digits(Median)} ({Digits(Least)}..{Digits(Most)})");

    static string Digits(double value) => value.ToString(Math.Abs(value) switch { >= 1000 => "N0", >= 100 => "F1", >= 10 => "F2", _ => "F3" }, System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>One line of the results. The ratio is the median over trials of measured / against within the trial, never of medians.</summary>
internal sealed record Line(string What, string Measured, string? Against, string Unit, Spread Value, Spread? AgainstValue, Spread? Ratio, string Goal)
{
    public static IEnumerable<Line> Of(Comparison comparison, Interleaved run) =>
        Of(comparison, run.Run([comparison.Against, .. comparison.Measured.Select(other => other.Side)]));

    static IEnumerable<Line> Of(Comparison comparison, Trial[][] trials)
    {
        double[][] figures = [.. trials.Select(side => side.Select(comparison.Measure.Of).ToArray())];
        var against = Spread.Of(figures[0]);
        if (comparison.Measured.Length == 0) yield return new Line(comparison.What, comparison.Against.Name, null, comparison.Measure.Unit, against, null, null, "");
        for (int i = 0; i < comparison.Measured.Length; i++)
            yield return new Line(comparison.What, comparison.Measured[i].Side.Name, comparison.Against.Name, comparison.Measure.Unit, Spread.Of(figures[i + 1]), against,
                Spread.Of(figures[i + 1].Zip(figures[0], (measured, baseline) => measured / baseline)), comparison.Measured[i].Goal);
    }
}
