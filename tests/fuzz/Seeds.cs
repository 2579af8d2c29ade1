using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Roast.Formats;
using Roast.Graph;
using Parquet;
using Roast.Graph.Protobuf;
using Roast.TestSupport;
using Roast.Tests.Cli.Reports;

namespace Roast.Tests.Fuzz;

/// <summary>Whole inputs of every format: small ones made here, and those of the default model that are small enough.</summary>
static class Seeds
{
    static byte[] Model(string name) => File.ReadAllBytes(Path.Combine(Repository.DefaultModel, name));

    static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    static byte[] Write(Action<Stream> write)
    {
        var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }

    static SteeringVector Vector(params string[] points) => new(points.Select(point => KeyValuePair.Create(Point.Parse(point), new float[] { 0.6f, -0.8f, 0 })), new VectorProvenance
    {
        Method = "roast",
        Model = new ModelIdentity("qwen3", 8, 3, 3, "sha256:ab", "cd"),
        QuestionHashes = ["00ff", "11ee"],
        Rollouts = new RolloutSettings(8, 0.8f, 0.9f, 512, 42),
        Counts = new ContrastCounts(10, 5, 2, 1, 2, 0),
        MeanNorms = new Dictionary<Point, float> { [new(Site.ResidPost, 1)] = 0.5f },
        RecommendedStrength = Strength.Relative(0.3f),
        RecommendedScope = Scope.All,
        RecommendedPoints = [Point.Parse(points[^1])],
        Results = new Dictionary<string, MeasuredAccuracy> { ["dev.steered"] = new(7, 10) },
    });

    static byte[] As(string format, params string[] points) => Write(stream => VectorFormats.Named(format).Write(stream, Vector(points), new()));

    internal static IReadOnlyList<byte[]> Reports() => [MadeResults.Bytes(MadeResults.Eval()), MadeResults.Bytes(MadeResults.Fit())];

    internal static IReadOnlyList<byte[]> Safetensors() =>
    [
        As("roast", "resid_post.1"), Write(stream => SafetensorsWriter.Write(stream, [SafetensorsTensor.Float32("a", [1, 2])], new Dictionary<string, string> { ["format"] = "pt" })),
        .. Directory.EnumerateFiles(Repository.Path("tests", "data", "safetensors"), "*.safetensors").Order(StringComparer.Ordinal).Select(File.ReadAllBytes),
    ];

    internal static IReadOnlyList<byte[]> SteeringVectors() => [As("roast", "resid_post.1", "mlp_act.7"), As("roast", "attn_out.0")];

    internal static IReadOnlyList<byte[]> Gguf() =>
    [
        new MadeGguf().Key("general.architecture", "llama").Key("general.alignment", 32u).Key("eps", 1e-5f).Key("texts", ["one", "two"]).Key("numbers", [1, 2, 3]).Key("flag", false)
            .Key("nested", 9, [.. MadeGguf.Array(9, 1), .. MadeGguf.Array(4, 1), 1, 0, 0, 0]).Tensor("t", [4, 8], new float[32]).Tensor("q", 2, [2, 32], new byte[36]).Tensor("k", 14, [1, 256], new byte[210]).ToBytes(),
    ];

    internal static IReadOnlyList<byte[]> GgufModels() =>
    [
        GgufModel(gguf => gguf.Key("tokenizer.ggml.model", "gpt2").Key("tokenizer.ggml.pre", "qwen2").Key("tokenizer.ggml.tokens", ["a", "b", "ab", "<|im_end|>"]).Key("tokenizer.ggml.token_type", [1, 1, 1, 3])
            .Key("tokenizer.ggml.merges", ["a b"])),
        GgufModel(gguf => gguf.Key("tokenizer.ggml.model", "llama").Key("tokenizer.ggml.tokens", ["\u2581", "a", "\u2581a", "<s>"]).Key("tokenizer.ggml.token_type", [1, 1, 1, 3]).Key("tokenizer.ggml.scores", [-1f, -2f, -3f, 0f])
            .Key("tokenizer.ggml.bos_token_id", 3u).Key("tokenizer.ggml.add_space_prefix", true)),
    ];

