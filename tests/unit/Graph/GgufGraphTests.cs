using System.Text.Json;
using Roast.Formats;
using Roast.Graph;
using Roast.Graph.Export;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Graph;

public class GgufGraphTests
{
    const int Hidden = 32, Heads = 2, HeadSize = 16, Middle = 64, Vocabulary = 40;

    /// <summary>One llama block; tensors may be replaced or dropped (<c>null</c>) by name.</summary>
    static MadeGguf Made(Dictionary<string, (uint Type, long[] Shape, byte[] Bytes)?>? changes = null, string architecture = "llama", Action<MadeGguf>? keys = null)
    {
        var made = new MadeGguf().Key("general.architecture", architecture);
        foreach (var (key, value) in new[] { ("block_count", 1), ("embedding_length", Hidden), ("feed_forward_length", Middle), ("attention.head_count", Heads), ("context_length", 64), ("rope.dimension_count", HeadSize) })
            made.Key($"{architecture}.{key}", (uint)value);
        made.Key($"{architecture}.attention.layer_norm_rms_epsilon", 1e-5f).Key("tokenizer.ggml.eos_token_id", 3u).Key("tokenizer.ggml.eot_token_id", 4u);
        keys?.Invoke(made);
        var tensors = new Dictionary<string, (uint Type, long[] Shape, byte[] Bytes)?>();
        void Add(string name, params long[] shape) => tensors[name] = (0, shape, new byte[shape.Aggregate(4L, (a, b) => a * b)]);
        Add("token_embd.weight", Vocabulary, Hidden);
        Add("output_norm.weight", Hidden);
        foreach (string norm in new[] { "attn_norm", "ffn_norm" }) Add($"blk.0.{norm}.weight", Hidden);
        foreach (string square in new[] { "attn_q", "attn_k", "attn_v", "attn_output" }) Add($"blk.0.{square}.weight", Hidden, Hidden);
        foreach (string up in new[] { "ffn_gate", "ffn_up" }) Add($"blk.0.{up}.weight", Middle, Hidden);
        Add("blk.0.ffn_down.weight", Hidden, Middle);
        foreach (var (name, change) in changes ?? []) tensors[name] = change;
        foreach (var (name, tensor) in tensors)
            if (tensor is { } t) made.Tensor(name, t.Type, t.Shape, t.Bytes);
        return made;
    }

