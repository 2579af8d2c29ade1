using System.Buffers.Binary;
using System.Numerics;

namespace Roast.Tasks;

/// <summary>Goes through the entries of one column of a group of rows, page by page. It begins at the first entry.</summary>
internal sealed class ParquetCursor
{
    readonly ReadOnlyMemory<byte> _column;
    readonly ParquetChunk _chunk;
    readonly ParquetNode _leaf;
    readonly ParquetBudget _budget;
    IParquetValues _values = null!;                         // set by the first page, before any entry is read
    RunReader? _repetitions, _definitions;
    ParquetValue[]? _dictionary;
    byte[] _page = [];
    long _left;
    int _at, _leftInPage;

    /// <exception cref="FormatException">Here and below: the column is damaged.</exception>
    internal ParquetCursor(ReadOnlyMemory<byte> file, ParquetChunk chunk, ParquetNode leaf, ParquetBudget budget)
    {
        if (chunk.Type != leaf.Type) throw new FormatException($"column '{leaf.Name}' has type {chunk.Type} in one group of rows; its schema says {leaf.Type}");
        (_column, _chunk, _leaf, _budget, _left) = (file.Slice(chunk.Start, chunk.Length), chunk, leaf, budget, chunk.Values);
        Next();
    }

    /// <summary>Whether all entries are behind.</summary>
    internal bool IsAtEnd { get; private set; }

    /// <summary>0: the entry begins a row; else which list it continues.</summary>
    internal int Repetition { get; private set; }

    /// <summary>How many of the optional and repeated things around the value are there.</summary>
    internal int Definition { get; private set; }

    /// <summary>The entry's value, where its definition level says that there is one. Bytes hold until the next entry is read.</summary>
    internal ParquetValue Value { get; private set; }

    /// <summary>Goes to the next entry.</summary>
    internal void Next()
    {
        if (IsAtEnd = _left == 0) return;
        while (_leftInPage == 0) NextPage();
        (_left, _leftInPage) = (_left - 1, _leftInPage - 1);
        _budget.Spend(ParquetBudget.Value);
        Repetition = Level(_repetitions, _leaf.Repetition);
        Definition = Level(_definitions, _leaf.Definition);
        Value = Definition == _leaf.Definition ? _values.Next() : default;
    }

    static int Level(RunReader? levels, int most)
    {
        int level = levels?.Next() ?? 0;
        return level <= most ? level : throw new FormatException($"a level is {level}; at most {most} was expected");
    }

    void NextPage()
    {
        if (_at == _column.Length) throw new FormatException($"column '{_leaf.Name}' ends {_left} values before it should");
        var page = ParquetPage.Read(_column.Span[_at..], out int header);
        var packed = _column.Slice(_at + header, page.Packed);
        _at += header + page.Packed;
        switch (page.Type)
        {
            case ParquetPage.Dictionary: ReadDictionary(page, packed); break;
            case ParquetPage.Data: ReadData(page, Unpack(packed, page.Unpacked, ref _page)); break;
            case ParquetPage.DataOfVersion2: ReadVersion2(page, packed); break;
        }
    }

    void ReadDictionary(ParquetPage page, ReadOnlyMemory<byte> packed)
    {
        if (_dictionary is not null || page.Encoding is not (ParquetEncoding.Plain or ParquetEncoding.PlainDictionary)) throw new FormatException($"column '{_leaf.Name}' has a second dictionary, or one written in {page.Encoding}");
        byte[] own = [];                                    // its values point into it, so no page may take its memory
        var bytes = Unpack(packed, page.Unpacked, ref own);
        if (page.Values > bytes.Length / PlainValues.Size(_leaf.Type)) throw new FormatException($"a dictionary of {page.Values} values is announced in {bytes.Length} bytes");
        _budget.Spend(page.Values * (long)System.Runtime.CompilerServices.Unsafe.SizeOf<ParquetValue>());
        var values = new PlainValues(bytes, _leaf.Type);
        _dictionary = new ParquetValue[page.Values];
        for (int i = 0; i < _dictionary.Length; i++) _dictionary[i] = values.Next();
    }

