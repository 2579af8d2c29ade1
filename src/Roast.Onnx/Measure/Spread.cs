namespace Roast.Onnx;

/// <summary>One figure over several trials.</summary>
/// <param name="Median">The middle trial, or the mean of the two middle ones.</param>
/// <param name="Least">The least.</param>
/// <param name="Most">The most.</param>
public readonly record struct Spread(double Median, double Least, double Most)
{
    /// <summary>Sums up trials.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static Spread Of(IEnumerable<double> trials)
    {
        double[] sorted = [.. trials.Order()];
        if (sorted.Length == 0) throw new ArgumentException("A spread needs at least one trial.", nameof(trials));
        int middle = sorted.Length / 2;
        return new Spread(sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2, sorted[0], sorted[^1]);
    }
}
