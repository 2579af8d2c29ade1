using System.Buffers.Binary;

namespace Roast.Formats;

/// <summary>Roast's own files, as one format among the others.</summary>
internal sealed class RoastVectorFormat : IVectorFormat
{
    public string Name => "roast";

    public string Description => "a steering vector in safetensors form";

    public IReadOnlyList<string> Extensions => [".safetensors"];

    public bool CanWrite => true;

    public bool Recognizes(ReadOnlySpan<byte> head) =>
        head.Length > 8 && head[8] == '{' && BinaryPrimitives.ReadUInt64LittleEndian(head) <= SafetensorsHeader.MaxHeaderBytes;

    public ImportedVector Read(Stream stream, string file, VectorImportOptions options)
    {
        if (options.LayerOffset != 0) throw Interchange.OffsetOfOwn(file);
        return new(SteeringVectorFormat.Read(stream, file), Name, []);
    }

    public IReadOnlyList<string> Write(Stream stream, SteeringVector vector, VectorExportOptions options)
    {
        SteeringVectorFormat.Write(stream, Interchange.Shifted(vector, options.LayerOffset, Name));
        return [];
    }
}