    void ReadData(ParquetPage page, ReadOnlyMemory<byte> bytes)
    {
        if ((_leaf.Definition > 0 && page.LevelEncodings.Definition != ParquetEncoding.Rle) || (_leaf.Repetition > 0 && page.LevelEncodings.Repetition != ParquetEncoding.Rle)) throw new FormatException($"column '{_leaf.Name}' has levels in a form that is no longer written; runs were expected");
        _repetitions = LevelsBefore(ref bytes, _leaf.Repetition);
        _definitions = LevelsBefore(ref bytes, _leaf.Definition);
        Begin(page, bytes);
    }

    void ReadVersion2(ParquetPage page, ReadOnlyMemory<byte> packed)
    {
        int levels = page.Levels.Repetition + page.Levels.Definition;
        _repetitions = _leaf.Repetition == 0 ? null : new RunReader(packed[..page.Levels.Repetition], Width(_leaf.Repetition));
        _definitions = _leaf.Definition == 0 ? null : new RunReader(packed[page.Levels.Repetition..levels], Width(_leaf.Definition));
        Begin(page, page.IsPacked ? Unpack(packed[levels..], page.Unpacked - levels, ref _page) : packed[levels..]);
    }

    void Begin(ParquetPage page, ReadOnlyMemory<byte> values)
    {
        if (page.Values > _left) throw new FormatException($"column '{_leaf.Name}' has more than the {_chunk.Values} values that are announced");
        _leftInPage = page.Values;
        _values = (page.Encoding, _leaf.Type) switch
        {
            (ParquetEncoding.Plain, _) => new PlainValues(values, _leaf.Type),
            (ParquetEncoding.PlainDictionary or ParquetEncoding.RleDictionary, _) when values.IsEmpty => new PlainValues(values, _leaf.Type),        // a page of nulls
            (ParquetEncoding.PlainDictionary or ParquetEncoding.RleDictionary, _) => new DictionaryValues(_dictionary ?? throw new FormatException($"column '{_leaf.Name}' has no dictionary"), new RunReader(values[1..], values.Span[0])),
            (ParquetEncoding.DeltaBinaryPacked, ParquetType.Int32 or ParquetType.Int64) => new DeltaValues(new DeltaReader(values), _leaf.Type),
            (ParquetEncoding.DeltaLengthByteArray, ParquetType.ByteArray) => new DeltaLengthValues(values, _budget),
            (ParquetEncoding.DeltaByteArray, ParquetType.ByteArray) => new DeltaTextValues(values, _budget),
            (ParquetEncoding.ByteStreamSplit, ParquetType.Int32 or ParquetType.Int64 or ParquetType.Float or ParquetType.Double) => new SplitValues(values, _leaf.Type),
            (ParquetEncoding.Rle, ParquetType.Boolean) => new RunValues(new RunReader(Counted(ref values), 1)),
            _ => throw new FormatException($"column '{_leaf.Name}' is written in {page.Encoding}, which does not go with its type or is not known"),
        };
    }

    ReadOnlyMemory<byte> Unpack(ReadOnlyMemory<byte> packed, int length, ref byte[] memory)
    {
        if (_chunk.Codec == ParquetCodec.None) return packed.Length == length ? packed : throw new FormatException($"a page of {length} bytes was announced; it has {packed.Length}");
        if (packed.IsEmpty && length == 0) return packed;
        _budget.Spend(length);
        if (memory.Length < length) memory = new byte[length];
        ParquetCodecs.Unpack(_chunk.Codec, packed, memory.AsSpan(0, length));
        return memory.AsMemory(0, length);
    }

    static RunReader? LevelsBefore(ref ReadOnlyMemory<byte> bytes, int most) => most == 0 ? null : new RunReader(Counted(ref bytes), Width(most));

    /// <summary>Bytes behind their own count of 32 bits; what follows them stays.</summary>
    static ReadOnlyMemory<byte> Counted(ref ReadOnlyMemory<byte> bytes)
    {
        int length = bytes.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(bytes.Span);
        if (length < 0 || length > bytes.Length - sizeof(int)) throw new FormatException("a page ends in the middle of its levels");
        var counted = bytes.Slice(sizeof(int), length);
        bytes = bytes[(sizeof(int) + length)..];
        return counted;
    }

    static int Width(int most) => BitOperations.Log2((uint)most) + 1;
}