    static byte[] GgufModel(Func<MadeGguf, MadeGguf> tokenizer)
    {
        const int Width = 16, Inner = 8;
        var gguf = tokenizer(new MadeGguf()).Key("general.architecture", "llama").Key("llama.block_count", 1u).Key("llama.embedding_length", Width).Key("llama.feed_forward_length", Inner)
            .Key("llama.attention.head_count", 1u).Key("llama.attention.head_count_kv", 1u).Key("llama.context_length", 32u).Key("llama.rope.freq_base", 10000f).Key("llama.attention.layer_norm_rms_epsilon", 1e-5f)
            .Key("tokenizer.ggml.eos_token_id", 3u).Key("tokenizer.chat_template", "{% for m in messages %}{{ m.content }}{% endfor %}")
            .Tensor("token_embd.weight", [4, Width], new float[4 * Width]).Tensor("output_norm.weight", [Width], new float[Width]).Tensor("blk.0.attn_norm.weight", [Width], new float[Width]).Tensor("blk.0.ffn_norm.weight", [Width], new float[Width]);
        foreach (string name in (string[])["attn_q", "attn_k", "attn_v", "attn_output"]) gguf.Tensor($"blk.0.{name}.weight", [Width, Width], new float[Width * Width]);
        foreach (string name in (string[])["ffn_gate", "ffn_up"]) gguf.Tensor($"blk.0.{name}.weight", [Inner, Width], new float[Inner * Width]);
        return gguf.Tensor("blk.0.ffn_down.weight", [Width, Inner], new float[Inner * Width]).ToBytes();
    }

    internal static IReadOnlyList<byte[]> ControlVectors() =>
    [
        As("llama.cpp", "resid_post.1", "resid_post.3"), As("easysteer", "resid_post.0"),
        new MadeGguf().Key("general.architecture", "controlvector").Key("controlvector.model_hint", "m").Key("controlvector.layer_count", 3u).Key("controlvector.method", "pca").Key("controlvector.token_pos", -1f).Tensor("direction.2", [2], [3, 4]).ToBytes(),
        new MadeGguf().Key("general.architecture", "controlvector").Key("controlvector.model_hint", "m").Key("controlvector.layer_count", 3u).Tensor("direction.2", [2], [3, 4]).ToBytes(),
    ];

    internal static IReadOnlyList<byte[]> Orbit() =>
    [
        As("orbit", "mlp_act.0", "attn_out.1"),
        Text("""{"steering_vectors": {"stats": {}, "diff_vectors": {"model.layers.0": [9]}, "scaling_weights": {"model.layers.0": [0.5, -1.0]}, "tensor_shapes": {"model.layers.0": [2]}, "aggregation_stats": {"pair_count": 3}}}"""),
    ];

    internal static IReadOnlyList<byte[]> Ds4() => [Text("""{"format": "ds4-directional-steering-v1", "shape": [2, 3], "component": "ffn_out", "good_file": "a"}"""), Text("""{"shape": [3, 2], "component": "attn_out", "format": "ds4-directional-steering-v1" }""")];

    internal static IReadOnlyList<byte[]> Npz() => [Zip("resid_post.1.npy", CompressionLevel.NoCompression), Zip("layer_3.npy", CompressionLevel.Optimal), Zip("resid_post.1.npy", CompressionLevel.Optimal, "mlp_act.2.npy")];

    internal static IReadOnlyList<byte[]> Npy() => [[0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Text("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }".PadRight(117) + "\n"), .. MemoryMarshal.AsBytes<float>([1f, 2f, 3f])]];

