using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Roast.Cli.Results;
using Roast.Files;

namespace Roast.Cli.Output;

/// <summary>The JSON face of every result: snake_case, generated at compile time, so that nothing is reflected over.</summary>
[JsonSerializable(typeof(ErrorResult))]
[JsonSerializable(typeof(ReportCommandResult))]
[JsonSerializable(typeof(DemoResult))]
[JsonSerializable(typeof(FitCommandResult))]
[JsonSerializable(typeof(EvalResult))]
[JsonSerializable(typeof(SearchResult))]
[JsonSerializable(typeof(TranscriptResult))]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(ActivationsResult))]
[JsonSerializable(typeof(ModelResult))]
[JsonSerializable(typeof(VectorResult))]
[JsonSerializable(typeof(TensorsResult))]
[JsonSerializable(typeof(GraphResult))]
[JsonSerializable(typeof(InstrumentCommandResult))]
[JsonSerializable(typeof(BakeCommandResult))]
[JsonSerializable(typeof(TasksResult))]
[JsonSerializable(typeof(TaskShowResult))]
[JsonSerializable(typeof(VerifyResult))]
[JsonSerializable(typeof(BenchResult))]
[JsonSerializable(typeof(TokenizeResult))]
[JsonSerializable(typeof(ExportCommandResult))]
[JsonSerializable(typeof(ConvertResult))]
[JsonSerializable(typeof(CombineResult))]
[JsonSerializable(typeof(CosineResult))]
[JsonSerializable(typeof(DevicesResult))]
internal sealed partial class JsonFace : JsonSerializerContext
{
    /// <summary>Escapes no more than JSON asks for: sums and command lines in it can be read, and copied.</summary>
    public static JsonFace Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    });

    /// <summary>Reads what <see cref="Readable"/> writes, of files that somebody names: a member that is missing, or null where there must be a value, is refused.</summary>
    public static JsonFace Strict { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    });

    /// <summary>Writes a result as a file of its own, whole or not at all.</summary>
    public static void WriteFile<T>(string path, bool overwrite, T result, JsonTypeInfo<T> json) => AtomicFile.Write(path, overwrite, stream =>
    {
        JsonSerializer.Serialize(stream, result, json);
        stream.WriteByte((byte)'\n');
    });
}
