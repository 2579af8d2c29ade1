using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Roast.Formats;

/// <summary>Reads the tensors of a safetensors file. Holds the stream but does not own it; one call at a time.</summary>
public sealed class SafetensorsReader
{
    const int ChunkBytes = 64 * 1024;         // a multiple of every element size

    readonly Stream _stream;
    readonly string _file;

    /// <summary>Reads and checks the header.</summary>
    /// <param name="stream">A seekable stream over the whole file; stays open.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="RoastException"><see cref="RoastError.BadFile"/>: the header is refused; see <see cref="SafetensorsHeader.Read"/>.</exception>
    public SafetensorsReader(Stream stream, string file) => (Header, _stream, _file) = (SafetensorsHeader.Read(stream, file), stream, file);

    /// <summary>What the file contains.</summary>
    public SafetensorsHeader Header { get; }

    /// <summary>The bytes of a tensor as they are in the file: little-endian, last dimension fastest.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.BadFile"/>: no such tensor; <see cref="RoastError.TooLarge"/>: 2 GiB or more.</exception>
    public byte[] ReadBytes(string name)
    {
        var entry = Find(name);
        var bytes = new byte[Bounded(entry, entry.Bytes)];
        Seek(entry);
        Fill(bytes, entry);
        return bytes;
    }

    /// <summary>[elements] a tensor as float32: F32 bit for bit, F16 and BF16 exactly, F64 rounded to nearest. The last dimension is the fastest.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.BadFile"/>: no such tensor, or one of another type; <see cref="RoastError.TooLarge"/>: 2^31 elements or more.</exception>
    public float[] ReadFloat32(string name)
    {
        var entry = Find(name);
        CheckFloat(entry);
        var values = new float[Bounded(entry, entry.Elements)];
        ReadFloat32(entry, values);
        return values;
    }

    /// <summary>Reads a tensor as float32 into memory of the caller.</summary>
    /// <param name="entry">One of the header's entries.</param>
    /// <param name="destination">[elements] overwritten.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.BadFile"/>: not a tensor of F32, F16, BF16 or F64.</exception>
    public void ReadFloat32(SafetensorsEntry entry, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(entry);
        CheckFloat(entry);
        if (destination.Length != entry.Elements)
            throw new ArgumentException($"Tensor '{entry.Name}' has {entry.Elements} elements, the destination {destination.Length}.", nameof(destination));
        Seek(entry);
        if (entry.Type == SafetensorsType.F32)
        {
            Fill(MemoryMarshal.AsBytes(destination), entry);
            return;
        }
        int size = entry.Type.Bits() / 8;
        byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            while (!destination.IsEmpty)
            {
                int count = Math.Min(destination.Length, ChunkBytes / size);
                Fill(chunk.AsSpan(0, count * size), entry);
                Convert(entry.Type, chunk.AsSpan(0, count * size), destination[..count]);
                destination = destination[count..];
            }
        }
        finally { ArrayPool<byte>.Shared.Return(chunk); }
    }

    static void Convert(SafetensorsType type, ReadOnlySpan<byte> from, Span<float> to)
    {
        switch (type)
        {
            case SafetensorsType.F16: TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(from), to); break;
            case SafetensorsType.F64: TensorPrimitives.ConvertTruncating<double, float>(MemoryMarshal.Cast<byte, double>(from), to); break;
            default:
                var halves = MemoryMarshal.Cast<byte, ushort>(from);
                for (int i = 0; i < to.Length; i++) to[i] = BitConverter.UInt32BitsToSingle((uint)halves[i] << 16);
                break;
        }
    }

    SafetensorsEntry Find(string name) => Header.Tensors.TryGetValue(name, out var entry) ? entry
        : throw new RoastException(RoastError.BadFile, $"{_file}: has no tensor {BadSafetensors.Quote(name)}; it has {Header.Tensors.Count} tensors{First()}. Check that this is the file you meant.");

    string First() => Header.Entries.Count == 0 ? "" : $", the first of them {BadSafetensors.Quote(Header.Entries[0].Name)}";

    void CheckFloat(SafetensorsEntry entry)
    {
        if (entry.Type is not (SafetensorsType.F32 or SafetensorsType.F16 or SafetensorsType.BF16 or SafetensorsType.F64))
            throw new RoastException(RoastError.BadFile, $"{_file}: tensor {BadSafetensors.Quote(entry.Name)} is of type {entry.Type.Name()}; expected F32, F16, BF16 or F64. Convert it, then write the file again.");
    }

    int Bounded(SafetensorsEntry entry, long length) => length <= Array.MaxLength ? (int)length
        : throw new RoastException(RoastError.TooLarge, $"{_file}: tensor {BadSafetensors.Quote(entry.Name)} has a length of {length}; at most {Array.MaxLength} can be read at once. Read it where it lies instead.");

    void Seek(SafetensorsEntry entry) => _stream.Position = Header.DataStart + entry.Begin;

    void Fill(Span<byte> buffer, SafetensorsEntry entry)
    {
        if (_stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) != buffer.Length)
            throw BadSafetensors.File(_file, $"the file became shorter while tensor {BadSafetensors.Quote(entry.Name)} was read", "a file that nobody writes to");
    }
}
