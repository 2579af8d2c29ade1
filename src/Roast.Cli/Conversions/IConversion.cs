namespace Roast.Cli.Conversions;

/// <summary>One way from a file format to another.</summary>
internal interface IConversion
{
    /// <summary>Ending of the file that is read, with its point.</summary>
    string From { get; }

    /// <summary>Ending of the file that is written, with its point.</summary>
    string To { get; }

    /// <summary>Converts; what cannot be said in the target is an error, or where it is only provenance a note.</summary>
    /// <returns>The points that were written.</returns>
    IReadOnlyList<Point> Convert(ConversionRequest request);
}

/// <summary>What a conversion is asked for.</summary>
/// <param name="Source">The file to read.</param>
/// <param name="Target">The file to write.</param>
/// <param name="Model">A model's folder or .onnx file, where one was named.</param>
/// <param name="Strength">Where one was given.</param>
/// <param name="Force">Whether the target may be replaced.</param>
/// <param name="Note">Takes what is worth knowing.</param>
internal sealed record ConversionRequest(string Source, string Target, string? Model, Strength? Strength, bool Force, Action<string> Note);
