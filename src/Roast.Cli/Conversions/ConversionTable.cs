namespace Roast.Cli.Conversions;

/// <summary>Conversions from and to files that are no vectors: adapters. The formats of vectors are <see cref="Formats.VectorFormats"/>.</summary>
internal static class ConversionTable
{
    public static IReadOnlyList<IConversion> All { get; } = [new VectorToAdapter(), new AdapterToVector()];

    /// <summary>Whether one of two files has an ending that this table is for.</summary>
    public static bool IsAbout(string source, string target) => new[] { source, target }.Any(file => file.EndsWith(VectorToAdapter.Ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>The conversion between two files, by their endings.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: there is none.</exception>
    public static IConversion Find(string source, string target) =>
        All.FirstOrDefault(one => source.EndsWith(one.From, StringComparison.OrdinalIgnoreCase) && target.EndsWith(one.To, StringComparison.OrdinalIgnoreCase))
        ?? throw new RoastException(RoastError.Unsupported, $"{source} to {target}: there is no such conversion; by their endings files are converted from {Ways}. Name files with those endings.");

    /// <summary>The ways, for people.</summary>
    public static string Ways => string.Join(", ", All.Select(one => $"{one.From} to {one.To}"));
}
