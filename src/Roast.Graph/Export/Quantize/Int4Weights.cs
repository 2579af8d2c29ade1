using System.Runtime.InteropServices;
using Roast.Formats;
using Roast.Graph.Protobuf;

namespace Roast.Graph.Export.Quantize;

/// <summary>The weights of products in 4-bit blocks, embedding and head in 16 bits, the rest in float32; all in the export's own data.</summary>
internal sealed class Int4Weights(SafetensorsWeights source, DataFile data, bool asymmetric, int accuracyLevel) : IWeightSource
{
    /// <summary>Weights that are read at a time: 4 MiB of float32.</summary>
    const int ChunkWeights = 1 << 20;

    static readonly string[] Kept = ["model.embed_tokens.weight", "lm_head.weight"];

    readonly Dictionary<string, TensorProto> _given = [];

    public string Folder => source.Folder;

    public TensorProto Take(string name, params ReadOnlySpan<long> shape)
    {
        if (_given.TryGetValue(name, out var given)) return given;
        var tensor = source.Take(name, shape);
        var place = source[name];
        // BF16 stays: not all of its range is in float16's.
        bool toHalf = Kept.Contains(name), copied = tensor.DataType == (toHalf ? Tensors.Float16 : Tensors.Float) || (toHalf && tensor.DataType == Tensors.BFloat16);
        int type = copied ? tensor.DataType : toHalf ? Tensors.Float16 : Tensors.Float;
        return _given[name] = data.Add(name, type, shape, place.Entry.Elements * (type == Tensors.Float ? 4 : 2),
            stream => { if (copied) TensorReader.Copy(place, stream); else TensorReader.Convert(place, toHalf, stream); });
    }

    public LinearWeight TakeLinear(string name, int outputs, int inputs)
    {
        if (Kept.Contains(name)) return new LinearWeight.Dense(Take(name, outputs, inputs));
        source.Take(name, outputs, inputs);
        var place = source[name];
        int blocks = (inputs + Int4Block.Size - 1) / Int4Block.Size, zeroBytes = (blocks + 1) / 2;
        // Three tensors of one pass: scales and zero points wait while the values are written, and go when they are.
        var (scales, zeros) = (Array.Empty<float>(), Array.Empty<byte>());
        var packed = data.Add(name + ".q4", Tensors.UInt8, [outputs, blocks, Int4Block.Size / 2], (long)outputs * blocks * (Int4Block.Size / 2), stream =>
        {
            (scales, zeros) = (new float[checked(outputs * blocks)], asymmetric ? new byte[checked(outputs * zeroBytes)] : []);
            Quantize(place, outputs, inputs, scales, zeros, stream);
        });
        var scale = data.Add(name + ".scales", Tensors.Float, [outputs, blocks], (long)outputs * blocks * sizeof(float), stream =>
        {
            stream.Write(MemoryMarshal.AsBytes<float>(scales));
            scales = [];
        });
        var zero = asymmetric ? data.Add(name + ".zeros", Tensors.UInt8, [outputs, zeroBytes], (long)outputs * zeroBytes, stream =>
        {
            stream.Write(zeros);
            zeros = [];
        }) : null;
        return new LinearWeight.Blocks(4, Int4Block.Size, packed, scale, zero, AccuracyLevel: accuracyLevel);
    }

    public void RefuseLeftovers(string family) => source.RefuseLeftovers(family);

    static void Quantize(SafetensorsPlace place, int outputs, int inputs, float[] scales, byte[] zeros, Stream stream)
    {
        int blocks = (inputs + Int4Block.Size - 1) / Int4Block.Size, rowsPerChunk = Math.Clamp(ChunkWeights / inputs, 1, outputs), zeroBytes = (blocks + 1) / 2;
        var weights = new float[checked(rowsPerChunk * inputs)];
        var packed = new byte[checked(rowsPerChunk * blocks * (Int4Block.Size / 2))];
        var block = new float[Int4Block.Size];
        using var reader = new TensorReader(place);
        for (int first = 0; first < outputs; first += rowsPerChunk)
        {
            int rows = Math.Min(rowsPerChunk, outputs - first);
            reader.Read(weights.AsSpan(0, rows * inputs));
            for (int i = 0; i < rows * blocks; i++)
            {
                (int row, int b) = Math.DivRem(i, blocks);
                var some = weights.AsSpan(row * inputs + b * Int4Block.Size, Math.Min(Int4Block.Size, inputs - b * Int4Block.Size));
                some.CopyTo(block);
                block.AsSpan(some.Length).Clear();
                var (scale, zero) = Int4Block.Round(block, packed.AsSpan(i * (Int4Block.Size / 2), Int4Block.Size / 2), zeros.Length > 0);
                scales[first * blocks + i] = scale;
                if (zeros.Length > 0) zeros[(first + row) * zeroBytes + b / 2] |= (byte)(zero << (b % 2 * 4));
            }
            stream.Write(packed, 0, rows * blocks * (Int4Block.Size / 2));
        }
    }
}
