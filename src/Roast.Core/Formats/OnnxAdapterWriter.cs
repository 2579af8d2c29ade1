using System.Buffers.Binary;
using System.Text;

namespace Roast.Formats;

/// <summary>Writes ONNX Runtime adapter files. The same adapter gives the same bytes.</summary>
/// <remarks>
/// A flatbuffer, front to back: identifier, one vtable that both kinds of table share (four fields of 4 bytes), the adapter, then each
/// parameter with its name, dimensions and data. Dimensions begin at multiples of 8, data at multiples of 16.
/// </remarks>
public static class OnnxAdapterWriter
{
    const int VTable = 8, VTableBytes = 12, TableBytes = 20;

    /// <summary>Writes an adapter.</summary>
    /// <param name="stream">Receives the file; need not be able to seek.</param>
    /// <param name="adapter">What to write.</param>
    /// <exception cref="ArgumentException">Something that <see cref="OnnxAdapterReader"/> would refuse.</exception>
    public static void Write(Stream stream, OnnxAdapter adapter)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(adapter);
        byte[] bytes = ToBytes(adapter);
        try { OnnxAdapterReader.Read(bytes, "The adapter"); }
        catch (RoastException e) { throw new ArgumentException($"A file with this could not be read again. {e.Message}", nameof(adapter), e); }
        stream.Write(bytes);
    }

    static byte[] ToBytes(OnnxAdapter adapter)
    {
        var output = new List<byte>();
        void Pad(int alignment, int ahead) { while ((output.Count + ahead) % alignment != 0) output.Add(0); }
        void Int(int value) { Span<byte> four = stackalloc byte[4]; BinaryPrimitives.WriteInt32LittleEndian(four, value); output.AddRange(four); }
        int Hole() { Int(0); return output.Count - 4; }
        void Short(int value) { output.Add((byte)value); output.Add((byte)(value >> 8)); }
        // An offset counts from its own place.
        void Fill(int hole) => BinaryPrimitives.WriteInt32LittleEndian(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(output)[hole..], output.Count - hole);

        int root = Hole();
        output.AddRange("TORT"u8);
        foreach (int value in (int[])[VTableBytes, TableBytes, 4, 8, 12, 16]) Short(value);
        Fill(root);
        Int(output.Count - VTable);
        Int(OnnxAdapter.FormatVersion);
        Int(adapter.AdapterVersion);
        Int(adapter.ModelVersion);
        int parameters = Hole();
        Fill(parameters);
        Int(adapter.Parameters.Count);
        int[] entries = [.. adapter.Parameters.Select(_ => Hole())];
        foreach (var (entry, parameter) in entries.Zip(adapter.Parameters))
        {
            Pad(4, 0);
            Fill(entry);
            Int(output.Count - VTable);
            int name = Hole(), shape = Hole();
            Int((int)parameter.Type);
            int data = Hole();
            Pad(8, 4);
            Fill(shape);
            Int(parameter.Shape.Count);
            foreach (long dimension in parameter.Shape) { Int((int)dimension); Int((int)(dimension >> 32)); }
            Pad(16, 4);
            Fill(data);
            Int(parameter.Data.Length);
            output.AddRange(parameter.Data.Span);
            Pad(4, 0);
            Fill(name);
            byte[] text = Encoding.UTF8.GetBytes(parameter.Name);
            Int(text.Length);
            output.AddRange(text);
            output.Add(0);
        }
        Pad(8, 0);
        return [.. output];
    }
}
