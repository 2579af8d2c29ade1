namespace Roast.Tasks;

/// <summary>The header of a page.</summary>
/// <param name="Type">0 data, 1 index, 2 dictionary, 3 data of the second version.</param>
/// <param name="Packed">Bytes of the page in the file.</param>
/// <param name="Unpacked">Bytes of the page once unpacked.</param>
/// <param name="Values">Entries, nulls included; of a dictionary: its values.</param>
/// <param name="Encoding">How the values are written.</param>
/// <param name="Levels">Bytes of definition and repetition levels in a data page of the second version, where they are not packed.</param>
/// <param name="IsPacked">Whether the values of such a page are packed.</param>
internal sealed record ParquetPage(int Type, int Packed, int Unpacked, int Values, ParquetEncoding Encoding, (int Definition, int Repetition) Levels, bool IsPacked)
{
    /// <summary>How the levels of a data page of the first version are written. A column without such levels may name anything.</summary>
    internal (ParquetEncoding Definition, ParquetEncoding Repetition) LevelEncodings { get; private init; }

    internal const int Data = 0, Dictionary = 2, DataOfVersion2 = 3;

    /// <summary>Reads a header.</summary>
    /// <param name="bytes">The rest of the column, which begins with it.</param>
    /// <param name="length">Bytes of the header.</param>
    /// <exception cref="FormatException">It is damaged, or the page does not fit into the column.</exception>
    internal static ParquetPage Read(ReadOnlySpan<byte> bytes, out int length)
    {
        var reader = new ThriftReader(bytes);
        (int page, int packed, int unpacked) = (-1, -1, -1);
        ParquetPage? inner = null;
        for (int field = 0; reader.Next(ref field, out var type);)
        {
            switch (field)
            {
                case 1: page = reader.Int32(type); break;
                case 2: unpacked = reader.Int32(type); break;
                case 3: packed = reader.Int32(type); break;
                case 5 or 7: inner = Inner(ref reader, type, isVersion2: false); break;
                case 8: inner = Inner(ref reader, type, isVersion2: true); break;
                default: reader.Skip(type); break;
            }
        }
        length = reader.Position;
        if (packed < 0 || packed > bytes.Length - length || unpacked < 0) throw new FormatException($"a page of {packed} bytes ({unpacked} unpacked) is announced where {bytes.Length - length} are left");
        if (page == 1) inner ??= new ParquetPage(page, 0, 0, 0, ParquetEncoding.Plain, default, true);
        if (page is < 0 or > DataOfVersion2 || inner is null) throw new FormatException("a page's header does not say what the page is");
        if (inner.Values < 0 || inner.Levels.Definition < 0 || inner.Levels.Repetition < 0 || (long)inner.Levels.Definition + inner.Levels.Repetition > Math.Min(packed, unpacked)) throw new FormatException("a page's header has a length that cannot be");
        return inner with { Type = page, Packed = packed, Unpacked = unpacked };
    }

    static ParquetPage Inner(ref ThriftReader reader, ThriftType outer, bool isVersion2)
    {
        reader.RequireStruct(outer);
        (int values, int encoding, int definition, int repetition, bool isPacked) = (-1, -1, 0, 0, true);
        var levels = (Definition: ParquetEncoding.Rle, Repetition: ParquetEncoding.Rle);
        for (int field = 0; reader.Next(ref field, out var type);)
        {
            switch (field)
            {
                case 1: values = reader.Int32(type); break;
                case 2 when !isVersion2: encoding = reader.Int32(type); break;
                case 3 when !isVersion2 && type == ThriftType.I32: levels.Definition = (ParquetEncoding)reader.Int32(type); break;       // of a dictionary: whether it is sorted
                case 4 when !isVersion2: levels.Repetition = (ParquetEncoding)reader.Int32(type); break;
                case 4 when isVersion2: encoding = reader.Int32(type); break;
                case 5 when isVersion2: definition = reader.Int32(type); break;
                case 6 when isVersion2: repetition = reader.Int32(type); break;
                case 7 when isVersion2: isPacked = reader.Flag(type); break;
                default: reader.Skip(type); break;
            }
        }
        return new ParquetPage(0, 0, 0, values, (ParquetEncoding)encoding, (definition, repetition), isPacked) { LevelEncodings = levels };
    }
}

/// <summary>How values are written, by Parquet's numbers.</summary>
internal enum ParquetEncoding { Plain = 0, PlainDictionary = 2, Rle = 3, BitPacked = 4, DeltaBinaryPacked = 5, DeltaLengthByteArray = 6, DeltaByteArray = 7, RleDictionary = 8, ByteStreamSplit = 9 }
