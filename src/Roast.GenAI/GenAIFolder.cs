using System.Text.Json;
using Roast.Files;
using Roast.Graph;
using Roast.Onnx.Model;

namespace Roast.GenAI;

/// <summary>What a folder says to GenAI, and to us: genai_config.json, the graph, and the text files.</summary>
/// <param name="Path">The folder, as an absolute path.</param>
/// <param name="GraphFile">The graph's file name in the configuration.</param>
/// <param name="Graph">The graph.</param>
/// <param name="Text">Tokenizer and template.</param>
/// <param name="Vocabulary">Width of the logits.</param>
/// <param name="Context">Longest sequence, in tokens.</param>
/// <param name="EndTokens">Tokens at which GenAI ends a row.</param>
/// <param name="PadToken">What GenAI takes for padding at the end of a row.</param>
internal sealed record GenAIFolder(string Path, string GraphFile, HostGraph Graph, ModelText Text, int Vocabulary, int Context, int[] EndTokens, int PadToken)
{
    public const string ConfigFile = "genai_config.json";

    const int MaxConfigBytes = 1 << 20;                     // the builder's have two kilobytes

    /// <exception cref="RoastException"><see cref="RoastError.NotFound"/>: no such folder, or no configuration in it. <see cref="RoastError.BadFile"/>: damaged.</exception>
    public static GenAIFolder Open(string path)
    {
        string full = System.IO.Path.GetFullPath(path), config = System.IO.Path.Combine(full, ConfigFile);
        if (!File.Exists(config))
            throw new RoastException(RoastError.NotFound, $"{path}: has no {ConfigFile}, so GenAI cannot open it. Write a folder with 'roast export' (GGUF files too), and name that.");
        using var stream = InputFile.Open(config);
        if (stream.Length > MaxConfigBytes) throw Bad(config, $"has {stream.Length:N0} bytes; expected at most {MaxConfigBytes:N0}");
        try
        {
            using var json = JsonDocument.Parse(stream);
            var model = json.RootElement.GetProperty("model");
            string file = model.GetProperty("decoder").GetProperty("filename").GetString() ?? "";
            if (file.Length == 0 || file != System.IO.Path.GetFileName(file)) throw Bad(config, $"names the graph '{file}'; expected a file of the folder");
            int[] end = model.TryGetProperty("eos_token_id", out var eos) ? eos.ValueKind == JsonValueKind.Array ? [.. eos.EnumerateArray().Select(id => id.GetInt32())] : [eos.GetInt32()] : [];
            int pad = model.TryGetProperty("pad_token_id", out var padding) ? padding.GetInt32() : 0;
            return new GenAIFolder(full, file, HostGraph.Load(System.IO.Path.Combine(full, file)), ModelText.OfFolder(full),
                Positive(config, model, "vocab_size"), Positive(config, model, "context_length"), end.Length > 0 ? end : [pad], pad);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Bad(config, $"cannot be read: {e.Message.TrimEnd('.')}");
        }
    }

    static int Positive(string config, JsonElement model, string name) => model.GetProperty(name).GetInt32() is > 0 and var value ? value : throw Bad(config, $"has a {name} below 1");

    static RoastException Bad(string config, string found) => new(RoastError.BadFile, $"{config}: {found}. Write the folder again with 'roast export'.");
}
