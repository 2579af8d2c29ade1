using Roast.Files;
using Roast.Formats;

namespace Roast;

public sealed partial class SteeringVector
{
    /// <summary>Reads a vector of any format that <see cref="VectorFormats"/> knows, told by its content and not by its name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What the file does not say itself; <c>null</c>: the defaults.</param>
    /// <exception cref="RoastException"><see cref="RoastError.NotFound"/>, <see cref="RoastError.BadFile"/>: of no known format, or damaged; or what the format refuses.</exception>
    public static ImportedVector Import(string path, VectorImportOptions? options = null)
    {
        using var stream = InputFile.Open(path);
        return VectorFormats.Read(stream, path, (options ?? new()) with { OpenSibling = name => InputFile.OpenBeside(path, name) });
    }

    /// <summary>Reads a vector as a file of one format, whatever its content looks like.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.NotFound"/>, or what the format refuses.</exception>
    public static ImportedVector Import(string path, IVectorFormat format, VectorImportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(format);
        using var stream = InputFile.Open(path);
        return format.Read(stream, path, (options ?? new()) with { OpenSibling = name => InputFile.OpenBeside(path, name) });
    }

    /// <summary>Writes the vector for another program: whole, or not at all.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="format">The format; <c>null</c>: by the file's extension.</param>
    /// <param name="options">How; <c>null</c>: the defaults.</param>
    /// <param name="overwrite">Whether a file that exists is replaced.</param>
    /// <returns>Notes, one sentence each: what the format has no place for.</returns>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: the format cannot say this vector; <see cref="RoastError.CannotWrite"/>.</exception>
    public IReadOnlyList<string> Export(string path, IVectorFormat? format = null, VectorExportOptions? options = null, bool overwrite = false)
    {
        format ??= VectorFormats.ForWriting(path);
        IReadOnlyList<string> notes = [];
        AtomicFile.Write(path, overwrite, stream => notes = format.Write(stream, this, options ?? new()));
        return notes;
    }
}
