using Roast.Files;
using Roast.Graph.Protobuf;

namespace Roast.Graph.Export;

/// <summary>
/// The weights that an export computes, as one file of external data. Places are given out while the graph is built; the
/// bytes are made when the file is written, tensor by tensor, so that memory holds one of them at a time.
/// </summary>
internal sealed class DataFile(string name)
{
    /// <summary>The usual name: the one of ONNX Runtime's own tools.</summary>
    public const string DefaultName = "model.onnx.data";

    /// <summary>The name of one that stays in memory: not one that a model's folder has.</summary>
    public const string HeldName = "roast.float16.held";

    /// <summary>Tensors begin at multiples of this many bytes.</summary>
    public const int Alignment = 64;

    readonly List<(long Begin, long End, Action<Stream> Write)> _parts = [];

    /// <summary>The file's name in the model's folder.</summary>
    public string Name => name;

    /// <summary>Its size in bytes; 0: nothing needs it.</summary>
    public long Length { get; private set; }

    /// <summary>Gives a tensor its place.</summary>
    /// <param name="tensor">The initializer's name.</param>
    /// <param name="type">Element type, one of <see cref="Tensors"/>.</param>
    /// <param name="shape">Dimensions.</param>
    /// <param name="bytes">Its size.</param>
    /// <param name="write">Writes exactly that many bytes, little-endian; runs in <see cref="Write"/>.</param>
    public TensorProto Add(string tensor, int type, ReadOnlySpan<long> shape, long bytes, Action<Stream> write)
    {
        long begin = (Length + Alignment - 1) / Alignment * Alignment;
        _parts.Add((begin, begin + bytes, write));
        Length = begin + bytes;
        return Tensors.External(tensor, type, shape, name, begin, bytes);
    }

    /// <summary>Writes the file, whole or not at all; nothing where <see cref="Length"/> is 0.</summary>
    /// <exception cref="RoastException">CannotWrite, or what a tensor's writer throws.</exception>
    /// <exception cref="InvalidOperationException">A writer wrote another number of bytes than it announced.</exception>
    public void Write(string folder, bool overwrite, CancellationToken cancel = default)
    {
        if (Length == 0) return;
        AtomicFile.Write(Path.Combine(folder, name), overwrite, stream => WriteTo(stream, cancel));
    }

    /// <summary>Writes the content; exceptions as above.</summary>
    public void WriteTo(Stream stream, CancellationToken cancel = default)
    {
        foreach (var (begin, end, write) in _parts)
        {
            cancel.ThrowIfCancellationRequested();
            stream.SetLength(begin);
            stream.Position = begin;
            write(stream);
            if (stream.Position != end) throw new InvalidOperationException($"{name}: a tensor of {end - begin} bytes was written with {stream.Position - begin}.");
        }
    }

    /// <summary>The file as one that is never written to a disk.</summary>
    public HeldFile Hold() => new(name, Length, stream => WriteTo(stream));
}
