using Roast.Formats;

namespace Roast.Cli.Conversions;

/// <summary>All conversions; a new one is a class and a line here.</summary>
internal static class ConversionTable
{
    static readonly FormatConversion Formats = new();

    public static IReadOnlyList<IConversion> All { get; } = [new VectorToAdapter(), new AdapterToVector(), Formats];

    /// <summary>The conversion between two files: one that is made for their endings, else by the formats of vectors.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: there is none.</exception>
    public static IConversion Find(ConversionRequest request)
    {
        if (All.FirstOrDefault(one => Ends(request.Source, one.From) && Ends(request.Target, one.To)) is { } made)
            return request.ConcernsFormats ? throw new UsageException($"{made.From} to {made.To} knows no format, layer offset or site: leave these options out.") : made;
        if (request.To is not null || VectorFormats.All.Any(format => format.CanWrite && format.Extensions.Any(end => Ends(request.Target, end)))) return Formats;
        throw new RoastException(RoastError.Unsupported, $"{request.Source} to {request.Target}: there is no such conversion; by their endings files are converted from {Ways}. Name files with those endings.");
    }

    /// <summary>The ways, for people.</summary>
    public static string Ways => string.Join("; ", All.Select(one => $"{one.From} to {one.To}"));

    static bool Ends(string path, string ending) => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
