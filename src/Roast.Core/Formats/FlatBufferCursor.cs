using System.Buffers.Binary;

namespace Roast.Formats;

/// <summary>Follows the offsets of a flatbuffer; every one is checked against the bytes that are there before it is used.</summary>
internal sealed class FlatBufferCursor(ReadOnlyMemory<byte> bytes, string file)
{
    /// <summary>The end of the last thing that was looked at.</summary>
    public int End { get; private set; }

    /// <summary>The root table.</summary>
    public int Root() => Table(Follow(0));

    /// <summary>Where an unsigned offset at a place leads.</summary>
    public int Follow(int at)
    {
        long target = at + (long)UInt32(at);
        if (target <= at || target > bytes.Length - 4) throw Bad($"an offset at byte {at} leads to byte {target}");
        return (int)target;
    }

    /// <summary>A table's int32; 0 where it is left out.</summary>
    public int Int32(int table, int field) => Field(table, field, 4) is { } at ? BinaryPrimitives.ReadInt32LittleEndian(Slice(at, 4)) : 0;

    public long Int64(int at) => BinaryPrimitives.ReadInt64LittleEndian(Slice(at, 8));

    /// <summary>A table's vector: its first element and how many there are; none where it is left out.</summary>
    public (int Start, int Count) Vector(int table, int field, int elementBytes)
    {
        if (Field(table, field, 4) is not { } at) return (0, 0);
        int vector = Follow(at);
        long count = UInt32(vector);
        if (count * elementBytes > bytes.Length - vector - 4L) throw Bad($"a vector at byte {vector} has {count} elements");
        Slice(vector + 4, (int)count * elementBytes);
        return (vector + 4, (int)count);
    }

    /// <summary>A table's text: first byte and length, without the zero that must follow.</summary>
    public (int Start, int Length) Text(int table, int field)
    {
        var (start, length) = Vector(table, field, 1);
        if (start > 0 && Slice(start + length, 1)[0] != 0) throw Bad($"a text at byte {start} does not end in zero");
        return (start, length);
    }

    /// <summary>A table's place, checked: its vtable is whole and lies in the file, and so does the table.</summary>
    int Table(int at)
    {
        var (vtable, vtableBytes) = VTable(at);
        int tableBytes = BinaryPrimitives.ReadUInt16LittleEndian(Slice(vtable + 2, 2));
        if (vtableBytes < 4 || vtableBytes % 2 != 0 || tableBytes < 4) throw Bad($"the vtable at byte {vtable} has {vtableBytes} bytes for a table of {tableBytes}");
        Slice(vtable, vtableBytes);
        Slice(at, tableBytes);
        return at;
    }

    int? Field(int table, int field, int size)
    {
        Table(table);
        var (vtable, vtableBytes) = VTable(table);
        int slot = 4 + 2 * field;
        if (slot + 2 > vtableBytes) return null;
        int offset = BinaryPrimitives.ReadUInt16LittleEndian(Slice(vtable + slot, 2)), tableBytes = BinaryPrimitives.ReadUInt16LittleEndian(Slice(vtable + 2, 2));
        if (offset == 0) return null;
        if (offset < 4 || offset + size > tableBytes) throw Bad($"field {field} of the table at byte {table} lies outside of it");
        return table + offset;
    }

    (int At, int Bytes) VTable(int table)
    {
        long vtable = table - (long)BinaryPrimitives.ReadInt32LittleEndian(Slice(table, 4));
        if (vtable < 0 || vtable > bytes.Length - 4) throw Bad($"the vtable of the table at byte {table} lies at byte {vtable}");
        return ((int)vtable, BinaryPrimitives.ReadUInt16LittleEndian(Slice((int)vtable, 2)));
    }

    uint UInt32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(Slice(at, 4));

    ReadOnlySpan<byte> Slice(int at, int count)
    {
        if (at < 0 || count < 0 || at > bytes.Length - count) throw Bad($"{count} bytes at byte {at} are needed");
        End = Math.Max(End, at + count);
        return bytes.Span.Slice(at, count);
    }

    RoastException Bad(string found) => OnnxAdapterReader.Bad(file, $"{found} in a file of {bytes.Length} bytes", "offsets inside the file");
}
