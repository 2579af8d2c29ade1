using Roast.Formats;

namespace Roast.Cli.Conversions;

/// <summary>One way from a file format to another.</summary>
internal interface IConversion
{
    /// <summary>Ending of the file that is read, with its point.</summary>
    string From { get; }

    /// <summary>Ending of the file that is written, with its point.</summary>
    string To { get; }

    /// <summary>Converts; what cannot be said in the target is an error, or where it is only provenance a note.</summary>
    Converted Convert(ConversionRequest request);
}

/// <summary>What was converted.</summary>
/// <param name="Points">The points that were written.</param>
/// <param name="From">The format that was read.</param>
/// <param name="To">The format that was written.</param>
internal sealed record Converted(IReadOnlyList<Point> Points, string From, string To);

/// <summary>What a conversion is asked for.</summary>
/// <param name="Source">The file to read.</param>
/// <param name="Target">The file to write.</param>
/// <param name="Model">A model's folder or .onnx file, where one was named.</param>
/// <param name="Strength">Where one was given.</param>
/// <param name="Force">Whether the target may be replaced.</param>
/// <param name="Note">Takes what is worth knowing.</param>
internal sealed record ConversionRequest(string Source, string Target, string? Model, Strength? Strength, bool Force, Action<string> Note)
{
    /// <summary>The format of the source, where it was named.</summary>
    public IVectorFormat? From { get; init; }

    /// <summary>The format of the target, where it was named.</summary>
    public IVectorFormat? To { get; init; }

    /// <summary>What the source does not say.</summary>
    public VectorImportOptions Import { get; init; } = new();

    /// <summary>How the target is written.</summary>
    public VectorExportOptions Export { get; init; } = new();

    /// <summary>Whether something was asked that concerns vector formats only.</summary>
    public bool ConcernsFormats => From is not null || To is not null || Import != new VectorImportOptions() || Export != new VectorExportOptions();
}
