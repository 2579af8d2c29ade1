using System.Buffers.Binary;

namespace Roast.Formats;

/// <summary>
/// The checked header of a safetensors file: which tensors lie where. Nothing of it is trusted: a file that breaks
/// a rule of the format is refused, and reading allocates no more than a small multiple of the header's own size.
/// </summary>
/// <remarks>
/// The file: 8 bytes of header length (little-endian), the header (JSON, UTF-8, begins with <c>{</c>, may end in spaces), the data.
/// The tensors, ordered by their begin, cover the data without hole, overlap or rest.
/// </remarks>
public sealed class SafetensorsHeader
{
    /// <summary>Longest header in bytes; the reference reader's limit.</summary>
    public const int MaxHeaderBytes = 100_000_000;

    /// <summary>Most dimensions of a tensor.</summary>
    public const int MaxRank = 64;

    const int LengthBytes = 8;

    SafetensorsHeader(IReadOnlyDictionary<string, SafetensorsEntry> tensors, IReadOnlyDictionary<string, string> metadata, IReadOnlyList<SafetensorsEntry> entries, long dataStart) =>
        (Tensors, Metadata, Entries, DataStart) = (tensors, metadata, entries, dataStart);

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsEntry> Tensors { get; }

    /// <summary>The tensors in the order of their bytes in the file.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    /// <summary>What the file says about itself (<c>__metadata__</c>); empty where it says nothing.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Where the data begins: a byte offset from the start of the file.</summary>
    public long DataStart { get; }

    /// <summary>Reads and checks the header of a file. The stream is left at <see cref="DataStart"/>.</summary>
    /// <param name="stream">A seekable stream; read from its very start.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="RoastException"><see cref="RoastError.BadFile"/>: the header breaks a rule of the format, or does not describe this file.</exception>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    public static SafetensorsHeader Read(Stream stream, string file)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek) throw new ArgumentException("A safetensors header is checked against the file's length, so the stream must be able to seek.", nameof(stream));
        long length = stream.Length;
        if (length < LengthBytes)
            throw BadSafetensors.File(file, $"the file has {length} bytes", "at least 8 bytes of header length and a header");

        stream.Position = 0;
        Span<byte> prefix = stackalloc byte[LengthBytes];
        Fill(stream, prefix, file);
        ulong claimed = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (claimed > MaxHeaderBytes)
            throw BadSafetensors.File(file, $"bytes 0 to 7 give a header of {claimed} bytes", $"at most {MaxHeaderBytes}");
        if (claimed > (ulong)(length - LengthBytes))
            throw BadSafetensors.File(file, $"bytes 0 to 7 give a header of {claimed} bytes", $"at most {length - LengthBytes}, which is what the file has after them");

        var json = new byte[(int)claimed];
        Fill(stream, json, file);
        var parsed = new SafetensorsHeaderParser(file).Parse(json);
        var entries = InOrder(parsed.Tensors, dataBytes: length - LengthBytes - json.Length, file);
        return new SafetensorsHeader(parsed.Tensors, parsed.Metadata, entries, LengthBytes + json.Length);
    }

    // A hole could hide data from whoever checks the tensors; an overlap would let one file mean two things.
    static SafetensorsEntry[] InOrder(Dictionary<string, SafetensorsEntry> tensors, long dataBytes, string file)
    {
        var entries = tensors.Values.ToArray();
        Array.Sort(entries, (a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
        long covered = 0;
        foreach (var entry in entries)
        {
            if (entry.Begin != covered)
                throw BadSafetensors.File(file, $"tensor {BadSafetensors.Quote(entry.Name)} begins at byte {entry.Begin} of the data", $"{covered}, where the tensor before it ends");
            covered = entry.End;
        }
        if (covered != dataBytes)
            throw BadSafetensors.File(file, $"the tensors end at byte {covered} of the data, which has {dataBytes} bytes", "tensors that cover the data exactly");
        return entries;
    }

    static void Fill(Stream stream, Span<byte> buffer, string file)
    {
        if (stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) != buffer.Length)
            throw BadSafetensors.File(file, "the file became shorter while it was read", "a file that nobody writes to");
    }
}
