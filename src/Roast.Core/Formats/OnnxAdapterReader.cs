using System.Text;

namespace Roast.Formats;

/// <summary>
/// Reads ONNX Runtime adapter files that nobody vouches for. Stricter than ONNX Runtime, which takes a name that occurs twice, a name that is not
/// UTF-8, and bytes behind the end.
/// </summary>
public static class OnnxAdapterReader
{
    /// <summary>Largest alignment of the format, so the most padding behind the last thing.</summary>
    const int MaxPadding = 16;

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <param name="stream">A seekable stream over the whole file; stays open.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="RoastException"><see cref="RoastError.BadFile"/>: damaged, too large, or no adapter.</exception>
    public static OnnxAdapter Read(Stream stream, string file)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (stream.Length > OnnxAdapter.MaxBytes) throw Bad(file, $"has {stream.Length:N0} bytes", $"at most {OnnxAdapter.MaxBytes:N0}");
        var bytes = new byte[stream.Length];
        stream.Position = 0;
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) != bytes.Length) throw Bad(file, "became shorter while it was read", "a file that nobody writes to");
        return Read(bytes, file);
    }

    /// <summary>Reads a whole file from memory; the parameters' data are slices of it.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.BadFile"/>.</exception>
    public static OnnxAdapter Read(ReadOnlyMemory<byte> bytes, string file)
    {
        if (bytes.Length < 8 || !bytes.Span[4..8].SequenceEqual("TORT"u8)) throw Bad(file, $"has {bytes.Length} bytes and no 'TORT' at byte 4", "an ONNX Runtime adapter");
        var cursor = new FlatBufferCursor(bytes, file);
        int adapter = cursor.Root();
        int version = cursor.Int32(adapter, field: 0);
        if (version != OnnxAdapter.FormatVersion) throw Bad(file, $"has the format version {version}", $"version {OnnxAdapter.FormatVersion}");
        var parameters = new List<OnnxAdapterParameter>();
        var names = new HashSet<string>();
        var (start, count) = cursor.Vector(adapter, field: 3, elementBytes: 4);
        if (count > OnnxAdapter.MaxParameters) throw Bad(file, $"has {count} parameters", $"at most {OnnxAdapter.MaxParameters}");
        for (int i = 0; i < count; i++)
        {
            var parameter = Parameter(cursor, cursor.Follow(start + 4 * i), bytes, i, file);
            if (!names.Add(parameter.Name)) throw Bad(file, $"names {BadSafetensors.Quote(parameter.Name)} twice", "each name once: ONNX Runtime would take one of them in silence");
            parameters.Add(parameter);
        }
        if (bytes.Length % 4 != 0 || bytes.Length - cursor.End >= MaxPadding)
            throw Bad(file, $"has {bytes.Length} bytes, of which {bytes.Length - cursor.End} lie behind the last parameter", "nothing there but padding to a multiple of 4");
        return new OnnxAdapter(parameters, cursor.Int32(adapter, field: 1), cursor.Int32(adapter, field: 2));
    }

    static OnnxAdapterParameter Parameter(FlatBufferCursor cursor, int table, ReadOnlyMemory<byte> bytes, int index, string file)
    {
        string name = Name(cursor, table, bytes.Span, index, file), what = $"the parameter {BadSafetensors.Quote(name)}";
        var (at, rank) = cursor.Vector(table, field: 1, elementBytes: 8);
        if (rank is 0 or > OnnxAdapter.MaxRank) throw Bad(file, $"{what} has {rank} dimensions", $"1 to {OnnxAdapter.MaxRank}");
        var shape = new long[rank];
        Int128 elements = 1;
        for (int i = 0; i < rank; i++)
        {
            shape[i] = cursor.Int64(at + 8 * i);
            if (shape[i] is < 0 or > OnnxAdapter.MaxBytes) throw Bad(file, $"{what} has the dimension {shape[i]}", $"0 to {OnnxAdapter.MaxBytes}");
            elements = Int128.Min(elements * shape[i], (Int128)1 << 100);
        }
        var type = (OnnxAdapterType)cursor.Int32(table, field: 2);
        if (!Enum.IsDefined(type)) throw Bad(file, $"{what} is of type {(int)type}", "a numeric type of ONNX, such as 1, float32");
        var (data, length) = cursor.Vector(table, field: 3, elementBytes: 1);
        if (elements * type.Bytes() != length) throw Bad(file, $"{what} has {length} bytes", $"{elements * type.Bytes()}, for [{string.Join(", ", shape)}] of {type}");
        return new OnnxAdapterParameter(name, shape, type, bytes.Slice(data, length));
    }

    static string Name(FlatBufferCursor cursor, int table, ReadOnlySpan<byte> bytes, int index, string file)
    {
        var (start, length) = cursor.Text(table, field: 0);
        if (length is 0 or > OnnxAdapter.MaxNameBytes) throw Bad(file, $"parameter {index} has a name of {length} bytes", $"1 to {OnnxAdapter.MaxNameBytes}");
        try { return Strict.GetString(bytes.Slice(start, length)); }
        catch (DecoderFallbackException e) { throw Bad(file, $"the name of parameter {index} is not UTF-8", "text", e); }
    }

    internal static RoastException Bad(string file, string found, string expected, Exception? inner = null) => new(RoastError.BadFile,
        $"{file}: {found}; expected {expected}. The file is damaged, cut short or no adapter: write it again with 'roast convert'.", inner);
}
