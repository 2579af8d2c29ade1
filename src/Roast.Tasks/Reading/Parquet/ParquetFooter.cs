using System.Buffers.Binary;

namespace Roast.Tasks;

/// <summary>What stands at the end of a Parquet file: its columns, and where each group of rows has them. Offsets and lengths are checked against the file.</summary>
/// <param name="Root">The columns, as a tree.</param>
/// <param name="Groups">The groups of rows, in order.</param>
internal sealed record ParquetFooter(ParquetNode Root, IReadOnlyList<ParquetGroup> Groups)
{
    static ReadOnlySpan<byte> Magic => "PAR1"u8;

    /// <summary>Reads it.</summary>
    /// <exception cref="FormatException">The file is not Parquet, damaged, cut short, or encrypted.</exception>
    internal static ParquetFooter Read(ReadOnlySpan<byte> file)
    {
        const int Tail = 8;                                 // the footer's length, and the magic again
        if (file.Length < Magic.Length + Tail || !file.StartsWith(Magic) || !file.EndsWith(Magic))
            throw new FormatException(file.EndsWith("PARE"u8) ? "its footer is encrypted" : "it does not begin and end with PAR1");
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(file[^Tail..]);
        if (length > (uint)(file.Length - Magic.Length - Tail)) throw new FormatException($"a footer of {length} bytes is announced in a file of {file.Length}");
        int begin = file.Length - Tail - (int)length;
        return Read(new ThriftReader(file[begin..^Tail]), begin);
    }

    static ParquetFooter Read(ThriftReader reader, int end)
    {
        var elements = new List<ParquetElement>();
        var groups = new List<ParquetGroup>();
        for (int field = 0; reader.Next(ref field, out var type);)
        {
            switch (field)
            {
                case 2: for (int left = reader.Structs(type); left > 0; left--) elements.Add(ParquetElement.Read(ref reader)); break;
                case 4: for (int left = reader.Structs(type); left > 0; left--) groups.Add(Group(ref reader, end)); break;
                default: reader.Skip(type); break;
            }
        }
        (var root, int leaves) = ParquetNode.Tree(elements);
        foreach (var group in groups)
            if (group.Chunks.Count != leaves) throw new FormatException($"a group of rows has {group.Chunks.Count} columns; {leaves} were expected");
        return new ParquetFooter(root, groups);
    }

    static ParquetGroup Group(ref ThriftReader reader, int end)
    {
        var chunks = new List<ParquetChunk>();
        long rows = -1;
        for (int field = 0; reader.Next(ref field, out var type);)
        {
            switch (field)
            {
                case 1: for (int left = reader.Structs(type); left > 0; left--) chunks.Add(Chunk(ref reader, end)); break;
                case 3: rows = reader.Integer(type); break;
                default: reader.Skip(type); break;
            }
        }
        return rows >= 0 ? new ParquetGroup(rows, chunks) : throw new FormatException("a group of rows does not say how many it has");
    }

    static ParquetChunk Chunk(ref ThriftReader reader, int end)
    {
        ParquetChunk? chunk = null;
        for (int field = 0; reader.Next(ref field, out var type);)
        {
            switch (field)
            {
                case 1: if (reader.Bytes(type).Length > 0) throw new FormatException("a column lies in another file"); break;
                case 3: chunk = MetaData(ref reader, type, end); break;
                case 8 or 9: throw new FormatException("a column is encrypted");
                default: reader.Skip(type); break;
            }
        }
        return chunk ?? throw new FormatException("a column does not say where it lies");
    }

    static ParquetChunk MetaData(ref ThriftReader reader, ThriftType outer, int end)
    {
        reader.RequireStruct(outer);
        (int physical, int codec, long values, long data, long dictionary) = (-1, -1, -1, 0, 0);
        for (int field = 0; reader.Next(ref field, out var type);)
        {
            switch (field)
            {
                case 1: physical = reader.Int32(type); break;
                case 4: codec = reader.Int32(type); break;
                case 5: values = reader.Integer(type); break;
                case 9: data = reader.Integer(type); break;
                case 11: dictionary = reader.Integer(type); break;
                default: reader.Skip(type); break;
            }
        }
        long start = dictionary > 0 && dictionary < data ? dictionary : data;       // some writers leave a zero where there is no dictionary
        if (values < 0 || start < Magic.Length || start > end) throw new FormatException($"a column of {values} values is said to lie at byte {start} in {end} bytes of data");
        return new ParquetChunk((ParquetType)physical, (ParquetCodec)codec, values, (int)start, end - (int)start);
    }
}

/// <summary>A group of rows.</summary>
/// <param name="Rows">How many.</param>
/// <param name="Chunks">Its columns, in the order of the tree's leaves.</param>
internal sealed record ParquetGroup(long Rows, IReadOnlyList<ParquetChunk> Chunks);

/// <summary>One column of a group of rows.</summary>
/// <param name="Type">How values are stored.</param>
/// <param name="Codec">How pages are packed.</param>
/// <param name="Values">How many entries, nulls and empty lists included.</param>
/// <param name="Start">The first page's place in the file, in bytes.</param>
/// <param name="Length">Bytes from there to the end of all data: what a column says of its own length is too little in old files, and its values end it.</param>
internal sealed record ParquetChunk(ParquetType Type, ParquetCodec Codec, long Values, int Start, int Length);

/// <summary>How a value is stored, by Parquet's numbers.</summary>
internal enum ParquetType { Boolean, Int32, Int64, Int96, Float, Double, ByteArray, FixedLengthByteArray }
