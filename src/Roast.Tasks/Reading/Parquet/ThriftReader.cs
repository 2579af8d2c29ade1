using System.Text;

namespace Roast.Tasks;

/// <summary>Reads Thrift's compact protocol, in which Parquet writes its footer and page headers. No length is believed before that many bytes are there.</summary>
/// <exception cref="FormatException">Every method: the bytes are not of this form; the message says what was met.</exception>
internal ref struct ThriftReader(ReadOnlySpan<byte> bytes)
{
    const int MaxDepth = 16, MostVarintBytes = 10;

    readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bytes that were read.</summary>
    internal int Position { get; private set; }

    /// <summary>Goes to a struct's next field.</summary>
    /// <param name="field">The field before, 0 at first; receives this one.</param>
    /// <param name="type">Its type.</param>
    /// <returns><c>false</c>: the struct has ended.</returns>
    internal bool Next(ref int field, out ThriftType type)
    {
        byte head = Byte();
        type = (ThriftType)(head & 0x0F);
        if (head == 0) return false;
        field = head >> 4 == 0 ? (int)Integer(ThriftType.I16) : field + (head >> 4);
        return true;
    }

    internal bool Flag(ThriftType type) => type is ThriftType.True or ThriftType.False ? type == ThriftType.True : throw Unexpected(type, "a truth value");

    internal long Integer(ThriftType type)
    {
        if (type == ThriftType.I8) return (sbyte)Byte();
        if (type is not (ThriftType.I16 or ThriftType.I32 or ThriftType.I64)) throw Unexpected(type, "a whole number");
        ulong zigzag = Varint();
        return (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
    }

    internal int Int32(ThriftType type) => Integer(type) is >= int.MinValue and <= int.MaxValue and var number ? (int)number : throw new FormatException("a number of 32 bits has more");

    internal ReadOnlySpan<byte> Bytes(ThriftType type) => type == ThriftType.Binary ? Take(Varint()) : throw Unexpected(type, "bytes");

    internal string Text(ThriftType type) => Encoding.UTF8.GetString(Bytes(type));

    /// <summary>Begins a list; each element takes at least a byte.</summary>
    internal int List(ThriftType type, out ThriftType element)
    {
        if (type is not (ThriftType.List or ThriftType.Set)) throw Unexpected(type, "a list");
        byte head = Byte();
        element = (ThriftType)(head & 0x0F);
        ulong count = head >> 4 == 15 ? Varint() : (ulong)(head >> 4);
        return count <= (ulong)(_bytes.Length - Position) ? (int)count : throw new FormatException($"a list of {count} elements stands before {_bytes.Length - Position} bytes");
    }

    /// <summary>Begins a list of structs.</summary>
    internal int Structs(ThriftType type) => List(type, out var element) is var count && (count == 0 || element == ThriftType.Struct) ? count : throw Unexpected(element, "structs in a list");

    internal void RequireStruct(ThriftType type)
    {
        if (type != ThriftType.Struct) throw Unexpected(type, "a struct");
    }

    /// <summary>Passes over a field that nobody asked for.</summary>
    internal void Skip(ThriftType type) => Skip(type, inList: false, MaxDepth);

    void Skip(ThriftType type, bool inList, int depth)
    {
        if (depth == 0) throw new FormatException($"structs are nested deeper than {MaxDepth}");
        switch (type)
        {
            case ThriftType.True or ThriftType.False: if (inList) Byte(); break;            // a field's truth value is its type
            case ThriftType.I8: Byte(); break;
            case ThriftType.I16 or ThriftType.I32 or ThriftType.I64: Varint(); break;
            case ThriftType.Double: Take(sizeof(double)); break;
            case ThriftType.Binary: Take(Varint()); break;
            case ThriftType.List or ThriftType.Set:
                for (int left = List(type, out var element); left > 0; left--) Skip(element, inList: true, depth - 1);
                break;
            case ThriftType.Struct:
                for (int field = 0; Next(ref field, out var inner);) Skip(inner, inList: false, depth - 1);
                break;
            default: throw Unexpected(type, "a known type");
        }
    }

    byte Byte() => Position < _bytes.Length ? _bytes[Position++] : throw new FormatException("the bytes end in the middle of a struct");

    ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)(_bytes.Length - Position)) throw new FormatException($"{count} bytes were announced; {_bytes.Length - Position} are there");
        Position += (int)count;
        return _bytes.Slice(Position - (int)count, (int)count);
    }

    ulong Varint()
    {
        ulong value = 0;
        for (int i = 0; i < MostVarintBytes; i++)
        {
            byte next = Byte();
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80) return value;
        }
        throw new FormatException($"a number has more than {MostVarintBytes} bytes");
    }

    static FormatException Unexpected(ThriftType type, string expected) => new($"a field has Thrift type {(int)type}; {expected} was expected");
}

/// <summary>Types of Thrift's compact protocol. Maps do not occur in Parquet.</summary>
internal enum ThriftType : byte { True = 1, False = 2, I8 = 3, I16 = 4, I32 = 5, I64 = 6, Double = 7, Binary = 8, List = 9, Set = 10, Struct = 12 }
