using Roast.Graph.Export;

namespace Roast.Cli.Results;

internal sealed record ExportedFileResult(string Name, long Bytes, string Origin);

internal sealed record ExportCommandResult(string Folder, string Family, string Precision, int Layers, int MaxPositions, ExportedFileResult[] Files, string WeightsFingerprint, IReadOnlyList<string> Notes)
{
    public static ExportCommandResult Of(ExportResult x) => new(x.Folder, x.Shape.Family, x.Precision.Name(), x.Shape.Layers, x.Shape.MaxPositions,
        [.. x.Files.Select(file => new ExportedFileResult(file.Name, file.Bytes, Word(file.Origin)))], x.WeightsFingerprint, x.Notes);

    static string Word(FileOrigin origin) => origin switch { FileOrigin.InPlace => "in_place", FileOrigin.Linked => "linked", FileOrigin.Copied => "copied", _ => "written" };
}
