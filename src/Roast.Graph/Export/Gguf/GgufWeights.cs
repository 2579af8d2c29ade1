using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Roast.Files;
using Roast.Formats;
using Roast.Graph.Protobuf;

namespace Roast.Graph.Export;

/// <summary>Gives a tensor that is computed from <c>source</c> its place: in a file of external data (<see cref="DataFile.Add"/>), or in memory.</summary>
internal delegate TensorProto PlaceTensor(GgufTensor source, string name, int type, ReadOnlySpan<long> shape, long bytes, Action<Stream> write);

/// <summary>The tensors of a GGUF file as float32 (or float16) initializers. They are dequantized when their bytes are asked for, a piece at a time.</summary>
internal sealed class GgufWeights(GgufHeader header, string path, string folder, ModelShape shape, bool toHalf, PlaceTensor place) : IWeightSource
{
    const int PieceValues = 1 << 18;

    // Llama's converter reorders rows for its rotation; those of the Qwen architectures are as Hugging Face has them.
    readonly bool _reordered = header.Metadata.Text("general.architecture") == "llama";
    readonly HashSet<string> _used = [];
    readonly Dictionary<string, TensorProto> _taken = [];

    public string Folder => folder;

    /// <summary>The file's header.</summary>
    public GgufHeader Header => header;

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>Rows of a head where the file has them in its own order (<see cref="RotaryRows"/>); <c>null</c>: rows are as Hugging Face has them.</summary>
    public int? HeadSizeOf(string name) => _reordered && GgufNames.IsRotated(name) ? shape.HeadSize : null;

    public TensorProto Take(string name, params ReadOnlySpan<long> dimensions)
    {
        if (_taken.TryGetValue(name, out var taken)) return taken;
        var tensor = Find(name, dimensions);
        int? headSize = HeadSizeOf(name);
        return _taken[name] = place(tensor, name, toHalf ? Tensors.Float16 : Tensors.Float, dimensions, checked(tensor.Elements * (toHalf ? 2 : sizeof(float))), stream => Write(tensor, headSize, stream));
    }

    public LinearWeight TakeLinear(string name, int outputs, int inputs) => new LinearWeight.Dense(Take(name, outputs, inputs));

    public void RefuseLeftovers(string family)
    {
        foreach (string name in header.Tensors.Keys.Order(StringComparer.Ordinal))
            if (!_used.Contains(name) && name != GgufNames.RopeFactors)           // read with the metadata
                throw new RoastException(RoastError.Unsupported, $"{path}: tensor '{name}' has no place in a {family} model; without it the graph would compute something else. Use the plain file of the model.");
    }

    /// <summary>A tensor of the file by its Hugging Face name, with the shape that the model asks for.</summary>
    public GgufTensor Find(string name, ReadOnlySpan<long> dimensions)
    {
        string expected = $"[{string.Join(", ", dimensions.ToArray())}]";
        if (GgufNames.Of(name) is not { } stored || !header.Tensors.TryGetValue(stored, out var tensor))
            throw new RoastException(RoastError.BadFile, $"{path}: tensor '{GgufNames.Of(name) ?? name}' is missing; its metadata asks for it, {expected}. The file is damaged or of another kind: fetch it again.");
        if (!tensor.Shape.AsSpan().SequenceEqual(dimensions))
            throw new RoastException(RoastError.BadFile, $"{path}: tensor '{stored}' is {tensor.Describe()}; its metadata asks for {expected}. The file is damaged or of another kind: fetch it again.");
        if (!GgufReader.CanDequantize(tensor.Type))
            throw new RoastException(RoastError.Unsupported, $"{path}: tensor '{stored}' is {tensor.Type}; this version reads F32, F16, BF16, Q4_0, Q4_1, Q8_0, Q4_K and Q6_K. Take a file in one of these, such as Q8_0 or Q4_K_M.");
        if (dimensions.Length == 1 && tensor.Type.BlockValues() > 1)
            throw new RoastException(RoastError.Unsupported, $"{path}: tensor '{stored}' is {tensor.Describe()}; norms and biases are read as F32, F16 or BF16. Convert the model again.");
        _used.Add(stored);
        return tensor;
    }

    void Write(GgufTensor tensor, int? headSize, Stream stream)
    {
        using var file = InputFile.Open(path);
        var reader = new GgufReader(header, file, path);
        long inner = tensor.Shape[^1], rows = tensor.Elements / inner;
        if (headSize is { } size && tensor.Shape.Length == 1) WriteReordered(reader, tensor, 1, tensor.Elements, size, stream);
        else if (headSize is { } head) WriteReordered(reader, tensor, inner, rows, head, stream);
        else
        {
            var piece = new float[Math.Min(PieceValues, tensor.Elements)];
            for (long first = 0; first < tensor.Elements; first += piece.Length)
            {
                var part = piece.AsSpan(0, (int)Math.Min(piece.Length, tensor.Elements - first));
                reader.ReadFloat32(tensor, first, part);
                Put(tensor, part, stream);
            }
        }
    }

    void Put(GgufTensor tensor, ReadOnlySpan<float> values, Stream stream)
    {
        if (!toHalf)
        {
            stream.Write(MemoryMarshal.AsBytes(values));
            return;
        }
        var halves = new Half[values.Length];
        TensorPrimitives.ConvertToHalf(values, halves);
        for (int i = 0; i < halves.Length; i++)
            if (!Half.IsFinite(halves[i]))
                throw new RoastException(RoastError.Unsupported, $"{path}: tensor '{tensor.Name}' holds {values[i]}, and float16 ends at {Half.MaxValue}. Use fp32.");
        stream.Write(MemoryMarshal.AsBytes<Half>(halves));
    }

    // One head at a time: its rows come from one stretch of the file.
    void WriteReordered(GgufReader reader, GgufTensor tensor, long inner, long rows, int headSize, Stream stream)
    {
        var head = new float[checked(headSize * inner)];
        for (long first = 0; first < rows; first += headSize)
        {
            reader.ReadFloat32(tensor, first * inner, head);
            for (int row = 0; row < headSize; row++)
                Put(tensor, head.AsSpan(checked((int)(RotaryRows.Stored(row, headSize) * inner)), (int)inner), stream);
        }
    }
}
