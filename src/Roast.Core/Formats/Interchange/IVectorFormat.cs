namespace Roast.Formats;

/// <summary>One kind of vector file. What it cannot say is refused when it is written, never dropped in silence.</summary>
public interface IVectorFormat
{
    /// <summary>A word for options and messages, such as <c>llama.cpp</c>.</summary>
    string Name { get; }

    /// <summary>What it is, in a few words.</summary>
    string Description { get; }

    /// <summary>The file names' ends that are its own, with the dot; the first is the usual one.</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>Whether <see cref="Write"/> works.</summary>
    bool CanWrite { get; }

    /// <summary>Whether a file begins like one of this format.</summary>
    /// <param name="head">The first <see cref="VectorFormats.HeadBytes"/> bytes, or the whole of a shorter file.</param>
    bool Recognizes(ReadOnlySpan<byte> head);

    /// <summary>Reads a vector.</summary>
    /// <param name="stream">A seekable stream over the whole file; stays open.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="options">What the file does not say.</param>
    /// <exception cref="RoastException"><see cref="RoastError.BadFile"/>, <see cref="RoastError.Unsupported"/>, <see cref="RoastError.TooLarge"/> or <see cref="RoastError.NotFinite"/>; the message gives the reason.</exception>
    ImportedVector Read(Stream stream, string file, VectorImportOptions options);

    /// <summary>Writes a vector; the same vector gives the same bytes.</summary>
    /// <param name="stream">Receives the file; need not be able to seek.</param>
    /// <param name="vector">The vector.</param>
    /// <param name="options">How.</param>
    /// <returns>Notes, one sentence each: what the format has no place for and the user must know.</returns>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: a direction that the format cannot say.</exception>
    IReadOnlyList<string> Write(Stream stream, SteeringVector vector, VectorExportOptions options);
}
