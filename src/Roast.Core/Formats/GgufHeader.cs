namespace Roast.Formats;

/// <summary>
/// The checked header of a GGUF file: its metadata, and which tensors lie where. Nothing of it is trusted: a file that breaks
/// a rule of the format is refused, and reading allocates no more than a small multiple of the header's own size.
/// </summary>
/// <remarks>
/// The file: <c>GGUF</c>, version (uint32), number of tensors and of keys (uint64), the keys with their values, the tensors'
/// descriptions, padding, the data. All little-endian; versions 2 and 3 have the same layout. A tensor's place is relative to
/// the data, which begins at the next multiple of <c>general.alignment</c> (32 where absent). Written from the format's
/// specification (docs/gguf.md of ggml-org/ggml).
/// </remarks>
public sealed class GgufHeader
{
    /// <summary>Most tensors; the largest known models have some 3,000.</summary>
    public const int MaxTensors = 1 << 17;

    /// <summary>Most keys; known files have fewer than 100.</summary>
    public const int MaxKeys = 1 << 16;

    /// <summary>Longest key in bytes; the specification's limit.</summary>
    public const int MaxKeyBytes = 65_535;

    /// <summary>Longest tensor name in bytes; the specification's limit.</summary>
    public const int MaxNameBytes = 64;

    /// <summary>Longest text in bytes; the longest known chat template has 20,000.</summary>
    public const int MaxTextBytes = 16 << 20;

    /// <summary>Most elements of an array; the largest known vocabulary has 262,144 tokens.</summary>
    public const int MaxArrayLength = 1 << 24;

    /// <summary>How deep arrays may lie in arrays; no known file has more than one level.</summary>
    public const int MaxArrayDepth = 2;

    /// <summary>Most dimensions of a tensor; the format's limit.</summary>
    public const int MaxRank = 4;

    /// <summary>Largest alignment of the data in bytes.</summary>
    public const int MaxAlignment = 1 << 20;

    /// <summary>Where the file does not say.</summary>
    internal const int DefaultAlignment = 32;

    internal GgufHeader(int version, GgufMetadata metadata, IReadOnlyDictionary<string, GgufTensor> tensors, IReadOnlyList<GgufTensor> entries, long dataStart) =>
        (Version, Metadata, Tensors, Entries, DataStart) = (version, metadata, tensors, entries, dataStart);

    /// <summary>2 or 3.</summary>
    public int Version { get; }

    /// <summary>What the file says about itself.</summary>
    public GgufMetadata Metadata { get; }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, GgufTensor> Tensors { get; }

    /// <summary>The tensors in the order of their bytes in the file.</summary>
    public IReadOnlyList<GgufTensor> Entries { get; }

    /// <summary>Where the data begins: a byte offset from the start of the file.</summary>
    public long DataStart { get; }

    /// <summary>Reads and checks the header of a file.</summary>
    /// <param name="stream">A seekable stream; read from its very start.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="RoastException"><see cref="RoastError.BadFile"/>: the header breaks a rule of the format, or does not describe this file.</exception>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    public static GgufHeader Read(Stream stream, string file)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek) throw new ArgumentException("A GGUF header is checked against the file's length, so the stream must be able to seek.", nameof(stream));
        return new GgufHeaderParser(stream, file).Parse();
    }
}