    static T With<T>(MadeGguf made, Func<string, T> use)
    {
        string folder = Directory.CreateTempSubdirectory("roast-").FullName, path = Path.Combine(folder, "made.gguf");
        try
        {
            File.WriteAllBytes(path, made.ToBytes());
            return use(path);
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    static RoastException Refused(MadeGguf made) => With(made, path => Assert.Throws<RoastException>(() => ModelGraph.FromGguf(path)));

    [Fact]
    public void The_shape_comes_from_the_metadata_and_the_head_is_tied_where_the_file_has_none()
    {
        var shape = With(Made(), path => ModelGraph.FromGguf(path).Shape);
        Assert.Equal(("llama", 1, Hidden, Middle, Heads, Heads), (shape.Family, shape.Layers, shape.HiddenSize, shape.IntermediateSize, shape.Heads, shape.KeyValueHeads));
        Assert.Equal((HeadSize, Vocabulary, 64, true), (shape.HeadSize, shape.VocabularySize, shape.MaxPositions, shape.TiedHead));
        Assert.Equal(1e-5f, shape.NormEpsilon);
        Assert.Equal([3, 4], shape.EndTokenIds);
        Assert.False(With(Made(new() { ["output.weight"] = (0, [Vocabulary, Hidden], new byte[Vocabulary * Hidden * 4]) }), path => ModelGraph.FromGguf(path).Shape.TiedHead));
    }

    [Fact]
    public void Query_rows_of_the_llama_architecture_come_back_in_hugging_faces_order()
    {
        // Each row holds its number in Hugging Face's order; the file has them as the converter writes them: 0, 8, 1, 9, ...
        float[] stored = [.. from head in Enumerable.Range(0, Heads) from i in Enumerable.Range(0, HeadSize / 2) from row in new[] { i, i + HeadSize / 2 } from _ in Enumerable.Range(0, Hidden) select (float)(head * HeadSize + row)];
        var made = Made(new() { ["blk.0.attn_q.weight"] = (0, [Hidden, Hidden], System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(stored).ToArray()) });
        float[] read = With(made, path => Floats(ModelGraph.FromGguf(path), "model.layers.0.self_attn.q_proj.weight"));
        Assert.Equal([.. from row in Enumerable.Range(0, Hidden) from _ in Enumerable.Range(0, Hidden) select (float)row], read);
    }

    static float[] Floats(ModelGraph graph, string weight) => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(Bytes(graph, weight)).ToArray();

    static byte[] Bytes(ModelGraph graph, string weight)
    {
        var stream = new MemoryStream();
        var held = graph.HeldWeights.Single(w => w.Name == weight);
        held.Write(stream);
        Assert.Equal(held.Bytes, stream.Length);
        return stream.ToArray();
    }

    [Theory]
    [InlineData(2u, 4, false)]
    [InlineData(3u, 4, true)]
    [InlineData(8u, 8, false)]
    public void Blocks_for_matmulnbits_mean_the_dequantized_weights(uint type, int bits, bool hasOffsets)
    {
        var format = (GgufType)type;
        byte[] bytes = new byte[Hidden * format.BlockBytes()];
        var random = new Random(9);
        random.NextBytes(bytes);
        for (int row = 0; row < Hidden; row++)
            for (int half = 0; half < (hasOffsets ? 2 : 1); half++) BitConverter.TryWriteBytes(bytes.AsSpan(row * format.BlockBytes() + 2 * half), (Half)(random.NextDouble() - 0.5));
        const string Name = "model.layers.0.self_attn.k_proj.weight";
        var made = Made(new() { ["blk.0.attn_k.weight"] = (type, [Hidden, Hidden], bytes) });
        var (dense, packed, scales, offsets) = With(made, path =>
        {
            using var stream = File.OpenRead(path);
            var reader = new GgufReader(stream, path);
            var graph = ModelGraph.FromGguf(reader, path, new ExportOptions { Precision = Precision.Int4, AccuracyLevel = bits == 8 ? 4 : 0 });
            var q = new MemoryStream();
            graph.HeldWeights.Single(w => w.Name == $"{Name}.q{bits}").Write(q);
            return (Floats(ModelGraph.FromGguf(path), Name), q.ToArray(), Floats(graph, Name + ".scales"), hasOffsets ? Floats(graph, Name + ".offsets") : new float[Hidden]);
        });
        Assert.Equal(Hidden * Hidden * bits / 8, packed.Length);
        for (int i = 0; i < Hidden * Hidden; i++)
        {
            int q = bits == 8 ? packed[i] - 128 : (packed[i / 2] >> (i % 2 * 4) & 15) - 8;
            Assert.Equal(dense[i], q * scales[i / 32] + offsets[i / 32], hasOffsets ? 1e-6 : 0);
        }
    }

    [Theory]
    [InlineData("output.weight", "lm_head.weight", Vocabulary, Hidden)]
    [InlineData("blk.0.attn_k.weight", "model.layers.0.self_attn.k_proj.weight", Hidden, Hidden)]         // its rows come in another order
    [InlineData("blk.0.ffn_down.weight", "model.layers.0.mlp.down_proj.weight", Hidden, Middle)]
    public void A_matrix_of_8_bits_becomes_two_addends_of_4_which_mean_the_same_weights(string stored, string name, int outputs, int inputs)
    {
        int blocks = inputs / 32, block = GgufType.Q8_0.BlockBytes();
        byte[] bytes = new byte[outputs * blocks * block];
        var random = new Random(5);
        random.NextBytes(bytes);
        for (int i = 0; i < outputs * blocks; i++) BitConverter.TryWriteBytes(bytes.AsSpan(i * block), (Half)(random.NextDouble() - 0.5));
        var made = Made(new() { [stored] = ((uint)GgufType.Q8_0, [outputs, inputs], bytes) });
        var (dense, packed, scales, zeros, held) = With(made, path =>
        {
            using var stream = File.OpenRead(path);
            var reader = new GgufReader(stream, path);
            var graph = ModelGraph.FromGguf(reader, path, new ExportOptions { Precision = Precision.Int4 });
            return (Floats(ModelGraph.FromGguf(path), name), Bytes(graph, name + ".q4"), Floats(graph, name + ".scales"), Bytes(graph, name + ".zeros"),
                graph.HeldWeights.Where(w => w.Name.StartsWith(name, StringComparison.Ordinal)).Sum(w => w.Bytes));
        });
        for (int i = 0; i < dense.Length; i++)
        {
            var (output, input) = (i / inputs, i % inputs);
            double sum = 0;                                     // float64: the addends are exact, a sum of float32 would not be
            foreach (int b in (int[])[input / 32, blocks + input / 32])
            {
                int at = (output * 2 * blocks + b) * 32 + input % 32;
                sum += ((packed[at / 2] >> (at % 2 * 4) & 15) - (zeros[output * blocks + b / 2] >> (b % 2 * 4) & 15)) * (double)scales[output * 2 * blocks + b];
            }
            Assert.Equal(dense[i], sum);
        }
        Assert.Equal(outputs * (inputs + 9 * blocks), held);    // 8 bits a weight; two scales and two zero points a block
    }

    [Theory]
    [InlineData(GgufType.F32, true)]
    [InlineData(GgufType.Q8_0, true)]
    [InlineData(GgufType.Q4_1, false)]
    public void A_run_names_the_positions_of_its_logits_unless_the_head_reshapes_its_input(GgufType head, bool names)
    {
        var made = Made(new() { ["output.weight"] = ((uint)head, [Vocabulary, Hidden], new byte[Vocabulary * Hidden / head.BlockValues() * head.BlockBytes()]) });
        var model = Roast.Graph.Protobuf.ModelProto.Parser.ParseFrom(With(made, path =>
        {
            using var stream = File.OpenRead(path);
            return ModelGraph.FromGguf(new GgufReader(stream, path), path, new ExportOptions { Precision = Precision.Int4 }).ForPlan(Plan.Empty);
        }));
        Assert.Equal(names, model.Graph.Input.Any(input => input.Name == GraphNames.LogitIndices));
        var positions = model.Graph.Output.Single(output => output.Name == GraphNames.Logits).Type.TensorType.Shape.Dim[1];
        Assert.Equal(names ? ("logit_positions", 0) : ("", 1), (positions.DimParam, positions.DimValue));
        Assert.Equal(-1, BitConverter.ToInt64(model.Graph.Initializer.Single(tensor => tensor.Name == (names ? GraphNames.LogitIndices : "/roast/last/index")).RawData.Span));
    }

    [Fact]
    public void A_graph_whose_weights_lie_in_no_file_is_not_saved() =>
        Assert.Contains("export", With(Made(), path => Assert.Throws<InvalidOperationException>(() => ModelGraph.FromGguf(path).Save(Path.Combine(Path.GetDirectoryName(path)!, "model.onnx")))).Message);

    [Theory]
    [InlineData("gemma", "'gemma'")]
    [InlineData("mamba", "llama, qwen2, qwen3")]
    public void An_architecture_that_is_not_known_is_unsupported_and_the_known_ones_are_named(string architecture, string named)
    {
        var e = Refused(Made(architecture: architecture));
        Assert.Equal(RoastError.Unsupported, e.Kind);
        Assert.Contains(named, e.Message);
    }

    public static TheoryData<string, uint, string> Variants => new()
    {
        { "llama.expert_count", 8, "experts" }, { "llama.attention.sliding_window", 4096, "window" }, { "llama.attention.value_length", 32, "values of 32" }, { "split.count", 2, "gguf-split" },
    };

    [Theory, MemberData(nameof(Variants))]
    public void A_variant_that_would_be_computed_wrongly_is_unsupported(string key, uint value, string named)
    {
        var e = Refused(Made(keys: made => made.Key(key, value)));
        Assert.Equal(RoastError.Unsupported, e.Kind);
        Assert.Contains(named, e.Message);
    }

    [Fact]
    public void Rotary_factors_that_no_llama_has_are_unsupported_and_those_of_llama_3_are_found_again()
    {
        byte[] Bytes(params float[] factors) => System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(factors).ToArray();
        var e = Refused(Made(new() { ["rope_freqs.weight"] = (0, [8], Bytes(1, 1, 5, 1, 1, 2, 3, 4)) }));
        Assert.Equal(RoastError.Unsupported, e.Kind);
        var llama3 = new Rotation { Theta = 10000, Scaling = RotationScaling.Llama3, Factor = 32, OriginalMaxPositions = 8192 };
        var plain = new Rotation { Theta = 10000 }.Frequencies(HeadSize);
        float[] factors = [.. llama3.Frequencies(HeadSize).Zip(plain, (scaled, frequency) => (float)(frequency / scaled))];
        Assert.Equal(llama3, With(Made(new() { ["rope_freqs.weight"] = (0, [8], Bytes(factors)) }), path => ModelGraph.FromGguf(path).Shape.Rotation));
    }

    public static TheoryData<string, string, RoastError, string> Tensors => new()
    {
        { "blk.0.ffn_down.weight", "missing", RoastError.BadFile, "'blk.0.ffn_down.weight' is missing" },
        { "blk.0.ffn_down.weight", "narrow", RoastError.BadFile, "F32 [32, 32]" },
        { "token_embd.weight", "missing", RoastError.BadFile, "token_embd.weight" },
        { "blk.0.ffn_up.weight", "q5", RoastError.Unsupported, "Q5_0" },
        { "blk.0.attn_norm.weight", "q8", RoastError.Unsupported, "norms and biases" },
        { "blk.0.lora.weight", "narrow", RoastError.Unsupported, "'blk.0.lora.weight' has no place" },
    };

    [Theory, MemberData(nameof(Tensors))]
    public void A_tensor_that_does_not_fit_is_refused_by_name(string name, string how, RoastError kind, string named)
    {
        (uint, long[], byte[])? change = how switch
        {
            "narrow" => (0, [Hidden, Hidden], new byte[Hidden * Hidden * 4]),
            "q5" => (6, [Middle, Hidden], new byte[Middle * 22]),
            "q8" => (8, [Hidden], new byte[34]),
            _ => null,
        };
        var e = Refused(Made(new() { [name] = change }));
        Assert.Equal(kind, e.Kind);
        Assert.Contains(named, e.Message);
    }

    [Fact]
    public void The_config_that_is_written_says_what_the_original_said()
    {
        var made = Made(keys: file => file.Key("llama.rope.freq_base", 500000f));
        using var config = JsonDocument.Parse(GgufConfig.Write(new GgufReader(new MemoryStream(made.ToBytes()), "made"), "made"));
        Assert.Equal("1E-05", config.RootElement.GetProperty("rms_norm_eps").GetRawText());
        Assert.Equal("500000", config.RootElement.GetProperty("rope_theta").GetRawText());
        Assert.Equal("LlamaForCausalLM", config.RootElement.GetProperty("architectures")[0].GetString());
    }
}
