using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Roast.Cli.Output;
using Roast.Cli.Results;
using Roast.Files;
using Roast.Formats;

namespace Roast.Cli.Reports;

/// <summary>One file that a report shows, read and checked: what <c>fit --analysis</c>, <c>eval --json</c> or <c>demo --json</c> wrote, or a vector.</summary>
/// <param name="Name">The file's name, without its folder.</param>
/// <param name="Json">What can be downloaded from the page: the file itself, or a vector's story as <c>inspect --json</c> tells it.</param>
internal sealed record ReportFile(string Name, byte[] Json)
{
    /// <summary>Longest JSON file in bytes.</summary>
    public const int MaxBytes = 32 << 20;

    const string Expected = "expected what 'roast fit --analysis FILE', 'roast eval --json' or 'roast demo --json' wrote, or a steering vector";

    public FitCommandResult? Fit { get; init; }

    public EvalResult? Eval { get; init; }

    public DemoResult? Demo { get; init; }

    public VectorResult? Vector { get; init; }

    /// <summary>Reads a file; what it is shows in its content.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.NotFound"/>, <see cref="RoastError.TooLarge"/> or <see cref="RoastError.BadFile"/>.</exception>
    public static ReportFile Read(string path)
    {
        byte[] bytes;
        using (var stream = InputFile.Open(path))
        {
            if (stream.Length == 0) throw new RoastException(RoastError.BadFile, $"{path}: the file is empty. Give what 'roast fit --analysis FILE', 'roast eval --json' or 'roast demo --json' wrote, or a steering vector.");
            if (!LooksLikeJson(stream)) return OfVector(path);
            if (stream.Length > MaxBytes) throw new RoastException(RoastError.TooLarge, $"{path}: has {stream.Length:N0} bytes; a result of at most {MaxBytes:N0} can be shown. Give the JSON file of one command.");
            stream.Position = 0;
            bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
        }
        return HasKind(bytes) ? OfJson(path, bytes) : OfVector(path);       // ORBIT's vectors are JSON as well
    }

    /// <summary>A result that this program has just made.</summary>
    public static ReportFile Of(DemoResult demo) => new("demo.json", JsonSerializer.SerializeToUtf8Bytes(demo, JsonFace.Readable.DemoResult)) { Demo = demo };

    static bool LooksLikeJson(Stream stream)
    {
        for (int next = stream.ReadByte(); next >= 0; next = stream.ReadByte())
            if (next is not (' ' or '\t' or '\r' or '\n')) return next == '{';
        return false;
    }

    static bool HasKind(byte[] bytes)
    {
        try { return ReportNumbers.KindOf(bytes) is not null; }
        catch (JsonException) { return true; }              // its reader says what is wrong with it
    }

    static ReportFile OfVector(string path)
    {
        ImportedVector read;
        try { read = SteeringVector.Import(path, new VectorImportOptions { ProjectAsAdd = true }); }
        catch (RoastException e) when (e.Kind is RoastError.BadFile or RoastError.Unsupported) { throw new RoastException(RoastError.BadFile, $"{e.Message} For a report: {Expected}.", e); }
        var vector = VectorResult.Of(read, Path.GetFileName(path));
        return new ReportFile(Path.GetFileName(path) + ".json", JsonSerializer.SerializeToUtf8Bytes(vector, JsonFace.Readable.VectorResult)) { Vector = vector };
    }

    internal static ReportFile OfJson(string path, byte[] bytes)
    {
        string name = Path.GetFileName(path);
        try
        {
            var file = ReportNumbers.KindOf(bytes) switch
            {
                FitCommandResult.KindName => new ReportFile(name, bytes) { Fit = Parse(bytes, JsonFace.Strict.FitCommandResult) },
                EvalResult.KindName => new ReportFile(name, bytes) { Eval = Parse(bytes, JsonFace.Strict.EvalResult) },
                DemoResult.KindName => new ReportFile(name, bytes) { Demo = Parse(bytes, JsonFace.Strict.DemoResult) },
                "vector" => new ReportFile(name, bytes) { Vector = Parse(bytes, JsonFace.Strict.VectorResult) },
                var kind => throw new RoastException(RoastError.BadFile, $"{path}: its 'kind' is {(kind is null ? "missing" : $"'{kind}'")}; {Expected}."),
            };
            ReportNumbers.Check(file);
            return file;
        }
        catch (JsonException e)
        {
            throw new RoastException(RoastError.BadFile, $"{path}: {e.Message.TrimEnd('.')}; {Expected}. Run that command again with this version.", e);
        }
        catch (InvalidOperationException e)
        {
            throw new RoastException(RoastError.BadFile, $"{path}: holds half a surrogate pair; expected Unicode text. Run the command that wrote it again.", e);
        }
    }

    static T Parse<T>(byte[] bytes, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(bytes, type) ?? throw new JsonException("The document is null");
}
