using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Roast.Formats;

/// <summary>Writes a small GGUF file, version 3, little-endian: keys and float32 vectors in the order they were added.</summary>
sealed class GgufWriter
{
    const uint TypeUInt32 = 4, TypeInt32 = 5, TypeText = 8, Version = 3;
    const int Alignment = GgufHeader.DefaultAlignment;

    readonly MemoryStream _keys = new();
    readonly List<(string Name, ReadOnlyMemory<float> Values)> _tensors = [];
    int _keyCount;

    internal GgufWriter Add(string key, string text)
    {
        Begin(key, TypeText);
        Text(_keys, text);
        return this;
    }

    internal GgufWriter Add(string key, int number) => Number(key, TypeInt32, (uint)number);

    internal GgufWriter Add(string key, uint number) => Number(key, TypeUInt32, number);

    internal GgufWriter Add(string name, ReadOnlyMemory<float> vector)
    {
        _tensors.Add((name, vector));
        return this;
    }

    internal void Write(Stream stream)
    {
        var head = new MemoryStream();
        head.Write("GGUF"u8);
        UInt32(head, Version);
        UInt64(head, (ulong)_tensors.Count);
        UInt64(head, (ulong)_keyCount);
        _keys.WriteTo(head);
        ulong offset = 0;
        foreach (var (name, values) in _tensors)
        {
            Text(head, name);
            UInt32(head, 1);
            UInt64(head, (ulong)values.Length);
            UInt32(head, (uint)GgufType.F32);
            UInt64(head, offset);
            offset += Padded((ulong)values.Length * sizeof(float));
        }
        Pad(head, (ulong)head.Length);
        head.WriteTo(stream);
        foreach (var (_, values) in _tensors)
        {
            Floats(stream, values.Span);
            Pad(stream, (ulong)values.Length * sizeof(float));
        }
    }

    GgufWriter Number(string key, uint type, uint bits)
    {
        Begin(key, type);
        UInt32(_keys, bits);
        return this;
    }

    void Begin(string key, uint type)
    {
        _keyCount++;
        Text(_keys, key);
        UInt32(_keys, type);
    }

    static void Text(MemoryStream stream, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        UInt64(stream, (ulong)bytes.Length);
        stream.Write(bytes);
    }

    static void UInt32(MemoryStream stream, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        stream.Write(bytes);
    }

    static void UInt64(MemoryStream stream, ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        stream.Write(bytes);
    }

    static void Floats(Stream stream, ReadOnlySpan<float> values)
    {
        if (BitConverter.IsLittleEndian) { stream.Write(MemoryMarshal.AsBytes(values)); return; }
        Span<byte> bytes = stackalloc byte[4];
        foreach (float value in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
            stream.Write(bytes);
        }
    }

    static ulong Padded(ulong length) => (length + Alignment - 1) / Alignment * Alignment;

    static void Pad(Stream stream, ulong length)
    {
        for (ulong i = length; i < Padded(length); i++) stream.WriteByte(0);
    }
}
