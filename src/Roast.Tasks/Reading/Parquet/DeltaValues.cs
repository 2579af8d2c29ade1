namespace Roast.Tasks;

/// <summary>Whole numbers as differences.</summary>
internal sealed class DeltaValues(DeltaReader numbers, ParquetType type) : IParquetValues
{
    public ParquetValue Next() => new(default, type == ParquetType.Int32 ? (int)numbers.Next() : numbers.Next());
}

/// <summary>Byte arrays: all lengths as differences, then all bytes (DELTA_LENGTH_BYTE_ARRAY).</summary>
internal sealed class DeltaLengthValues : IParquetValues
{
    readonly ReadOnlyMemory<byte> _bytes;
    readonly DeltaReader _lengths;
    int _at;

    /// <exception cref="FormatException">The lengths are damaged.</exception>
    internal DeltaLengthValues(ReadOnlyMemory<byte> bytes, ParquetBudget budget) =>
        (_bytes, _lengths, _at) = (bytes, new DeltaReader(bytes), new DeltaReader(bytes).PassAll(budget));

    public ParquetValue Next()
    {
        int length = (int)_lengths.Next();
        if (length < 0 || length > _bytes.Length - _at) throw new FormatException("a page ends in the middle of its values");
        _at += length;
        return new(_bytes.Slice(_at - length, length), 0);
    }
}

/// <summary>Byte arrays that begin as the one before does: the lengths of what they share, then the rest of each (DELTA_BYTE_ARRAY).</summary>
internal sealed class DeltaTextValues : IParquetValues
{
    readonly ParquetBudget _budget;
    readonly DeltaReader _shared;
    readonly DeltaLengthValues _rests;
    ReadOnlyMemory<byte> _before;

    /// <exception cref="FormatException">The lengths are damaged.</exception>
    internal DeltaTextValues(ReadOnlyMemory<byte> bytes, ParquetBudget budget) =>
        (_budget, _shared, _rests) = (budget, new DeltaReader(bytes), new DeltaLengthValues(bytes[new DeltaReader(bytes).PassAll(budget)..], budget));

    public ParquetValue Next()
    {
        int shared = (int)_shared.Next();
        var rest = _rests.Next().Bytes;
        if (shared < 0 || shared > _before.Length) throw new FormatException($"a value shares {shared} bytes with one of {_before.Length}");
        if (shared == 0) return new(_before = rest, 0);
        _budget.Spend(shared + rest.Length);
        return new(_before = (byte[])[.. _before.Span[..shared], .. rest.Span], 0);
    }
}

/// <summary>Numbers taken apart: the first bytes of all, then the second bytes of all (BYTE_STREAM_SPLIT).</summary>
internal sealed class SplitValues(ReadOnlyMemory<byte> bytes, ParquetType type) : IParquetValues
{
    readonly int _count = bytes.Length / PlainValues.Size(type);
    int _at;

    public ParquetValue Next()
    {
        if (_at == _count) throw new FormatException("a page ends in the middle of its values");
        long value = 0;
        for (int i = PlainValues.Size(type) - 1; i >= 0; i--) value = value << 8 | bytes.Span[i * _count + _at];
        _at++;
        return new(default, PlainValues.Size(type) == sizeof(int) ? (int)value : value);
    }
}
