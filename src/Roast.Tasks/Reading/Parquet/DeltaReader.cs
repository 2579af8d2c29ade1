namespace Roast.Tasks;

/// <summary>Whole numbers as differences in packed blocks (Parquet's DELTA_BINARY_PACKED), one after another.</summary>
internal sealed class DeltaReader
{
    const int MaxBlock = 1 << 20, MaxParts = 1024, MostBits = 64;

    readonly ReadOnlyMemory<byte> _bytes;
    readonly int _parts, _partLength;
    int _at, _part, _left, _bit, _widths;
    long _remaining, _value, _least;
    bool _isFirst = true;

    /// <summary>Reads the head.</summary>
    /// <exception cref="FormatException">It is damaged.</exception>
    internal DeltaReader(ReadOnlyMemory<byte> bytes)
    {
        _bytes = bytes;
        (ulong block, ulong parts, ulong count) = (Varint(), Varint(), Varint());
        if (block is 0 or > MaxBlock || parts is 0 or > MaxParts || block % parts != 0 || block / parts % 8 != 0 || count > int.MaxValue) throw new FormatException($"blocks of {block} numbers in {parts} parts are announced");
        (_parts, _partLength, _remaining, _part) = ((int)parts, (int)(block / parts), (long)count, (int)parts);
        _value = Zigzag();
    }

    /// <summary>Passes all numbers, whose count is the file's own claim, and says where what follows them begins, in bytes.</summary>
    /// <param name="budget">What the numbers cost.</param>
    /// <exception cref="FormatException">They are damaged, or too many.</exception>
    internal int PassAll(ParquetBudget budget)
    {
        for (; _remaining > 0; Next()) budget.Spend(ParquetBudget.Value);
        int end = _at + (_left == 0 ? 0 : (int)(((long)_left * _bytes.Span[_widths + _part] + _bit) / 8));      // the last part is filled up
        return end <= _bytes.Length ? end : throw End();
    }

    /// <summary>The next number; numbers of 32 bits are its low half.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    internal long Next()
    {
        if (_remaining-- <= 0) throw new FormatException("a page has fewer values than it announces");
        if (_isFirst)
        {
            _isFirst = false;
            return _value;
        }
        if (_left == 0) Begin();
        _left--;
        return _value = unchecked(_value + _least + (long)Packed(_bytes.Span[_widths + _part]));
    }

    void Begin()
    {
        if (_bit != 0) throw new FormatException("a block of numbers does not end with a byte");
        if (++_part >= _parts)
        {
            _least = Zigzag();
            (_part, _widths) = (0, _at);
            if (_parts > _bytes.Length - _at) throw End();
            _at += _parts;
        }
        if (_bytes.Span[_widths + _part] > MostBits) throw new FormatException($"numbers of {_bytes.Span[_widths + _part]} bits are announced; at most {MostBits} were expected");
        _left = _partLength;
    }

    ulong Packed(int width)
    {
        ulong value = 0;
        for (int have = 0; have < width;)
        {
            if (_at == _bytes.Length) throw End();
            int take = Math.Min(8 - _bit, width - have);
            value |= (ulong)(uint)((_bytes.Span[_at] >> _bit) & ((1 << take) - 1)) << have;
            have += take;
            _bit += take;
            if (_bit == 8) (_bit, _at) = (0, _at + 1);
        }
        return value;
    }

    long Zigzag()
    {
        ulong value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < MostBits; shift += 7)
        {
            if (_at == _bytes.Length) throw End();
            byte next = _bytes.Span[_at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
        throw new FormatException("a number has more than 64 bits");
    }

    static FormatException End() => new("a page ends in the middle of its numbers");
}
