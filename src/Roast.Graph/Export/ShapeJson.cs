using System.Text;
using System.Text.Json;

namespace Roast.Graph.Export;

/// <summary>Writes a shape in config.json's own spelling, so that one reader, with one set of checks, serves folders and saved graphs.</summary>
internal static class ShapeJson
{
    public static string Write(ModelShape shape)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("model_type", shape.Family);
            // One family reads the first, another the second; each refuses a value that it does not build.
            json.WriteString("hidden_act", "silu");
            json.WriteString("hidden_activation", "gelu_pytorch_tanh");
            json.WriteNumber("num_hidden_layers", shape.Layers);
            json.WriteNumber("hidden_size", shape.HiddenSize);
            json.WriteNumber("intermediate_size", shape.IntermediateSize);
            json.WriteNumber("num_attention_heads", shape.Heads);
            json.WriteNumber("num_key_value_heads", shape.KeyValueHeads);
            json.WriteNumber("head_dim", shape.HeadSize);
            json.WriteNumber("vocab_size", shape.VocabularySize);
            json.WriteNumber("max_position_embeddings", shape.MaxPositions);
            json.WriteNumber("rms_norm_eps", shape.NormEpsilon);
            WriteRotations(json, shape);
            WriteWindows(json, shape);
            if (shape.QueryScalar is { } scalar) json.WriteNumber("query_pre_attn_scalar", scalar);
            if (shape.AttentionSoftcap is { } attentionCap) json.WriteNumber("attn_logit_softcapping", attentionCap);
            if (shape.LogitSoftcap is { } logitCap) json.WriteNumber("final_logit_softcapping", logitCap);
            json.WriteBoolean("attention_bias", shape.AttentionBias);
            json.WriteBoolean("mlp_bias", shape.MlpBias);
            json.WriteBoolean("tie_word_embeddings", shape.TiedHead);
            json.WriteStartArray("eos_token_id");
            foreach (int id in shape.EndTokenIds) json.WriteNumberValue(id);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    static void WriteWindows(Utf8JsonWriter json, ModelShape shape)
    {
        if (shape.Windows.FirstOrDefault(window => window is not null) is not { } window) return;
        json.WriteNumber("sliding_window", window);
        json.WriteStartArray("layer_types");
        foreach (int? layer in shape.Windows) json.WriteStringValue(layer is null ? DecoderConfig.Full : DecoderConfig.Sliding);
        json.WriteEndArray();
    }

    static void WriteRotations(Utf8JsonWriter json, ModelShape shape)
    {
        json.WriteStartObject("rope_parameters");
        if (shape.LocalRotation is { } local)
        {
            json.WriteStartObject(DecoderConfig.Full);
            Write(json, shape.Rotation);
            json.WriteEndObject();
            json.WriteStartObject(DecoderConfig.Sliding);
            Write(json, local);
            json.WriteEndObject();
        }
        else
        {
            Write(json, shape.Rotation);
        }
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, Rotation rotation)
    {
        json.WriteNumber("rope_theta", rotation.Theta);
        if (rotation.Part != 1) json.WriteNumber("partial_rotary_factor", rotation.Part);
        json.WriteString("rope_type", rotation.Scaling switch { RotationScaling.Linear => "linear", RotationScaling.Llama3 => "llama3", _ => "default" });
        if (rotation.Scaling == RotationScaling.None) return;
        json.WriteNumber("factor", rotation.Factor);
        if (rotation.Scaling != RotationScaling.Llama3) return;
        json.WriteNumber("low_freq_factor", rotation.LowFrequencyFactor);
        json.WriteNumber("high_freq_factor", rotation.HighFrequencyFactor);
        json.WriteNumber("original_max_position_embeddings", rotation.OriginalMaxPositions);
    }
}
