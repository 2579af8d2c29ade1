using System.Buffers;
using System.Runtime.InteropServices;
using Roast.Kernels;

namespace Roast.Formats;

/// <summary>Reads the tensors of a GGUF file. Holds the stream but does not own it; one call at a time.</summary>
public sealed class GgufReader
{
    const int ChunkBytes = 1 << 20;

    readonly Stream _stream;
    readonly string _file;

    /// <summary>Reads and checks the header.</summary>
    /// <param name="stream">A seekable stream over the whole file; stays open.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="RoastException"><see cref="RoastError.BadFile"/>: the header is refused; see <see cref="GgufHeader.Read"/>.</exception>
    public GgufReader(Stream stream, string file) : this(GgufHeader.Read(stream, file), stream, file) { }

    /// <summary>Reads by a header that was read from the same file before.</summary>
    /// <param name="header">The file's header.</param>
    /// <param name="stream">A seekable stream over the whole file; stays open.</param>
    /// <param name="file">The file's name, for messages.</param>
    public GgufReader(GgufHeader header, Stream stream, string file)
    {
        ArgumentNullException.ThrowIfNull(header);
        (Header, _stream, _file) = (header, stream, file);
    }

    /// <summary>What the file contains.</summary>
    public GgufHeader Header { get; }

    /// <summary>Whether tensors of a type can be read as float32: F32, F16, BF16, Q4_0, Q4_1, Q8_0, Q4_K and Q6_K.</summary>
    public static bool CanDequantize(GgufType type) => type is GgufType.F32 or GgufType.F16 or GgufType.BF16
        or GgufType.Q4_0 or GgufType.Q4_1 or GgufType.Q8_0 or GgufType.Q4_K or GgufType.Q6_K;

    /// <summary>Reads bytes of a tensor as they are in the file: rows of blocks, last dimension fastest.</summary>
    /// <param name="tensor">One of the header's tensors.</param>
    /// <param name="offset">First byte, relative to the tensor's own begin.</param>
    /// <param name="destination">Overwritten.</param>
    /// <exception cref="ArgumentOutOfRangeException">Bytes outside of the tensor.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.BadFile"/>: the file became shorter.</exception>
    public void ReadBytes(GgufTensor tensor, long offset, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (offset < 0 || offset > tensor.Bytes - destination.Length)
            throw new ArgumentOutOfRangeException(nameof(offset), offset, $"Tensor '{tensor.Name}' has {tensor.Bytes} bytes; {destination.Length} from {offset} on are not inside.");
        _stream.Position = Header.DataStart + tensor.Begin + offset;
        if (_stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false) != destination.Length)
            throw BadGguf.File(_file, $"the file became shorter while tensor {BadGguf.Quote(tensor.Name)} was read", "a file that nobody writes to");
    }

    /// <summary>[elements] a tensor as float32; see <see cref="ReadFloat32(GgufTensor, long, Span{float})"/>.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: another type; <see cref="RoastError.TooLarge"/>: 2^31 elements or more.</exception>
    public float[] ReadFloat32(GgufTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Elements > Array.MaxLength)
            throw new RoastException(RoastError.TooLarge, $"{_file}: tensor {BadGguf.Quote(tensor.Name)} has {tensor.Elements} elements; at most {Array.MaxLength} can be read at once. Read it in parts.");
        var values = new float[tensor.Elements];
        ReadFloat32(tensor, 0, values);
        return values;
    }

    /// <summary>Reads a part of a tensor as float32, exactly what the format means: every value is rounded at most once.</summary>
    /// <param name="tensor">One of the header's tensors.</param>
    /// <param name="first">Its first element; at a block's begin.</param>
    /// <param name="destination">[count] overwritten; whole blocks.</param>
    /// <exception cref="ArgumentException">Not whole blocks, or elements outside of the tensor.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: a type that is not known (<see cref="CanDequantize"/>).</exception>
    public void ReadFloat32(GgufTensor tensor, long first, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (!CanDequantize(tensor.Type))
            throw new RoastException(RoastError.Unsupported, $"{_file}: tensor {BadGguf.Quote(tensor.Name)} is {tensor.Type}; this version reads F32, F16, BF16, Q4_0, Q4_1, Q8_0, Q4_K and Q6_K. Take a file in one of these, such as Q8_0 or Q4_K_M.");
        (int values, int bytes) = (tensor.Type.BlockValues(), tensor.Type.BlockBytes());
        if (first % values != 0 || destination.Length % values != 0)
            throw new ArgumentException($"{destination.Length} elements from {first} on are not whole blocks of {values}.", nameof(destination));
        if (tensor.Type == GgufType.F32)
        {
            ReadBytes(tensor, checked(first * sizeof(float)), MemoryMarshal.AsBytes(destination));
            return;
        }
        byte[] chunk = ArrayPool<byte>.Shared.Rent((int)Math.Min(ChunkBytes, (long)destination.Length / values * bytes));
        try
        {
            int most = chunk.Length / bytes;
            while (!destination.IsEmpty)
            {
                int blocks = Math.Min(most, destination.Length / values);
                var part = chunk.AsSpan(0, blocks * bytes);
                ReadBytes(tensor, checked(first / values * bytes), part);
                Dequantize.Blocks(tensor.Type, part, destination[..(blocks * values)]);
                destination = destination[(blocks * values)..];
                first += (long)blocks * values;
            }
        }
        finally { ArrayPool<byte>.Shared.Return(chunk); }
    }
}
