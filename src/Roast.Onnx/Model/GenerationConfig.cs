using System.Text.Json;

namespace Roast.Onnx.Model;

/// <summary>What generation_config.json, and config.json behind it, say about ending an answer.</summary>
internal static class GenerationConfig
{
    const int MaxBytes = 16 << 20;                           // real files have a few kilobytes

    /// <summary>The model's end tokens: <c>eos_token_id</c>, a number or a list, of the first file that has it. Empty where none does.</summary>
    public static int[] ReadEndTokens(string folder, int vocabulary)
    {
        foreach (string name in (string[])["generation_config.json", "config.json"])
        {
            string path = Path.Combine(folder, name);
            if (!File.Exists(path)) continue;
            if (new FileInfo(path).Length > MaxBytes) throw Bad(path, $"has {new FileInfo(path).Length:N0} bytes, more than the limit of {MaxBytes:N0}");
            try
            {
                using var document = JsonDocument.Parse(File.ReadAllBytes(path));
                if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("eos_token_id", out var value) && value.ValueKind != JsonValueKind.Null)
                    return value.ValueKind == JsonValueKind.Array
                        ? [.. value.EnumerateArray().Select(item => Token(path, item, vocabulary))]
                        : [Token(path, value, vocabulary)];
            }
            catch (JsonException e)
            {
                throw Bad(path, $"is not JSON ({e.Message})");
            }
        }
        return [];
    }

    static int Token(string path, JsonElement value, int vocabulary) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int id) && id >= 0 && id < vocabulary
            ? id
            : throw Bad(path, $"has eos_token_id {value.GetRawText()}; expected token ids from 0 to {vocabulary - 1}");

    static RoastException Bad(string path, string what) => new(RoastError.BadFile, $"{path}: {what}. Fetch the file again from where the model came from.");
}
