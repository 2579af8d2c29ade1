using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Roast.Graph.Export;
using Xunit;

namespace Roast.Tests.Integration.Graph;

/// <summary>
/// What an export of a 135M model costs (the shape of SmolLM2-135M, weights all zero in a sparse file). Times and memory are
/// written to the test's output and bound nothing: the machine is not ours alone.
/// </summary>
public class ExportCostTests
{
    const int Layers = 30, Hidden = 576, Intermediate = 1536, Heads = 9, KeyValueHeads = 3, HeadSize = 64, Vocabulary = 49152;

    [Theory, InlineData(Precision.Float32), InlineData(Precision.Int4)]
    public void An_export_of_135_million_weights_says_what_it_took(Precision precision)
    {
        string parent = Directory.CreateTempSubdirectory("roast-cost-").FullName, source = Path.Combine(parent, "source");
        try
        {
            long bytes = WriteModel(source);
            ModelExporter.Export(source, Path.Combine(parent, "warm"), new ExportOptions { Precision = precision });
            GC.Collect();
            (long before, var clock) = (Environment.WorkingSet, Stopwatch.StartNew());
            var result = ModelExporter.Export(source, Path.Combine(parent, "out"), new ExportOptions { Precision = precision });
            double seconds = clock.Elapsed.TotalSeconds;
            long written = result.Files.Where(file => file.Origin == FileOrigin.Written).Sum(file => file.Bytes);
            using var process = Process.GetCurrentProcess();
            TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(
                $"{precision.Name()}: {bytes:N0} bytes of weights in {seconds:F2} s, {written:N0} bytes written, working set {before >> 20} -> {Environment.WorkingSet >> 20} MiB, peak of the whole process {process.PeakWorkingSet64 >> 20} MiB"));
            Assert.True(precision == Precision.Float32 ? written < 5_000_000 : written is > 100_000_000 and < 160_000_000, $"{written} bytes written");
        }
        finally { Directory.Delete(parent, recursive: true); }
    }

    static long WriteModel(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "config.json"), new JsonObject
        {
            ["model_type"] = "llama", ["hidden_act"] = "silu", ["num_hidden_layers"] = Layers, ["hidden_size"] = Hidden, ["intermediate_size"] = Intermediate,
            ["num_attention_heads"] = Heads, ["num_key_value_heads"] = KeyValueHeads, ["vocab_size"] = Vocabulary, ["max_position_embeddings"] = 8192,
            ["rms_norm_eps"] = 1e-5, ["rope_theta"] = 100000, ["tie_word_embeddings"] = true, ["eos_token_id"] = 2,
        }.ToJsonString());
        var header = new JsonObject();
        long at = 0;
        void Add(string name, params long[] shape)
        {
            long end = at + shape.Aggregate(4L, (a, b) => a * b);
            header[name] = new JsonObject { ["dtype"] = "F32", ["shape"] = new JsonArray([.. shape.Select(n => JsonValue.Create(n))]), ["data_offsets"] = new JsonArray(at, end) };
            at = end;
        }
        Add("model.embed_tokens.weight", Vocabulary, Hidden);
        for (int layer = 0; layer < Layers; layer++)
        {
            string block = $"model.layers.{layer}.";
            foreach (string norm in new[] { "input_layernorm", "post_attention_layernorm" }) Add($"{block}{norm}.weight", Hidden);
            foreach (string which in new[] { "q", "o" }) Add($"{block}self_attn.{which}_proj.weight", Hidden, Hidden);
            foreach (string which in new[] { "k", "v" }) Add($"{block}self_attn.{which}_proj.weight", KeyValueHeads * HeadSize, Hidden);
            foreach (string which in new[] { "gate", "up" }) Add($"{block}mlp.{which}_proj.weight", Intermediate, Hidden);
            Add($"{block}mlp.down_proj.weight", Hidden, Intermediate);
        }
        Add("model.norm.weight", Hidden);
        byte[] json = Encoding.UTF8.GetBytes(header.ToJsonString()), length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        using var stream = File.Create(Path.Combine(folder, "model.safetensors"));
        stream.Write(length);
        stream.Write(json);
        stream.SetLength(stream.Position + at);                              // a hole: zeros that take no space
        return at;
    }
}
