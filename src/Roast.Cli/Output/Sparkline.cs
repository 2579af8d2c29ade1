namespace Roast.Cli.Output;

/// <summary>Numbers as a line of blocks, as high as they are large.</summary>
internal static class Sparkline
{
    const string Blocks = "▁▂▃▄▅▆▇█";

    /// <summary>One block a value.</summary>
    /// <param name="values">Finite.</param>
    /// <param name="low">What the lowest block stands for; smaller values get it too.</param>
    /// <param name="high">What the highest one stands for; larger values get it too.</param>
    public static string Of(IEnumerable<double> values, double low, double high) =>
        string.Concat(values.Select(value => Blocks[high > low ? Math.Clamp((int)((value - low) / (high - low) * Blocks.Length), 0, Blocks.Length - 1) : 0]));
}
