using System.Runtime.InteropServices;
using Roast.Files;
using Roast.Formats;
using Roast.Graph.Protobuf;

namespace Roast.Graph.Export;

/// <summary>
/// The matrices of a GGUF file that lie in blocks of 32 (Q4_0, Q4_1, Q8_0) as such blocks, for <c>MatMulNBits</c>; everything else in
/// float32, the rows that the embedding looks up too.
/// </summary>
internal sealed class GgufBlockWeights(GgufWeights source, PlaceTensor place, int accuracyLevel) : IWeightSource
{
    const int RoundedActivations = 4;                        // of MatMulNBits' accuracy levels

    readonly Dictionary<string, LinearWeight> _given = [];

    public string Folder => source.Folder;

    public TensorProto Take(string name, params ReadOnlySpan<long> shape) => source.Take(name, shape);

    public LinearWeight TakeLinear(string name, int outputs, int inputs)
    {
        if (_given.TryGetValue(name, out var given)) return given;
        var tensor = source.Find(name, [outputs, inputs]);
        if (!NBitBlocks.Has(tensor.Type)) return source.TakeLinear(name, outputs, inputs);
        // With activations rounded to 8 bits the product of 8 bits is the fastest; else it is by far the slowest.
        int parts = tensor.Type == GgufType.Q8_0 && accuracyLevel < RoundedActivations ? 2 : 1;
        int blocks = inputs / NBitBlocks.Size, bits = NBitBlocks.Bits(tensor.Type) / parts, bytes = NBitBlocks.Size * bits / 8;
        bool offset = tensor.Type == GgufType.Q4_1;
        // Three tensors of one pass: scales and offsets wait while the values are written.
        var (scales, offsets) = (Array.Empty<float>(), Array.Empty<float>());
        var packed = place(tensor, $"{name}.q{bits}", Tensors.UInt8, [outputs, parts * blocks, bytes], (long)outputs * parts * blocks * bytes, stream =>
        {
            (scales, offsets) = (new float[checked(outputs * parts * blocks)], offset ? new float[checked(outputs * blocks)] : []);
            Repack(tensor, source.HeadSizeOf(name), outputs, blocks, parts, scales, offsets, stream);
        });
        var scale = place(tensor, name + ".scales", Tensors.Float, [outputs, parts * blocks], (long)outputs * parts * blocks * sizeof(float), stream => Release(ref scales, stream));
        var correction = offset ? place(tensor, name + ".offsets", Tensors.Float, [blocks, outputs], (long)outputs * blocks * sizeof(float), stream => Release(ref offsets, stream)) : null;
        var zeros = parts > 1 ? place(tensor, name + ".zeros", Tensors.UInt8, [outputs, blocks], (long)outputs * blocks, stream => WriteZeros(outputs, blocks, stream)) : null;
        return _given[name] = new LinearWeight.Blocks(bits, NBitBlocks.Size, packed, scale, zeros, correction, parts, accuracyLevel);
    }

    public void RefuseLeftovers(string family) => source.RefuseLeftovers(family);

    static void Release(ref float[] values, Stream stream)
    {
        stream.Write(MemoryMarshal.AsBytes<float>(values));
        values = [];
    }

    // Two zero points a byte: 8 for every block of the upper halves, then 0 for those of the lower ones.
    static void WriteZeros(int outputs, int blocks, Stream stream)
    {
        var row = new byte[blocks];
        for (int b = 0; b < blocks; b++) row[b / 2] |= (byte)(NBitBlocks.HighZero << (b % 2 * 4));
        for (int output = 0; output < outputs; output++) stream.Write(row);
    }

    void Repack(GgufTensor tensor, int? headSize, int outputs, int blocks, int parts, float[] scales, float[] offsets, Stream stream)
    {
        using var file = InputFile.Open(source.Path);
        var reader = new GgufReader(source.Header, file, source.Path);
        int blockBytes = tensor.Type.BlockBytes(), packedBytes = NBitBlocks.Size * NBitBlocks.Bits(tensor.Type) / 8;
        byte[] row = new byte[checked(blocks * blockBytes)], packed = new byte[checked(blocks * packedBytes)];
        for (int output = 0; output < outputs; output++)
        {
            int stored = headSize is { } size ? RotaryRows.Stored(output, size) : output;
            reader.ReadBytes(tensor, (long)stored * row.Length, row);
            for (int b = 0; b < blocks; b++)
            {
                var block = row.AsSpan(b * blockBytes, blockBytes);
                if (parts > 1)
                {
                    int at = output * parts * blocks + b, half = packedBytes / 2;
                    float d = NBitBlocks.Split(block, packed.AsSpan(b * half, half), packed.AsSpan((blocks + b) * half, half));
                    (scales[at], scales[at + blocks]) = (16 * d, d);
                    continue;
                }
                var (scale, offset) = NBitBlocks.Repack(tensor.Type, block, packed.AsSpan(b * packedBytes, packedBytes));
                scales[output * blocks + b] = scale;
                if (offsets.Length > 0) offsets[b * outputs + output] = offset;
            }
            stream.Write(packed);
        }
    }
}
