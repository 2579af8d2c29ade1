using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Roast.Cli.Results;

namespace Roast.Cli.Output;

/// <summary>The JSON face of every result: snake_case, generated at compile time, so that nothing is reflected over.</summary>
[JsonSerializable(typeof(ErrorResult))]
[JsonSerializable(typeof(DemoResult))]
[JsonSerializable(typeof(FitCommandResult))]
[JsonSerializable(typeof(EvalResult))]
[JsonSerializable(typeof(SearchResult))]
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
}
