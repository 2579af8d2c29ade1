using System.Text.Json;

namespace Roast.Graph.Export;

/// <summary>genai_config.json: how ONNX Runtime GenAI (0.18) drives the exported graph. Fields as its own builder writes them.</summary>
internal static class GenAIConfig
{
    public const string FileName = "genai_config.json";

    /// <summary>GenAI's type for a decoder whose family it does not know by name.</summary>
    public const string GenericType = "decoder";

    /// <summary>Whether GenAI knows the family by its model_type.</summary>
    public static bool Knows(string family) => family is "qwen2" or "qwen3" or "llama" or "mistral" or "gemma2" or "gemma3_text";

    public static void Write(Stream stream, ModelShape shape, SpecialTokens tokens)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteStartObject("model");
        // A model without a begin token has none added; the builder writes 1 then, and the tokenizer ignores it as well.
        json.WriteNumber("bos_token_id", tokens.Begin ?? 1);
        json.WriteNumber("context_length", shape.MaxPositions);
        WriteDecoder(json, shape);
        if (shape.EndTokenIds.Count == 1) json.WriteNumber("eos_token_id", shape.EndTokenIds[0]);
        else
        {
            json.WriteStartArray("eos_token_id");
            foreach (int id in shape.EndTokenIds) json.WriteNumberValue(id);
            json.WriteEndArray();
        }
        json.WriteNumber("pad_token_id", tokens.Padding ?? shape.EndTokenIds.FirstOrDefault());
        json.WriteString("type", Knows(shape.Family) ? shape.Family : GenericType);
        json.WriteNumber("vocab_size", shape.VocabularySize);
        json.WriteEndObject();
        WriteSearch(json, shape);
        json.WriteEndObject();
    }

    static void WriteDecoder(Utf8JsonWriter json, ModelShape shape)
    {
        json.WriteStartObject("decoder");
        json.WriteStartObject("session_options");
        json.WriteString("log_id", "onnxruntime-genai");
        json.WriteStartArray("provider_options");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteString("filename", ModelFolderWriter.GraphFile);
        json.WriteNumber("head_size", shape.HeadSize);
        json.WriteNumber("hidden_size", shape.HiddenSize);
        json.WriteStartObject("inputs");
        json.WriteString("input_ids", GraphNames.InputIds);
        json.WriteString("attention_mask", GraphNames.AttentionMask);
        json.WriteString("past_key_names", "past_key_values.%d.key");
        json.WriteString("past_value_names", "past_key_values.%d.value");
        json.WriteEndObject();
        json.WriteStartObject("outputs");
        json.WriteString("logits", GraphNames.Logits);
        json.WriteString("present_key_names", "present.%d.key");
        json.WriteString("present_value_names", "present.%d.value");
        json.WriteEndObject();
        json.WriteNumber("num_attention_heads", shape.Heads);
        json.WriteNumber("num_hidden_layers", shape.Layers);
        json.WriteNumber("num_key_value_heads", shape.KeyValueHeads);
        json.WriteEndObject();
    }

    static void WriteSearch(Utf8JsonWriter json, ModelShape shape)
    {
        json.WriteStartObject("search");
        json.WriteNumber("diversity_penalty", 0.0);
        json.WriteBoolean("do_sample", false);
        json.WriteBoolean("early_stopping", true);
        json.WriteNumber("length_penalty", 1.0);
        json.WriteNumber("max_length", shape.MaxPositions);
        json.WriteNumber("min_length", 0);
        json.WriteNumber("no_repeat_ngram_size", 0);
        json.WriteNumber("num_beams", 1);
        json.WriteNumber("num_return_sequences", 1);
        json.WriteBoolean("past_present_share_buffer", true);
        json.WriteNumber("repetition_penalty", 1.0);
        json.WriteNumber("temperature", 1.0);
        json.WriteNumber("top_k", 50);
        json.WriteNumber("top_p", 1.0);
        json.WriteEndObject();
    }
}
