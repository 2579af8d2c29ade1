using System.Text.Json;
using Roast.Files;
using Roast.Formats;
using Roast.Onnx;

namespace Roast.Cli.Options;

/// <summary>Sequences as JSON lines: each has a <c>prompt</c> or <c>ids</c>.</summary>
internal static class PromptFile
{
    const int MaxLineBytes = 16 << 20;

    /// <summary>The token ids of each line that is not empty, in order.</summary>
    public static List<int[]> Read(string path, SteerableModel model)
    {
        using var stream = InputFile.Open(path);
        var sequences = new List<int[]>();
        int line = 0;
        foreach (var bytes in BoundedLines.Read(stream, path, MaxLineBytes))
        {
            line++;
            if (bytes.Span.Trim(" \t\r"u8).IsEmpty) continue;
            sequences.Add(Parse($"{path}:{line}", bytes, model));
        }
        return sequences.Count > 0 ? sequences : throw new RoastException(RoastError.BadFile, $"{path}: has no lines; expected one JSON object with prompt or ids a line. Give at least one.");
    }

    static int[] Parse(string where, ReadOnlyMemory<byte> bytes, SteerableModel model)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("ids", out var ids)) return Ids(where, ids, model.Shape.VocabularySize);
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("prompt", out var prompt) && prompt.ValueKind == JsonValueKind.String) return model.EncodePrompt(prompt.GetString()!);
            throw Bad(where, "has neither a text 'prompt' nor a list 'ids'");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Bad(where, $"is not JSON ({e.Message})");
        }
    }

    static int[] Ids(string where, JsonElement value, int vocabulary)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0) throw Bad($"{where}:ids", "is no list of token ids");
        return [.. value.EnumerateArray().Select((item, i) => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out int id) && id >= 0 && id < vocabulary
            ? id
            : throw Bad($"{where}:ids[{i}]", $"is {item.GetRawText()}, no token id from 0 to {vocabulary - 1}"))];
    }

    static RoastException Bad(string where, string found) => new(RoastError.BadFile, $"{where}: {found}; expected {{\"prompt\": \"...\"}} or {{\"ids\": [1, 2, 3]}}. Correct the line.");
}
