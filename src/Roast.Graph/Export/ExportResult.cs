namespace Roast.Graph.Export;

/// <summary>What an export wrote.</summary>
/// <param name="Folder">The folder, as an absolute path.</param>
/// <param name="Shape">The model's sizes; <see cref="ModelShape.MaxPositions"/> is the export's.</param>
/// <param name="Precision">How weights are stored.</param>
/// <param name="Files">The folder's files that belong to the model, weights included, by name.</param>
/// <param name="WeightsFingerprint">Of the weights that the graph uses; what a steering vector's provenance is compared with.</param>
/// <param name="Notes">What is worth knowing: copies where links failed, families that GenAI does not know by name.</param>
public sealed record ExportResult(string Folder, ModelShape Shape, Precision Precision, IReadOnlyList<ExportedFile> Files, string WeightsFingerprint, IReadOnlyList<string> Notes);

/// <summary>A file of an exported folder.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Origin">How it came there.</param>
public sealed record ExportedFile(string Name, long Bytes, FileOrigin Origin);

/// <summary>How a file came into an exported folder.</summary>
public enum FileOrigin
{
    /// <summary>The export wrote it.</summary>
    Written,
    /// <summary>It was there before: the target is the source.</summary>
    InPlace,
    /// <summary>A hard link to the source's file: no space, but a change of either changes both.</summary>
    Linked,
    /// <summary>A copy of the source's file.</summary>
    Copied,
}
