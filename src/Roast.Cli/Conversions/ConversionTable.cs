namespace Roast.Cli.Conversions;

/// <summary>All conversions; a new one is a class and a line here.</summary>
internal static class ConversionTable
{
    public static IReadOnlyList<IConversion> All { get; } = [new VectorToAdapter(), new AdapterToVector()];

    /// <summary>The conversion between two files, by their endings.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: there is none.</exception>
    public static IConversion Find(string source, string target) =>
        All.FirstOrDefault(one => source.EndsWith(one.From, StringComparison.OrdinalIgnoreCase) && target.EndsWith(one.To, StringComparison.OrdinalIgnoreCase))
        ?? throw new RoastException(RoastError.Unsupported, $"{source} to {target}: there is no such conversion; by their endings files are converted from {Ways}. Name files with those endings.");

    /// <summary>The ways, for people.</summary>
    public static string Ways => string.Join(", ", All.Select(one => $"{one.From} to {one.To}"));
}
