namespace Roast.Formats;

/// <summary>Reads one metadata value: its type, then the value, in the kinds that <see cref="GgufMetadata"/> lists.</summary>
sealed class GgufValueReader(GgufCursor cursor, string file)
{
    internal object Read(string what) => Value(cursor.UInt32(what), what);

    object Value(uint type, string what) => type switch
    {
        0 or 2 or 4 or 10 => Unsigned(type, what),
        1 or 3 or 5 or 11 => Signed(type, what),
        6 or 12 => Real(type, what),
        7 => Flag(what),
        8 => Text(what),
        9 => ReadArray(what, depth: 1),
        _ => throw BadGguf.File(file, $"{what} has the type {type}", "0 to 12"),
    };

    ulong Unsigned(uint type, string what) => type switch { 0 => cursor.Byte(what), 2 => cursor.UInt16(what), 4 => cursor.UInt32(what), _ => cursor.UInt64(what) };

    long Signed(uint type, string what) => type switch { 1 => (sbyte)cursor.Byte(what), 3 => (short)cursor.UInt16(what), 5 => (int)cursor.UInt32(what), _ => (long)cursor.UInt64(what) };

    double Real(uint type, string what) => type == 6 ? BitConverter.UInt32BitsToSingle(cursor.UInt32(what)) : BitConverter.UInt64BitsToDouble(cursor.UInt64(what));

    bool Flag(string what) => cursor.Byte(what) switch { 0 => false, 1 => true, var value => throw BadGguf.File(file, $"{what} is the flag {value}", "0 or 1") };

    string Text(string what) => cursor.Text(what, GgufHeader.MaxTextBytes);

    object ReadArray(string what, int depth)
    {
        if (depth > GgufHeader.MaxArrayDepth) throw BadGguf.File(file, $"{what} has arrays nested more than {GgufHeader.MaxArrayDepth} deep", "a flat array");
        uint type = cursor.UInt32(what);
        return type switch
        {
            0 or 2 or 4 or 10 => Fill(type == 0 ? 1 : type == 2 ? 2 : type == 4 ? 4 : 8, () => Unsigned(type, what)),
            1 or 3 or 5 or 11 => Fill(type == 1 ? 1 : type == 3 ? 2 : type == 5 ? 4 : 8, () => Signed(type, what)),
            6 or 12 => Fill(type == 6 ? 4 : 8, () => Real(type, what)),
            7 => Fill(1, () => Flag(what)),
            8 => Fill(8, () => Text(what)),                               // a length
            9 => Fill(12, () => ReadArray(what, depth + 1)),              // a type and a length
            _ => throw BadGguf.File(file, $"{what} is an array of type {type}", "0 to 12"),
        };

        // At most 8 bytes of memory for each byte of the file: numbers are kept in 64 bits.
        T[] Fill<T>(int leastBytes, Func<T> next)
        {
            var values = new T[cursor.Count($"the length of {what}", leastBytes, GgufHeader.MaxArrayLength)];
            for (int i = 0; i < values.Length; i++) values[i] = next();
            return values;
        }
    }
}
