using System.Text.Json;
using Roast.Formats;
using Roast.TestSupport;

namespace Roast.Tests.Integration.Gguf;

/// <summary>
/// A random-weight model of the shared data as a GGUF file in float32 or Q8_0, converted here the way llama.cpp's converter does it: other
/// names, query and key rows of the llama architecture reordered, rotary factors as a tensor. In a folder of its own, deleted with it.
/// </summary>
internal sealed class TinyGguf : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("roast-").FullName;

    public TinyGguf(string name, string? leaveOut = null, bool to8Bits = false, bool isPath = false)
    {
        string source = isPath ? name : SharedData.Require("models", "tiny-random", name);
        using var config = JsonDocument.Parse(File.ReadAllText(System.IO.Path.Combine(source, "config.json")));
        var weights = Golden.Open(System.IO.Path.Combine(source, "model.safetensors"));
        var root = config.RootElement;
        string architecture = root.GetProperty("model_type").GetString()!;
        int Number(string key) => root.GetProperty(key).GetInt32();
        int headSize = root.TryGetProperty("head_dim", out var head) ? head.GetInt32() : Number("hidden_size") / Number("num_attention_heads");
        var rope = root.GetProperty("rope_parameters");
        double theta = rope.GetProperty("rope_theta").GetDouble();
        var made = new MadeGguf().Key("general.architecture", architecture)
            .Key($"{architecture}.block_count", (uint)Number("num_hidden_layers")).Key($"{architecture}.embedding_length", (uint)Number("hidden_size"))
            .Key($"{architecture}.feed_forward_length", (uint)Number("intermediate_size")).Key($"{architecture}.attention.head_count", (uint)Number("num_attention_heads"))
            .Key($"{architecture}.attention.head_count_kv", (uint)Number("num_key_value_heads")).Key($"{architecture}.attention.key_length", (uint)headSize)
            .Key($"{architecture}.context_length", (uint)Number("max_position_embeddings")).Key($"{architecture}.rope.freq_base", (float)theta)
            .Key($"{architecture}.attention.layer_norm_rms_epsilon", root.GetProperty("rms_norm_eps").GetSingle());
        if (rope.GetProperty("rope_type").GetString() == "llama3") made.Tensor("rope_freqs.weight", [headSize / 2], Factors(rope, theta, headSize));
        foreach (string tensor in weights.Names)
        {
            if (tensor == leaveOut || (tensor == "lm_head.weight" && root.GetProperty("tie_word_embeddings").GetBoolean())) continue;
            bool rotated = architecture == "llama" && (tensor.Contains("q_proj", StringComparison.Ordinal) || tensor.Contains("k_proj", StringComparison.Ordinal));
            long[] shape = [.. weights.Shape(tensor).Select(dimension => (long)dimension)];
            float[] values = rotated ? Interleaved(weights[tensor], (int)shape[0], headSize) : weights[tensor];
            if (to8Bits && shape.Length == 2 && shape[1] % 32 == 0) made.Tensor(NameOf(tensor), (uint)GgufType.Q8_0, shape, In8Bits(values));
            else made.Tensor(NameOf(tensor), shape, values);
        }
        File.WriteAllBytes(Path, made.ToBytes());
    }

    public string Path => System.IO.Path.Combine(_folder, "tiny.gguf");

    static string NameOf(string tensor) => tensor.Replace("model.layers.", "blk.", StringComparison.Ordinal)
        .Replace("input_layernorm", "attn_norm", StringComparison.Ordinal).Replace("post_attention_layernorm", "ffn_norm", StringComparison.Ordinal)
        .Replace("self_attn.q_norm", "attn_q_norm", StringComparison.Ordinal).Replace("self_attn.k_norm", "attn_k_norm", StringComparison.Ordinal)
        .Replace("self_attn.q_proj", "attn_q", StringComparison.Ordinal).Replace("self_attn.k_proj", "attn_k", StringComparison.Ordinal)
        .Replace("self_attn.v_proj", "attn_v", StringComparison.Ordinal).Replace("self_attn.o_proj", "attn_output", StringComparison.Ordinal)
        .Replace("mlp.gate_proj", "ffn_gate", StringComparison.Ordinal).Replace("mlp.up_proj", "ffn_up", StringComparison.Ordinal)
        .Replace("mlp.down_proj", "ffn_down", StringComparison.Ordinal).Replace("model.embed_tokens", "token_embd", StringComparison.Ordinal)
        .Replace("model.norm", "output_norm", StringComparison.Ordinal).Replace("lm_head", "output", StringComparison.Ordinal);

    // Blocks of 32: a float16 scale, then the values in its steps, as llama.cpp rounds them.
    static byte[] In8Bits(float[] values)
    {
        var bytes = new List<byte>(values.Length * 34 / 32);
        foreach (float[] block in values.Chunk(32))
        {
            Half scale = (Half)(block.Max(MathF.Abs) / 127);
            bytes.AddRange(BitConverter.GetBytes(scale));
            bytes.AddRange(block.Select(x => (byte)(sbyte)Math.Clamp(MathF.Round(x / (float)scale), -127, 127)));
        }
        return [.. bytes];
    }

    // A head's rows 0..half-1 and half..end, one of each in turn.
    static float[] Interleaved(float[] values, int rows, int headSize)
    {
        int inner = values.Length / rows, half = headSize / 2;
        var result = new List<float>(values.Length);
        for (int head = 0; head < rows / headSize; head++)
            for (int i = 0; i < half; i++)
                foreach (int row in new[] { head * headSize + i, head * headSize + half + i })
                    result.AddRange(values.AsSpan(row * inner, inner));
        return [.. result];
    }

    // As transformers defines llama3: by wavelength.
    static float[] Factors(JsonElement rope, double theta, int headSize)
    {
        (double factor, double low, double high, double context) = (rope.GetProperty("factor").GetDouble(), rope.GetProperty("low_freq_factor").GetDouble(),
            rope.GetProperty("high_freq_factor").GetDouble(), rope.GetProperty("original_max_position_embeddings").GetDouble());
        return [.. Enumerable.Range(0, headSize / 2).Select(i =>
        {
            double wavelength = 2 * Math.PI * Math.Pow(theta, 2.0 * i / headSize);
            if (wavelength < context / high) return 1f;
            if (wavelength > context / low) return (float)factor;
            double smooth = (context / wavelength - low) / (high - low);
            return (float)(1 / ((1 - smooth) / factor + smooth));
        })];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
