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
            json.WriteString("hidden_act", "silu");
            json.WriteNumber("num_hidden_layers", shape.Layers);
            json.WriteNumber("hidden_size", shape.HiddenSize);
            json.WriteNumber("intermediate_size", shape.IntermediateSize);
            json.WriteNumber("num_attention_heads", shape.Heads);
            json.WriteNumber("num_key_value_heads", shape.KeyValueHeads);
            json.WriteNumber("head_dim", shape.HeadSize);
            json.WriteNumber("vocab_size", shape.VocabularySize);
            json.WriteNumber("max_position_embeddings", shape.MaxPositions);
            json.WriteNumber("rms_norm_eps", shape.NormEpsilon);
            json.WriteNumber("rope_theta", shape.RopeTheta);
            json.WriteBoolean("tie_word_embeddings", shape.TiedHead);
            json.WriteStartArray("eos_token_id");
            foreach (int id in shape.EndTokenIds) json.WriteNumberValue(id);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
