namespace Roast.Statistics;

/// <summary>The checks that all statistics of correct answers share.</summary>
internal static class Proportion
{
    internal static double Checked(int correct, int total, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(total, 1);
        if ((uint)correct > (uint)total)
            throw new ArgumentOutOfRangeException(name, correct, $"{correct} correct answers of {total}: must lie in 0..{total}.");
        return (double)correct / total;
    }

    /// <summary>The half-width of a two-sided interval in standard deviations: 1.96 for 0.95.</summary>
    internal static double TwoSidedQuantile(double confidence) => confidence is > 0 and < 1
        ? -Normal.Quantile((1 - confidence) / 2)                            // the lower tail keeps its digits near confidence 1
        : throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence must lie in (0, 1); 0.95 is usual.");
}
