using System.Text.Json;
using Roast.Files;
using Roast.Formats;

namespace Roast.Onnx;

/// <summary>
/// Rollouts as JSON lines: <c>{"id": "train-0000", "sample": 0, "prompt_ids": [..], "ids": [..], "text": "1512", "correct": false}</c>.
/// Other fields are left alone. Errors name file, line and field.
/// </summary>
public static class RolloutFile
{
    /// <summary>Longest line in bytes; 1 MiB holds some 100,000 token ids.</summary>
    public const int MaxLineBytes = 1 << 20;

    /// <summary>Most rollouts of one file.</summary>
    public const int MaxRollouts = 4_000_000;

    static readonly JsonWriterOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="vocabularySize">Ids must be below this; <c>null</c>: any id that is not negative.</param>
    /// <exception cref="RoastException"><see cref="RoastError.NotFound"/>; <see cref="RoastError.BadFile"/>: a line that is no rollout, a rollout twice, or none at all.</exception>
    public static IReadOnlyList<Rollout> Read(string path, int? vocabularySize = null) => Read(path, vocabularySize, MaxRollouts);

    internal static IReadOnlyList<Rollout> Read(string path, int? vocabularySize, int maxRollouts)
    {
        using var stream = InputFile.Open(path);
        return Read(stream, path, vocabularySize, maxRollouts);
    }

    internal static IReadOnlyList<Rollout> Read(Stream stream, string path, int? vocabularySize, int maxRollouts)
    {
        var rollouts = new List<Rollout>();
        var seen = new HashSet<(string, int)>();
        int line = 0;
        foreach (var bytes in BoundedLines.Read(stream, path, MaxLineBytes))
        {
            line++;
            if (bytes.Span.Trim(" \t\r"u8).IsEmpty) continue;
            var rollout = Parse(new RolloutLine(path, line, vocabularySize ?? int.MaxValue), bytes);
            if (!seen.Add((rollout.QuestionId, rollout.Index)))
                throw new RoastException(RoastError.BadFile, $"{path}:{line}:sample: question '{rollout.QuestionId}' has sample {rollout.Index} already. Each rollout counts once: leave one out.");
            if (rollouts.Count == maxRollouts) throw new RoastException(RoastError.TooLarge, $"{path}:{line}: more than {maxRollouts:N0} rollouts. Split the file.");
            rollouts.Add(rollout);
        }
        return rollouts.Count > 0 ? rollouts : throw new RoastException(RoastError.BadFile, $"{path}: has no rollouts; expected one JSON object a line. 'roast fit --save-rollouts' writes such a file.");
    }

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.CannotWrite"/>.</exception>
    public static void Write(string path, IReadOnlyList<Rollout> rollouts, bool overwrite = true) => AtomicFile.Write(path, overwrite, stream =>
    {
        using var json = new Utf8JsonWriter(stream, Plain);
        foreach (var rollout in rollouts)
        {
            json.WriteStartObject();
            json.WriteString("id", rollout.QuestionId);
            json.WriteNumber("sample", rollout.Index);
            WriteIds(json, "prompt_ids", rollout.PromptIds);
            WriteIds(json, "ids", rollout.Ids);
            json.WriteString("text", rollout.Text);
            json.WriteBoolean("correct", rollout.IsCorrect);
            json.WriteEndObject();
            json.Flush();
            json.Reset();                                   // the next line is a document of its own
            stream.WriteByte((byte)'\n');
        }
    });

    static void WriteIds(Utf8JsonWriter json, string name, int[] ids)
    {
        json.WriteStartArray(name);
        foreach (int id in ids) json.WriteNumberValue(id);
        json.WriteEndArray();
    }

    static Rollout Parse(RolloutLine line, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) throw line.Bad("", $"is a JSON {root.ValueKind}", "an object");
            return new Rollout(line.Text(root, "id"), line.Count(root, "sample"), line.Ids(root, "prompt_ids"), line.Ids(root, "ids"), line.Text(root, "text"), line.Flag(root, "correct"));
        }
        catch (InvalidOperationException)
        {
            throw line.Bad("", "holds half a surrogate pair", "Unicode text");
        }
        catch (JsonException e)
        {
            throw line.Bad("", $"is not JSON ({e.Message})", "one JSON object a line");
        }
    }
}
