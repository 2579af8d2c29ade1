using System.Buffers.Binary;
using System.Text;

namespace Roast.Formats;

/// <summary>
/// One NumPy array (.npy, format 1 to 3) of float16, float32 or float64, little-endian, in C order; read as float32, each value
/// rounded once. The header is a Python dict of three known keys: it is read by a small parser and never evaluated.
/// </summary>
/// <param name="Shape">One or two dimensions, each at least 1.</param>
/// <param name="Values">The values, last dimension fastest.</param>
sealed record NpyArray(int[] Shape, float[] Values)
{
    /// <summary>Longest header in bytes; numpy writes 118.</summary>
    internal const int MaxHeaderBytes = 4096;

    /// <summary>Reads the bytes of a .npy file.</summary>
    internal static NpyArray Parse(ReadOnlySpan<byte> bytes, string file)
    {
        RoastException Bad(string found, string expected) => Interchange.Bad(file, found, expected, "Save it again with numpy.savez(name=array.astype('float32'))");
        if (bytes.Length < 12 || bytes[0] != 0x93 || !bytes[1..].StartsWith("NUMPY"u8)) throw Bad("it is no .npy array", "\\x93NUMPY at the begin");
        if (bytes[6] is 0 or > 3) throw Bad($"it is of version {bytes[6]}", "1 to 3");
        (long length, int begin) = bytes[6] == 1 ? (BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]), 10) : (BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]), 12);
        if (length > MaxHeaderBytes || length > bytes.Length - begin) throw Bad($"its header has {length} bytes", $"at most {MaxHeaderBytes}, inside the file");
        var header = new NpyHeader(Encoding.Latin1.GetString(bytes.Slice(begin, (int)length)));
        if (!header.TryParse(out string type, out bool fortran, out long[] shape)) throw Bad("its header has another form", "{'descr': '<f4', 'fortran_order': False, 'shape': (width,), }");
        int size = type switch { "<f2" => 2, "<f4" => 4, "<f8" => 8, _ => throw Bad($"its values are of type {BadSafetensors.Quote(type)}", "<f2, <f4 or <f8") };
        if (shape is not ([>= 1 and <= SteeringVectorFormat.MaxWidth] or [>= 1 and <= Point.MaxLayer + 1, >= 1 and <= SteeringVectorFormat.MaxWidth])) throw Bad($"its shape is ({string.Join(", ", shape)})", "(width,) or (layers, width)");
        if (fortran && shape.Length > 1) throw Bad("it is in Fortran order", "C order");
        long count = shape.Aggregate(1L, (a, b) => a * b);
        var data = bytes[(begin + (int)length)..];
        if (data.Length != count * size) throw Bad($"it has {data.Length} bytes of data", $"{count * size}: {count} values of {size} bytes");
        return new NpyArray(Array.ConvertAll(shape, x => (int)x), Decode(data, size, (int)count));
    }

    static float[] Decode(ReadOnlySpan<byte> data, int size, int count)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            var one = data.Slice(i * size, size);
            values[i] = size switch { 2 => (float)BinaryPrimitives.ReadHalfLittleEndian(one), 4 => BinaryPrimitives.ReadSingleLittleEndian(one), _ => (float)BinaryPrimitives.ReadDoubleLittleEndian(one) };
        }
        return values;
    }
}
