namespace Roast.Tasks;

/// <summary>Numbers in runs of one value and groups of eight packed ones (Parquet's RLE/bit-packing hybrid), one after another: a run of a thousand million costs nothing before it is asked for.</summary>
/// <param name="bytes">The runs.</param>
/// <param name="width">Bits of a number, 0 to 32.</param>
internal sealed class RunReader(ReadOnlyMemory<byte> bytes, int width)
{
    const int MostBits = 32;

    readonly int _width = width is >= 0 and <= MostBits ? width : throw new FormatException($"numbers of {width} bits are announced; at most {MostBits} were expected");
    int _at, _bit;
    long _left;
    uint _value;
    bool _isRun;

    /// <summary>The next number.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    internal int Next()
    {
        if (_width == 0) return 0;                          // a dictionary of one value needs no bits, and some writers leave none
        while (_left == 0) Begin();
        _left--;
        return (int)(_isRun ? _value : Packed());
    }

    void Begin()
    {
        uint head = Head();
        _isRun = (head & 1) == 0;
        _left = _isRun ? head >> 1 : (long)(head >> 1) * 8;
        _bit = 0;
        if (!_isRun) return;
        _value = 0;
        for (int i = 0; i < (_width + 7) / 8; i++) _value |= (uint)Byte() << (8 * i);
        if (_width < MostBits && _value >> _width != 0) throw new FormatException($"a run has the value {_value}; {_width} bits were announced");
    }

    uint Packed()
    {
        ulong value = 0;
        for (int have = 0; have < _width;)
        {
            if (_at == bytes.Length) throw End();
            int take = Math.Min(8 - _bit, _width - have);
            value |= (ulong)(uint)((bytes.Span[_at] >> _bit) & ((1 << take) - 1)) << have;
            have += take;
            _bit += take;
            if (_bit == 8) (_bit, _at) = (0, _at + 1);
        }
        return (uint)value;
    }

    uint Head()
    {
        uint head = 0;
        for (int shift = 0; shift < MostBits; shift += 7)
        {
            byte next = Byte();
            head |= (uint)(next & 0x7F) << shift;
            if (next < 0x80) return head;
        }
        throw new FormatException("the length of a run has more than 32 bits");
    }

    byte Byte() => _at < bytes.Length ? bytes.Span[_at++] : throw End();

    static FormatException End() => new("a page has fewer values than it announces");
}
