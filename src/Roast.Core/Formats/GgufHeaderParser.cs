using System.Collections.Immutable;

namespace Roast.Formats;

/// <summary>Reads one GGUF header from front to back.</summary>
sealed class GgufHeaderParser(Stream stream, string file)
{
    const uint Magic = 0x46554747;                          // "GGUF", read little-endian
    const int LeastKeyBytes = 8 + 4 + 1;                    // length of the key, type, a flag
    const int LeastTensorBytes = 8 + 4 + 8 + 4 + 8;         // length of the name, rank, one dimension, type, offset

    readonly GgufCursor _cursor = new(stream, file);

    internal GgufHeader Parse()
    {
        uint magic = _cursor.UInt32("the magic number");
        if (magic != Magic) throw Bad($"bytes 0 to 3 are 0x{magic:x8}", "GGUF");
        uint version = _cursor.UInt32("the version");
        if (version is not (2 or 3))
            throw Bad(version is 0x02000000 or 0x03000000 ? "the file is big-endian" : $"the version is {version}", "version 2 or 3, little-endian");
        ulong tensors = _cursor.UInt64("the number of tensors"), keys = _cursor.UInt64("the number of keys");
        int keyCount = _cursor.Checked(keys, "the number of keys", LeastKeyBytes, GgufHeader.MaxKeys);
        var metadata = ReadMetadata(keyCount);
        long alignment = ReadAlignment(metadata);
        var entries = ReadTensors(_cursor.Checked(tensors, "the number of tensors", LeastTensorBytes, GgufHeader.MaxTensors), alignment);
        long dataStart = (_cursor.Position + alignment - 1) / alignment * alignment;
        var ordered = InOrder(entries, stream.Length - dataStart);
        return new GgufHeader((int)version, metadata, entries, ordered, dataStart);
    }

    GgufMetadata ReadMetadata(int count)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        var reader = new GgufValueReader(_cursor, file);
        for (int i = 0; i < count; i++)
        {
            string key = _cursor.Text("a key", GgufHeader.MaxKeyBytes);
            string what = $"the value of {BadGguf.Quote(key)}";
            if (!values.TryAdd(key, reader.Read(what))) throw Bad($"the key {BadGguf.Quote(key)} is there twice", "each key once");
        }
        return new GgufMetadata(values, file);
    }

    static long ReadAlignment(GgufMetadata metadata)
    {
        const string Key = "general.alignment";
        long alignment = metadata.Integer(Key, 1, GgufHeader.MaxAlignment) ?? GgufHeader.DefaultAlignment;
        return long.IsPow2(alignment) ? alignment : throw metadata.Bad(Key, alignment, "a power of two");
    }

    Dictionary<string, GgufTensor> ReadTensors(int count, long alignment)
    {
        var tensors = new Dictionary<string, GgufTensor>(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            var tensor = ReadTensor(alignment);
            if (!tensors.TryAdd(tensor.Name, tensor)) throw Bad($"tensor {BadGguf.Quote(tensor.Name)} is described twice", "each name once");
        }
        return tensors;
    }

    GgufTensor ReadTensor(long alignment)
    {
        string name = _cursor.Text("a tensor's name", GgufHeader.MaxNameBytes);
        string of = $"tensor {BadGguf.Quote(name)}";
        uint rank = _cursor.UInt32($"the rank of {of}");
        if (rank is 0 or > GgufHeader.MaxRank) throw Bad($"{of} has {rank} dimensions", $"1 to {GgufHeader.MaxRank}");
        var shape = new long[rank];
        for (int i = shape.Length - 1; i >= 0; i--)           // the file has the fastest first
        {
            ulong dimension = _cursor.UInt64($"a dimension of {of}");
            shape[i] = dimension is > 0 and <= long.MaxValue ? (long)dimension : throw Bad($"{of} has a dimension of {dimension}", "1 to 2^63 - 1");
        }
        uint type = _cursor.UInt32($"the type of {of}");
        if (!Enum.IsDefined((GgufType)type)) throw Bad($"{of} has the type {type}", $"one of {string.Join(", ", GgufTypes.All.Select(x => $"{(int)x} ({x})"))}");
        ulong begin = _cursor.UInt64($"the offset of {of}");
        if (begin > long.MaxValue || (long)begin % alignment != 0) throw Bad($"{of} begins at byte {begin} of the data", $"a multiple of the alignment, {alignment}");
        long bytes = SizeOf(of, (GgufType)type, shape);
        return bytes <= long.MaxValue - (long)begin
            ? new GgufTensor(name, (GgufType)type, ImmutableArray.Create(shape), (long)begin, (long)begin + bytes)
            : throw Bad($"{of} begins at byte {begin} of the data and has {bytes} bytes", "an end below 2^63");
    }

    long SizeOf(string of, GgufType type, long[] shape)
    {
        if (shape[^1] % type.BlockValues() != 0) throw Bad($"{of} is {type} with rows of {shape[^1]} values", $"whole blocks of {type.BlockValues()}");
        UInt128 elements = 1;
        foreach (long dimension in shape)
        {
            elements *= (UInt128)dimension;                   // both below 2^63: their product fits 128 bits
            if (elements > long.MaxValue) throw Bad($"{of} has the shape [{string.Join(", ", shape)}]", "fewer than 2^63 elements");
        }
        UInt128 bytes = elements / (UInt128)type.BlockValues() * (UInt128)type.BlockBytes();
        return bytes <= long.MaxValue ? (long)bytes : throw Bad($"{of} has the shape [{string.Join(", ", shape)}]", "fewer than 2^63 bytes");
    }

    // Padding lies between tensors, and bytes may follow the last one; but an overlap would let one file mean two things.
    GgufTensor[] InOrder(Dictionary<string, GgufTensor> tensors, long dataBytes)
    {
        var entries = tensors.Values.ToArray();
        Array.Sort(entries, (a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
        GgufTensor? before = null;
        foreach (var entry in entries)
        {
            if (before is not null && entry.Begin < before.End)
                throw Bad($"tensor {BadGguf.Quote(entry.Name)} begins at byte {entry.Begin} of the data, inside {BadGguf.Quote(before.Name)}, which ends at {before.End}", "tensors that do not overlap");
            if (entry.End > dataBytes)
                throw Bad($"tensor {BadGguf.Quote(entry.Name)} ends at byte {entry.End} of the data, which has {Math.Max(0, dataBytes)} bytes", "tensors inside the file");
            before = entry;
        }
        return entries;
    }

    RoastException Bad(string found, string expected) => BadGguf.File(file, found, expected);
}
