using System.Buffers.Binary;
using Roast.Files;
using Roast.Formats;

namespace Roast.Graph.Export.Quantize;

/// <summary>Reads a tensor of a safetensors file from its first element to its last, as float32, through a small buffer.</summary>
internal sealed class TensorReader(SafetensorsPlace place) : IDisposable
{
    readonly FileStream _stream = Open(place);
    byte[] _buffer = [];

    /// <summary>Reads the next elements.</summary>
    /// <exception cref="RoastException">BadFile: the file became shorter. NotFinite: an element is NaN or infinite.</exception>
    public void Read(Span<float> values)
    {
        int size = place.Entry.Type.Bits() / 8;
        if (_buffer.Length < values.Length * size) _buffer = new byte[values.Length * size];
        var bytes = _buffer.AsSpan(0, values.Length * size);
        if (_stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) != bytes.Length)
            throw new RoastException(RoastError.BadFile, $"{place.Path}: became shorter while it was read; expected a file that nobody writes to. Try again when it is whole.");
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = place.Entry.Type switch
            {
                SafetensorsType.F32 => BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..]),
                SafetensorsType.F16 => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(2 * i)..]),
                _ => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]) << 16),
            };
            if (!float.IsFinite(values[i]))
                throw new RoastException(RoastError.NotFinite, $"{place.Path}: tensor '{place.Entry.Name}' holds {values[i]}; expected finite weights. The file is damaged: fetch it again.");
        }
    }

    /// <summary>Copies the bytes of the whole tensor.</summary>
    public static void Copy(SafetensorsPlace place, Stream target)
    {
        using var reader = new TensorReader(place);
        var buffer = new byte[1 << 20];
        for (long left = place.Entry.Bytes; left > 0;)
        {
            int read = reader._stream.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            if (read == 0) throw new RoastException(RoastError.BadFile, $"{place.Path}: became shorter while it was read; expected a file that nobody writes to. Try again when it is whole.");
            target.Write(buffer, 0, read);
            left -= read;
        }
    }

    /// <summary>Writes the whole tensor as float32 or float16.</summary>
    /// <exception cref="RoastException">Unsupported: a weight beyond float16's 65504.</exception>
    public static void Convert(SafetensorsPlace place, bool toHalf, Stream target)
    {
        using var reader = new TensorReader(place);
        var values = new float[1 << 18];
        var bytes = new byte[values.Length * sizeof(float)];
        for (long left = place.Entry.Elements; left > 0;)
        {
            var some = values.AsSpan(0, (int)Math.Min(values.Length, left));
            reader.Read(some);
            left -= some.Length;
            if (!toHalf)
            {
                for (int i = 0; i < some.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), some[i]);
                target.Write(bytes, 0, some.Length * sizeof(float));
                continue;
            }
            for (int i = 0; i < some.Length; i++)
            {
                var half = (Half)some[i];
                if (!Half.IsFinite(half)) throw new RoastException(RoastError.Unsupported, $"{place.Path}: tensor '{place.Entry.Name}' holds {some[i]}, and float16 ends at {Half.MaxValue}. Use fp32, which keeps the weights as they are.");
                BinaryPrimitives.WriteHalfLittleEndian(bytes.AsSpan(2 * i), half);
            }
            target.Write(bytes, 0, 2 * some.Length);
        }
    }

    public void Dispose() => _stream.Dispose();

    static FileStream Open(SafetensorsPlace place)
    {
        var stream = InputFile.Open(place.Path);
        stream.Position = place.Offset;
        return stream;
    }
}