    static byte[] Zip(string name, CompressionLevel level, string? second = null) => Write(stream =>
    {
        byte[] npy = Npy()[0];
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (string? file in (string?[])[name, second])
        {
            if (file is null) continue;
            var entry = zip.CreateEntry(file, level);
            entry.LastWriteTime = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);         // the same bytes in every run
            using var data = entry.Open();
            data.Write(npy);
        }
    });

    internal static IReadOnlyList<byte[]> Adapters() =>
    [
        Write(stream => OnnxAdapterWriter.Write(stream, new OnnxAdapter([OnnxAdapterParameter.Float32("roast.port.attn_out.3", [1, 2, 3], 1, 1, 3), OnnxAdapterParameter.Float32("roast.port.resid_post.0", [4, 5, 6], 3)]))),
        Write(stream => OnnxAdapterWriter.Write(stream, new OnnxAdapter([OnnxAdapterParameter.Float32("v", [1, 2], 2)]))),
    ];

    internal static IReadOnlyList<byte[]> Onnx()
    {
        byte[] bytes = Write(stream => ModelGraph.FromHuggingFace(Repository.DefaultModel, new Graph.Export.ExportOptions { MaxPositions = 4 }).WriteTo(stream));
        var bare = ModelProto.Parser.ParseFrom(bytes);               // as another tool writes it: points are found by structure
        bare.MetadataProps.Clear();
        return bytes.Length <= Mutator.MaxBytes ? [bytes, Google.Protobuf.MessageExtensions.ToByteArray(bare)] : throw new InvalidOperationException($"The graph has {bytes.Length} bytes: too long to be mutated.");
    }

    internal static IReadOnlyList<byte[]> SmallOnnx()
    {
        var model = new ModelProto { IrVersion = 10, ProducerName = "seed", Graph = new GraphProto() };
        model.Graph.Input.Add(new ValueInfoProto { Name = "roast.port.resid_post.1", Type = new TypeProto { TensorType = new() { ElemType = 1, Shape = new() } } });
        model.Graph.Node.Add(new NodeProto { OpType = "Add", Input = { "a", "b" }, Output = { "roast.tap.resid_post.1" } });
        model.Graph.Initializer.Add(new TensorProto { Name = "w", DataType = 1, Dims = { 2, 3 }, DataLocation = TensorProto.Types.DataLocation.External, ExternalData = { new StringStringEntryProto { Key = "location", Value = "w.bin" }, new StringStringEntryProto { Key = "length", Value = "24" } } });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 21 });
        return [Google.Protobuf.MessageExtensions.ToByteArray(model)];
    }

    internal static IReadOnlyList<byte[]> Tokenizers() => [Model("tokenizer.json")];

    internal static IReadOnlyList<byte[]> Templates() =>
    [
        Text("{%- for message in messages %}{{- '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}{%- endfor %}{%- if add_generation_prompt %}{{- 'x' }}{%- endif %}"),
        Text("{% set ns = namespace(n=0) %}{% for m in messages[1:] %}{% set ns.n = ns.n + 1 %}{% if m.role == 'user' and not loop.last %}{{ m.content | trim | upper }}{% elif loop.index % 2 == 0 %}{{ m.content[::-1] }}{% else %}{{ raise_exception('no') }}{% endif %}{% endfor %}{{ ns.n ~ ' ' ~ (messages | length) }}"),
        Text("{% macro f(a, b=1) %}{{ a }}{{ b }}{% endmacro %}{{ f(1) }}{{ bos_token if messages is defined else {'a': [1, 2]}['a'][0] | tojson }}"),
    ];

    internal static IReadOnlyList<byte[]> Configs() =>
    [
        Model("config.json"),
        Text("""{"model_type": "llama", "num_hidden_layers": 2, "hidden_size": 64, "intermediate_size": 128, "num_attention_heads": 4, "num_key_value_heads": 2, "vocab_size": 100, "max_position_embeddings": 512, "rms_norm_eps": 1e-5, "hidden_act": "silu", "rope_theta": 10000.0, "tie_word_embeddings": true, "rope_scaling": {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 128}, "eos_token_id": [1, 2]}"""),
    ];

    // A reader picks the task by the input's length: every sample with blanks behind it, so that each task meets its own.
    internal static IReadOnlyList<byte[]> Tasks() => [.. Roast.Tasks.TaskFormats.All.SelectMany((format, number) => format.Sample.Length == 0 ? [] : new[] { Padded(Text(format.Sample.ReplaceLineEndings(" ")), number, Roast.Tasks.TaskFormats.All.Count) }),
        Padded(Text("{\"prompt\": \"1+1=\", \"answer\": \"2\", \"id\": \"q\", \"wrong\": \"3\"}\n\n{\"prompt\": \"é\", \"answer\": \"x\"}\n"), 0, Roast.Tasks.TaskFormats.All.Count)];

    // Where the footer of the files below begins: version 1, then the schema. Thrift's compact form.
    internal static ReadOnlySpan<byte> ParquetFooterBegin => [0x15, 0x02, 0x19];

    internal static IReadOnlyList<byte[]> TaskParquet() =>
    [
        .. Roast.Tasks.TaskFormats.All.SelectMany((format, number) => format.Name is "truthfulqa" or "ifeval" or "ifeval_loose" || format.Sample.Length == 0 ? [] : new[] { (Row: format.Sample, Number: number, Codec: number % 2 == 0 ? CompressionMethod.None : CompressionMethod.Snappy) })
            .Select(seed => Shifted(MadeParquet.Of([Compact(seed.Row)], seed.Codec), seed.Number)),
        .. new[] { CompressionMethod.None, CompressionMethod.Gzip, CompressionMethod.Zstd, CompressionMethod.Brotli, CompressionMethod.Snappy }.Select(codec => MadeParquet.Of(
        [
            """{"a": "x", "b": 1, "c": true, "d": 0.5, "e": ["p", "q"], "f": {"g": [1, 2], "h": "y"}, "i": [{"j": 3, "k": ["z"]}]}""",
            """{"a": "x", "b": null, "c": null, "d": 0.25, "e": [], "f": null, "i": [{"j": 4, "k": []}, {"j": null, "k": ["v", "w"]}]}""",
        ], codec)),
        MadeParquet.Of([.. Enumerable.Range(0, 100).Select(i => $$"""{"a": "w{{i % 3}}", "b": "v"}""")], CompressionMethod.None, 60, EncodingHint.Dictionary),
        MadeParquet.Of([.. Enumerable.Range(0, 50).Select(i => $$"""{"a": {{i}}.5}""")], CompressionMethod.None, 300, EncodingHint.ByteSplitStream),
        MadeParquet.Of([.. Enumerable.Range(0, 200).Select(i => $$"""{"a": {{i * i}}}""")], CompressionMethod.None, 300, EncodingHint.DeltaBinaryPacked),
    ];

    static string Compact(string json)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json);
        return System.Text.Json.JsonSerializer.Serialize(document.RootElement);
    }

    // Bytes between pages and footer, which nobody reads, until the length picks the task.
    static byte[] Shifted(byte[] file, int number)
    {
        int count = Roast.Tasks.TaskFormats.All.Count, end = file.Length - 8 - System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(file.Length - 8));
        return [.. file[..end], .. new byte[(number - file.Length % count + count) % count], .. file[end..]];
    }

    internal static IReadOnlyList<byte[]> TaskDefinitions() =>
    [
        Text("""{"name": "capitals", "fields": {"text": "country", "answer": "capital"}, "prompt": "What is the capital of {text} ({continent})?", "verifier": {"name": "normalized", "may_contain": true}, "sample": {"country": "Kenya", "continent": "Africa", "capital": "Nairobi"}}"""),
        Text("""{"name": "c", "summary": "s", "source": "t", "prompt": "{text} {{x}} {choices} {letters}", "verifier": "choice", "sample": {"prompt": "p", "choices": ["a", "b"], "answer": "B", "id": 1}}"""),
        Text("""{"name": "l", "verifier": {"name": "label", "labels": ["yes", ["no", "nope"]]}, "sample": {"prompt": "p", "answer": "yes", "wrong": "no", "reference": "yes"}}"""),
        Text("""{"name": "n", "verifier": "number", "sample": {"prompt": "p", "answer": 3}}"""),
    ];

    internal static IReadOnlyList<byte[]> Sql() =>
    [
        Text("SELECT T1.name, count(*) FROM author AS T1 JOIN book AS T2 ON T1.author_id = T2.author_id WHERE T2.title LIKE 'a%' AND T1.author_id > 20 GROUP BY T1.author_id HAVING count(*) > 1 ORDER BY count(*) DESC LIMIT 3"),
        Text("SELECT DISTINCT title FROM book WHERE author_id IN (SELECT author_id FROM author WHERE name = \"x\" OR NOT name BETWEEN 1 AND 2) UNION SELECT max(book_id) - min(book_id) FROM book EXCEPT SELECT 1"),
        Text("Here:\n```sql\nWITH t AS (SELECT 1) SELECT avg(a.b), sum(DISTINCT c) FROM (SELECT * FROM t) a, d ORDER BY 1 ASC, 2 DESC;\n```\nDone."),
    ];

    internal static IReadOnlyList<byte[]> SqlTables() => [Text("""[{"db_id": "d", "table_names_original": ["a", "B"], "column_names_original": [[-1, "*"], [0, "x"], [1, "Y"], [1, "x"]], "foreign_keys": [[3, 1]]}]""")];

    internal static IReadOnlyList<byte[]> Answers() => [Text("The answer is 42."), Text("So x = \\boxed{\\frac{1}{2}}."), Text("(B) because ...\n#### 1,234.5"), Text("SELECT a FROM t WHERE b = 'c'")];

    internal static IReadOnlyList<byte[]> TaskTables() =>
        [Padded(Text("[{\"prompt\": \"1+1=\", \"answer\": \"2\"}]"), 0, 3), Padded(Text("prompt,answer\n\"a, \"\"b\"\"\",2\n"), 1, 3), Padded(Text("prompt\tanswer\na\t2\n"), 2, 3)];

    // Line ends, which every one of these formats ignores at its end.
    static byte[] Padded(byte[] bytes, int remainder, int modulus) => [.. bytes, .. Enumerable.Repeat((byte)'\n', (remainder - bytes.Length % modulus + modulus) % modulus)];

    internal static IReadOnlyList<byte[]> Rollouts() => [Text("{\"id\": \"q1\", \"sample\": 0, \"prompt_ids\": [5, 6], \"ids\": [7], \"text\": \"842\", \"correct\": true}\n{\"id\": \"q1\", \"sample\": 1, \"prompt_ids\": [5, 6], \"ids\": [8, 9], \"text\": \"\", \"correct\": false}\n")];
}
