using System.Buffers.Binary;

namespace Roast.Tasks;

/// <summary>A value as it is stored.</summary>
/// <param name="Bytes">Of a byte array: its bytes, which are those of the page or of the dictionary.</param>
/// <param name="Bits">Of everything else: the number, a float's bits, or 0 and 1.</param>
internal readonly record struct ParquetValue(ReadOnlyMemory<byte> Bytes, long Bits);

/// <summary>The values of a page, one after another.</summary>
internal interface IParquetValues
{
    /// <exception cref="FormatException">The page has no further value, or a damaged one.</exception>
    ParquetValue Next();
}

/// <summary>Values one behind the other.</summary>
internal sealed class PlainValues(ReadOnlyMemory<byte> bytes, ParquetType type) : IParquetValues
{
    int _at, _bit;

    /// <summary>The least bytes of a value, for the check of how many there can be.</summary>
    internal static int Size(ParquetType type) => type is ParquetType.Int64 or ParquetType.Double ? 8 : type == ParquetType.Boolean ? 1 : 4;

    public ParquetValue Next() => type switch
    {
        ParquetType.Boolean => Flag(),
        ParquetType.Int32 or ParquetType.Float => new(default, BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)).Span)),
        ParquetType.Int64 or ParquetType.Double => new(default, BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)).Span)),
        _ => new(Take(BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)).Span)), 0),
    };

    ParquetValue Flag()
    {
        if (_at == bytes.Length) throw Missing();
        int flag = (bytes.Span[_at] >> _bit) & 1;
        if (++_bit == 8) (_bit, _at) = (0, _at + 1);
        return new(default, flag);
    }

    ReadOnlyMemory<byte> Take(int count)
    {
        if (count < 0 || count > bytes.Length - _at) throw Missing();
        _at += count;
        return bytes.Slice(_at - count, count);
    }

    static FormatException Missing() => new("a page ends in the middle of its values");
}

/// <summary>Values that a dictionary has, by their places in it.</summary>
internal sealed class DictionaryValues(IReadOnlyList<ParquetValue> dictionary, RunReader places) : IParquetValues
{
    public ParquetValue Next() => places.Next() is var place && (uint)place < (uint)dictionary.Count
        ? dictionary[place]
        : throw new FormatException($"value {place} of a dictionary of {dictionary.Count} is asked for");
}

/// <summary>Truth values in runs.</summary>
internal sealed class RunValues(RunReader runs) : IParquetValues
{
    public ParquetValue Next() => new(default, runs.Next());
}
