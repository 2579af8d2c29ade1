using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Roast.Formats;

/// <summary>Writes safetensors files. The same tensors and metadata give the same bytes.</summary>
public static class SafetensorsWriter
{
    // Data that begins at a multiple of 8 can be mapped and read as any element type.
    const int Alignment = 8;

    // Escapes no more than JSON asks for: names stay readable in a hex dump.
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a whole file: length, header, then the tensors in the order given.</summary>
    /// <param name="stream">Receives the file; need not be able to seek.</param>
    /// <param name="tensors">In the order of their bytes. Put wide elements first where later ones are to be aligned.</param>
    /// <param name="metadata">Written ordered by key; <c>null</c> or empty: none.</param>
    /// <exception cref="ArgumentException">A name twice or reserved, a shape that does not match the bytes, text that is not Unicode, or a header above <see cref="SafetensorsHeader.MaxHeaderBytes"/>.</exception>
    public static void Write(Stream stream, IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        var json = Header(tensors, metadata ?? new Dictionary<string, string>());
        int padded = (json.WrittenCount + Alignment - 1) / Alignment * Alignment;
        if (padded > SafetensorsHeader.MaxHeaderBytes)
            throw new ArgumentException($"The header would have {padded} bytes; the format allows {SafetensorsHeader.MaxHeaderBytes}. Write fewer tensors or less metadata.", nameof(tensors));
        json.GetSpan(Alignment).Fill((byte)' ');
        json.Advance(padded - json.WrittenCount);

        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)padded);
        stream.Write(length);
        stream.Write(json.WrittenSpan);
        foreach (var tensor in tensors) stream.Write(tensor.Bytes.Span);
    }

    static ArrayBufferWriter<byte> Header(IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        if (metadata.Count > 0) WriteMetadata(json, metadata);
        var names = new HashSet<string>();
        long offset = 0;
        foreach (var tensor in tensors)
        {
            Check(tensor, names);
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", tensor.Type.Name());
            WriteIntegers(json, "shape", tensor.Shape.AsSpan());
            WriteIntegers(json, "data_offsets", [offset, offset + tensor.Bytes.Length]);
            json.WriteEndObject();
            offset += tensor.Bytes.Length;
        }
        json.WriteEndObject();
        json.Flush();
        return buffer;
    }

    static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject("__metadata__");
        foreach (var (key, value) in metadata.OrderBy(x => x.Key, StringComparer.Ordinal)) json.WriteString(key, value);
        json.WriteEndObject();
    }

    static void Check(SafetensorsTensor tensor, HashSet<string> names)
    {
        if (tensor.Name == "__metadata__" || !names.Add(tensor.Name))
            throw new ArgumentException($"A tensor cannot be named '{tensor.Name}': the name is reserved, or another tensor has it.", nameof(tensor));
        if (tensor.Shape.Length > SafetensorsHeader.MaxRank || !TryCountBits(tensor, out long bits) || bits != 8L * tensor.Bytes.Length)
            throw new ArgumentException($"Tensor '{tensor.Name}' has {tensor.Bytes.Length} bytes, which are not [{string.Join(", ", tensor.Shape)}] elements of {tensor.Type.Name()}.", nameof(tensor));
    }

    static bool TryCountBits(SafetensorsTensor tensor, out long bits)
    {
        bits = tensor.Type.Bits();
        foreach (long dimension in tensor.Shape)
        {
            Int128 product = (Int128)bits * dimension;
            if (dimension < 0 || product > long.MaxValue) return false;
            bits = (long)product;
        }
        return true;
    }

    static void WriteIntegers(Utf8JsonWriter json, string name, ReadOnlySpan<long> integers)
    {
        json.WriteStartArray(name);
        foreach (long integer in integers) json.WriteNumberValue(integer);
        json.WriteEndArray();
    }
}
