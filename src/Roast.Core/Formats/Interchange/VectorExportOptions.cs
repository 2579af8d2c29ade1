namespace Roast.Formats;

/// <summary>How a vector is written for other programs. Immutable; vary it using <c>with</c>.</summary>
public sealed record VectorExportOptions
{
    /// <summary>
    /// Added to every layer number on its way out; see <see cref="VectorImportOptions.LayerOffset"/>, whose opposite it is. A file
    /// with shifted layers does not carry Roast's own provenance, because its points are not where that says.
    /// </summary>
    public int LayerOffset { get; init { ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs((long)value), Point.MaxLayer, nameof(LayerOffset)); field = value; } }
}
