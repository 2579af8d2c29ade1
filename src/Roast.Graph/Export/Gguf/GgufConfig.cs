using System.Text.Json;
using Roast.Formats;

namespace Roast.Graph.Export;

/// <summary>
/// The metadata of a GGUF file as a config.json, so that the families' own readers, with all their checks, read the shape, and
/// an export writes the file that other programs expect.
/// </summary>
internal static class GgufConfig
{
    static readonly Dictionary<string, string> Architectures = new() { ["llama"] = "LlamaForCausalLM", ["qwen2"] = "Qwen2ForCausalLM", ["qwen3"] = "Qwen3ForCausalLM" };

    /// <summary>config.json, UTF-8.</summary>
    /// <exception cref="RoastException">Unsupported: another architecture, or a variant that would be computed wrongly. BadFile: a key is missing or of another kind.</exception>
    public static byte[] Write(GgufReader reader, string file)
    {
        var header = reader.Header;
        string architecture = header.Metadata.Text("general.architecture") ?? throw Missing(file, "general.architecture");
        if (!Architectures.TryGetValue(architecture, out string? hfClass))
            throw Unsupported(file, $"the architecture is '{architecture}'", string.Join(", ", Architectures.Keys));
        var keys = new Keys(header.Metadata, architecture, file);
        RefuseVariants(header, keys, file);
        long hidden = keys.Integer("embedding_length"), heads = keys.Integer("attention.head_count");
        long headSize = keys.Optional("attention.key_length") ?? hidden / heads;
        if (keys.Optional("attention.value_length") is { } valueSize && valueSize != headSize)
            throw Unsupported(file, $"attention heads have keys of {headSize} values and values of {valueSize}", "equal ones");
        if (keys.Optional("rope.dimension_count") is { } rotated && rotated != headSize)
            throw Unsupported(file, $"{rotated} of a head's {headSize} values are rotated", "all of them");

        float theta = (float)(keys.Real("rope.freq_base") ?? 10000);
        var scaling = header.Tensors.TryGetValue(GgufNames.RopeFactors, out var factors) ? RopeFactors.Solve(reader, factors, theta, headSize, file) : null;

        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteStartArray("architectures");
            json.WriteStringValue(hfClass);
            json.WriteEndArray();
            json.WriteString("model_type", architecture);
            json.WriteString("hidden_act", "silu");
            json.WriteNumber("hidden_size", hidden);
            json.WriteNumber("intermediate_size", keys.Integer("feed_forward_length"));
            json.WriteNumber("num_hidden_layers", keys.Integer("block_count"));
            json.WriteNumber("num_attention_heads", heads);
            json.WriteNumber("num_key_value_heads", keys.Optional("attention.head_count_kv") ?? heads);
            json.WriteNumber("head_dim", headSize);
            json.WriteNumber("max_position_embeddings", keys.Integer("context_length"));
            json.WriteNumber("vocab_size", Embedding(header, file).Shape[0]);
            // Stored as float32: the shortest text of that float is what the original config.json said.
            json.WriteNumber("rms_norm_eps", (float)(keys.Real("attention.layer_norm_rms_epsilon") ?? throw Missing(file, $"{architecture}.attention.layer_norm_rms_epsilon")));
            json.WriteNumber("rope_theta", theta);
            if (scaling is not null) WriteScaling(json, scaling);
            json.WriteBoolean("attention_bias", header.Tensors.ContainsKey("blk.0.attn_q.bias"));
            json.WriteBoolean("mlp_bias", header.Tensors.ContainsKey("blk.0.ffn_gate.bias"));
            json.WriteBoolean("tie_word_embeddings", !header.Tensors.ContainsKey(GgufNames.Head));
            WriteTokens(json, header.Metadata);
            json.WriteString("torch_dtype", "float32");
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    static void WriteScaling(Utf8JsonWriter json, Rotation rotation)
    {
        json.WriteStartObject("rope_scaling");
        json.WriteString("rope_type", "llama3");
        json.WriteNumber("factor", rotation.Factor);
        json.WriteNumber("low_freq_factor", rotation.LowFrequencyFactor);
        json.WriteNumber("high_freq_factor", rotation.HighFrequencyFactor);
        json.WriteNumber("original_max_position_embeddings", rotation.OriginalMaxPositions);
        json.WriteEndObject();
    }

    static void WriteTokens(Utf8JsonWriter json, GgufMetadata metadata)
    {
        if (Token("bos") is { } begin) json.WriteNumber("bos_token_id", begin);
        json.WriteStartArray("eos_token_id");
        foreach (long end in new[] { Token("eos"), Token("eot"), Token("eom") }.OfType<long>().Distinct()) json.WriteNumberValue(end);
        json.WriteEndArray();

        long? Token(string name) => metadata.Integer($"tokenizer.ggml.{name}_token_id", 0, DecoderConfig.MaxVocabulary);
    }

    static void RefuseVariants(GgufHeader header, Keys keys, string file)
    {
        if (header.Metadata.Integer("split.count", 0, long.MaxValue) is > 1 and var parts) throw Unsupported(file, $"the model is split into {parts} files", "single files; join them with gguf-split --merge");
        if (keys.Text("rope.scaling.type") is { } scaling && scaling != "none") throw Unsupported(file, $"rotary scaling is '{scaling}'", "'none'");
        if (keys.Optional("expert_count") is > 0 and var experts) throw Unsupported(file, $"the model mixes {experts} experts", "dense models");
        if (keys.Optional("attention.sliding_window") is > 0 and var window) throw Unsupported(file, $"attention sees a window of {window} tokens", "full attention");
    }

    static GgufTensor Embedding(GgufHeader header, string file) => header.Tensors.TryGetValue(GgufNames.Embedding, out var tensor) && tensor.Shape.Length == 2 ? tensor
        : throw new RoastException(RoastError.BadFile, $"{file}: has no tensor '{GgufNames.Embedding}' of two dimensions, the embedding that its vocabulary is counted by. It is not the file of a language model: name a model's GGUF file.");

    static RoastException Missing(string file, string key) =>
        new(RoastError.BadFile, $"{file}: its metadata lacks '{key}'. Expected the GGUF file of a language model: fetch it again, or convert the model again.");

    internal static RoastException Unsupported(string file, string found, string known) =>
        new(RoastError.Unsupported, $"{file}: {found}; this version knows {known}. Use a model of a known kind.");

    /// <summary>The keys that begin with the architecture's name.</summary>
    sealed class Keys(GgufMetadata metadata, string architecture, string file)
    {
        public long Integer(string key) => Optional(key) ?? throw Missing(file, $"{architecture}.{key}");

        // The upper bounds are the families' own: they see the number in config.json. Zero would only divide by zero here.
        public long? Optional(string key) => metadata.Integer($"{architecture}.{key}", key is "expert_count" or "attention.sliding_window" ? 0 : 1, int.MaxValue);

        public double? Real(string key) => metadata.Real($"{architecture}.{key}");

        public string? Text(string key) => metadata.Text($"{architecture}.{key}");
    }
}
