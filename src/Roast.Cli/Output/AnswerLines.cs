using System.Text.Json;
using Roast.Cli.Results;
using Roast.Files;
using Roast.Onnx;

namespace Roast.Cli.Output;

/// <summary>The answers of an evaluation as JSON lines: <c>{"id": ..., "prompt": ..., "answer": ..., "before": ..., "before_correct": ..., "after": ..., "after_correct": ...}</c>.</summary>
internal static class AnswerLines
{
    static readonly JsonFace Compact = new(new JsonSerializerOptions(JsonFace.Readable.Options) { WriteIndented = false });

    public static void Write(string path, IReadOnlyList<Transcript> answers, bool overwrite) => AtomicFile.Write(path, overwrite, stream =>
    {
        foreach (var answer in answers)
        {
            JsonSerializer.Serialize(stream, TranscriptResult.Of(answer), Compact.TranscriptResult);
            stream.WriteByte((byte)'\n');
        }
    });
}
