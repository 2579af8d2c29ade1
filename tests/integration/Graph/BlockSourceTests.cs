using System.Runtime.InteropServices;
using Roast.Formats;
using Roast.Graph;
using Roast.Graph.Export;
using Roast.Graph.Protobuf;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Graph;

/// <summary>The seam for sources of block-quantized weights, in every form that it allows: bits, zero points, offsets, quantized head.</summary>
public class BlockSourceTests
{
    const int Block = 32;
    static readonly long[] Ids = [5, 17, 42, 300, 9, 77];

    [Theory, InlineData(4, false, false), InlineData(4, true, false), InlineData(4, false, true), InlineData(4, true, true), InlineData(8, false, false), InlineData(8, false, true)]
    public void Blocks_mean_scale_times_step_from_zero_plus_offset(int bits, bool zeros, bool offsets)
    {
        string source = SharedData.Require("models", "tiny-random", "llama-tied");
        using var floats = new RewrittenModel(source, SafetensorsType.F32);
        var blocks = new BlockSource(floats.Folder, bits, zeros, offsets);
        var quantized = ModelGraph.Build(HfConfig.Read(source), blocks);
        blocks.Data.Write(floats.Folder, overwrite: false);
        using var meant = new RewrittenModel(source, SafetensorsType.F32, (name, values) => name != BlockSource.Table && blocks.Meant.TryGetValue(name, out float[]? replaced) ? replaced : values);
        var expected = Untied(meant.Folder, blocks.Meant[BlockSource.Table]);
        foreach (var positions in Enum.GetValues<LogitPositions>())
        {
            using var ours = new PlanSession(quantized, new Plan { Logits = positions });
            using var same = new PlanSession(expected, new Plan { Logits = positions });
            Near.Equal(same.Run(Ids).Logits, ours.Run(Ids).Logits, Tolerance.BlockProducts, $"{bits} bits, {positions}");
        }
    }

    // The head of the quantized model is quantized, its embedding is not: as floats that takes a head of its own.
    static ModelGraph Untied(string folder, float[] head)
    {
        var weights = Golden.Open(Path.Combine(folder, "model.safetensors"));
        long[] Shape(string name) => [.. weights.Shape(name).Select(n => (long)n)];
        var tensors = weights.Names.Select(name => SafetensorsTensor.Float32(name, weights[name], Shape(name))).Append(SafetensorsTensor.Float32("lm_head.weight", head, Shape(BlockSource.Table))).ToArray();
        using (var stream = File.Create(Path.Combine(folder, "model.safetensors"))) SafetensorsWriter.Write(stream, tensors);
        string config = Path.Combine(folder, "config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace("\"tie_word_embeddings\": true", "\"tie_word_embeddings\": false"));
        return ModelGraph.FromHuggingFace(folder);
    }

    /// <summary>Rounds every product's weights; keeps what they then mean.</summary>
    sealed class BlockSource(string folder, int bits, bool zeros, bool offsets) : IWeightSource
    {
        public const string Table = "model.embed_tokens.weight";
        readonly SafetensorsWeights _plain = SafetensorsWeights.Open(folder);
        readonly Golden _values = Golden.Open(Path.Combine(folder, "model.safetensors"));

        public DataFile Data { get; } = new(DataFile.DefaultName);

        public Dictionary<string, float[]> Meant { get; } = [];

        public string Folder => folder;

        public TensorProto Take(string name, params ReadOnlySpan<long> shape) => _plain.Take(name, shape);

        public void RefuseLeftovers(string family) => _plain.RefuseLeftovers(family);

        public LinearWeight TakeLinear(string name, int outputs, int inputs)
        {
            _plain.Take(name, outputs, inputs);
            float[] w = _values[name], meant = Meant[name] = new float[w.Length];
            int blocks = inputs / Block, most = (1 << bits) - 1;
            var (packed, scales) = (new byte[w.Length * bits / 8], new float[outputs * blocks]);
            var (zero, offset) = (new byte[outputs * ((blocks * bits + 7) / 8)], new float[blocks * outputs]);
            for (int o = 0; o < outputs; o++)
                for (int b = 0; b < blocks; b++)
                {
                    var some = w.AsSpan(o * inputs + b * Block, Block);
                    int z = zeros ? 5 + (o + b) % 3 : 1 << (bits - 1);                 // another one in each block
                    float add = offsets ? 0.25f * some[0] : 0, largest = 0;
                    foreach (float x in some) largest = Math.Max(largest, Math.Abs(x - add));
                    float scale = largest / Math.Min(z, most - z);
                    scales[o * blocks + b] = scale;
                    offset[b * outputs + o] = add;
                    if (bits == 4) zero[o * ((blocks + 1) / 2) + b / 2] |= (byte)(z << (b % 2 * 4));
                    for (int i = 0; i < Block; i++)
                    {
                        int q = Math.Clamp((int)MathF.Round((some[i] - add) / scale) + z, 0, most), at = (o * blocks + b) * Block + i;
                        if (bits == 4) packed[at / 2] |= (byte)(q << (at % 2 * 4)); else packed[at] = (byte)q;
                        meant[o * inputs + b * Block + i] = (q - z) * scale + add;
                    }
                }
            return new LinearWeight.Blocks(bits, Block,
                Data.Add($"{name}.q", Tensors.UInt8, [outputs, blocks, Block * bits / 8], packed.Length, stream => stream.Write(packed)),
                Data.Add($"{name}.s", Tensors.Float, [outputs, blocks], scales.Length * 4, stream => stream.Write(MemoryMarshal.AsBytes<float>(scales))),
                zeros ? Data.Add($"{name}.z", Tensors.UInt8, [outputs, zero.Length / outputs], zero.Length, stream => stream.Write(zero)) : null,
                offsets ? Data.Add($"{name}.o", Tensors.Float, [blocks, outputs], offset.Length * 4, stream => stream.Write(MemoryMarshal.AsBytes<float>(offset))) : null);
        }
    }
}
