using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Roast.Tests.Unit.Graph;

/// <summary>A Qwen3 folder of one's own: two layers, hidden 32, config and weights changeable before they are written. Deleted with the test.</summary>
sealed class TinyFolder : IDisposable
{
    public const int Layers = 2, Hidden = 32, Intermediate = 48, Heads = 4, KeyValueHeads = 2, HeadSize = 16, Vocabulary = 40;

    public string Path { get; } = Directory.CreateTempSubdirectory("roast-").FullName;

    public JsonObject Config { get; } = new()
    {
        ["model_type"] = "qwen3", ["hidden_act"] = "silu", ["attention_bias"] = false, ["use_sliding_window"] = false, ["sliding_window"] = null,
        ["num_hidden_layers"] = Layers, ["hidden_size"] = Hidden, ["intermediate_size"] = Intermediate, ["num_attention_heads"] = Heads,
        ["num_key_value_heads"] = KeyValueHeads, ["head_dim"] = HeadSize, ["vocab_size"] = Vocabulary, ["max_position_embeddings"] = 64,
        ["rms_norm_eps"] = 1e-6, ["rope_parameters"] = new JsonObject { ["rope_theta"] = 10000.0, ["rope_type"] = "default" }, ["tie_word_embeddings"] = true,
        ["eos_token_id"] = 3,
    };

    /// <summary>Name -> (type, shape); the values are never read.</summary>
    public SortedDictionary<string, (string Type, long[] Shape)> Tensors { get; } = new(StringComparer.Ordinal);

    public TinyFolder()
    {
        Add("model.embed_tokens.weight", Vocabulary, Hidden);
        Add("model.norm.weight", Hidden);
        for (int layer = 0; layer < Layers; layer++)
        {
            string block = $"model.layers.{layer}.";
            foreach (string norm in new[] { "input_layernorm", "post_attention_layernorm" }) Add($"{block}{norm}.weight", Hidden);
            foreach (string norm in new[] { "q_norm", "k_norm" }) Add($"{block}self_attn.{norm}.weight", HeadSize);
            Add($"{block}self_attn.q_proj.weight", Heads * HeadSize, Hidden);
            foreach (string projection in new[] { "k_proj", "v_proj" }) Add($"{block}self_attn.{projection}.weight", KeyValueHeads * HeadSize, Hidden);
            Add($"{block}self_attn.o_proj.weight", Hidden, Heads * HeadSize);
            foreach (string projection in new[] { "gate_proj", "up_proj" }) Add($"{block}mlp.{projection}.weight", Intermediate, Hidden);
            Add($"{block}mlp.down_proj.weight", Hidden, Intermediate);
        }
    }

    public void Add(string name, params long[] shape) => Tensors[name] = ("F32", shape);

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes config.json and model.safetensors as they now stand.</summary>
    public TinyFolder Write()
    {
        System.IO.File.WriteAllText(File("config.json"), Config.ToJsonString());
        WriteTensors("model.safetensors", Tensors);
        return this;
    }

    /// <summary>Writes config.json and shards with their index; <paramref name="shardOf"/> names a tensor's file.</summary>
    public TinyFolder WriteSharded(Func<string, string> shardOf)
    {
        System.IO.File.WriteAllText(File("config.json"), Config.ToJsonString());
        foreach (var shard in Tensors.GroupBy(tensor => shardOf(tensor.Key))) WriteTensors(shard.Key, shard);
        WriteIndex(Tensors.Keys.ToDictionary(name => name, shardOf));
        return this;
    }

    public void WriteIndex(Dictionary<string, string> map) =>
        System.IO.File.WriteAllText(File("model.safetensors.index.json"), new JsonObject { ["metadata"] = new JsonObject(), ["weight_map"] = JsonSerializer.SerializeToNode(map) }.ToJsonString());

    void WriteTensors(string file, IEnumerable<KeyValuePair<string, (string Type, long[] Shape)>> tensors)
    {
        var header = new JsonObject();
        long at = 0;
        foreach (var (name, (type, shape)) in tensors)
        {
            long end = at + shape.Aggregate(1L, (a, b) => a * b) * type switch { "F64" => 8, "F32" or "I32" => 4, "F8_E4M3" => 1, _ => 2 };
            header[name] = new JsonObject { ["dtype"] = type, ["shape"] = JsonSerializer.SerializeToNode(shape), ["data_offsets"] = JsonSerializer.SerializeToNode(new[] { at, end }) };
            at = end;
        }
        byte[] json = Encoding.UTF8.GetBytes(header.ToJsonString());
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        System.IO.File.WriteAllBytes(File(file), [.. length, .. json, .. new byte[at]]);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
