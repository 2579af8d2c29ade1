using System.Text;
using System.Text.Json;

namespace Roast.Formats;

/// <summary>
/// EasySteer's control vectors: GGUF like llama.cpp's with <c>controlvector.method</c>, and layers that are the decoder
/// layers of vLLM, counted from 0: <c>direction.N</c> is added at the output of block N, 0 included. Its <c>layer_count</c>
/// is the number of directions. Newer files name the component in <c>controlvector.easysteer</c> (JSON, version 1).
/// </summary>
internal sealed class EasySteerFormat : IVectorFormat
{
    const string MethodKey = "controlvector.method", NativeKey = "controlvector.easysteer", HiddenStates = "hidden_states";
    const string Native = """{"version":1,"component":"hidden_states","metadata":{"mapping":[]}}""";

    public string Name => "easysteer";

    public string Description => "an EasySteer control vector";

    public IReadOnlyList<string> Extensions => [".easysteer.gguf"];

    public bool CanWrite => true;

    public bool Recognizes(ReadOnlySpan<byte> head) => head.StartsWith("GGUF"u8) && IsNamed(head);

    /// <summary>Whether the first bytes of a GGUF file have one of EasySteer's keys.</summary>
    internal static bool IsNamed(ReadOnlySpan<byte> head) => head.IndexOf(Encoding.UTF8.GetBytes(MethodKey)) >= 0 || head.IndexOf(Encoding.UTF8.GetBytes(NativeKey)) >= 0;

    /// <summary>Whether a GGUF file has one of EasySteer's keys.</summary>
    internal static bool Is(GgufMetadata metadata) => metadata.Values.ContainsKey(MethodKey) || metadata.Values.ContainsKey(NativeKey);

    public ImportedVector Read(Stream stream, string file, VectorImportOptions options) => Read(new GgufReader(stream, file), file, options);

    internal ImportedVector Read(GgufReader reader, string file, VectorImportOptions options)
    {
        var directions = new ControlVectorReader(reader, file);
        string? component = Component(reader.Header.Metadata, file);
        if (component is not (null or HiddenStates))
            throw Interchange.Unsupported(file, $"its directions belong to {BadGguf.Quote(component)}", $"{HiddenStates}: the outputs of blocks", "Extract the vector from hidden states");
        directions.RequireLayers(from: 0, _ => "", upToCount: false);
        var own = directions.OwnProvenance(options);
        var notes = new List<string>();
        string? method = reader.Header.Metadata.Text(MethodKey) is { Length: > 0 and <= Interchange.MaxKeptText } text ? text : null;
        if (own is null) notes.Add($"The file does not say at which positions or how strongly it steers: scope all and strength 1 are assumed. It does not say which model it belongs to (its hint: {BadGguf.Quote(directions.ModelHint)}).");
        if (component is null && own is null) notes.Add("The file does not name its component (older files do not): block outputs are assumed.");
        var vector = directions.Read(options.LayerOffset, own ?? Interchange.Imported(Name, file, method, Scope.All, strength: 1, options.LayerOffset, directions.Kept()));
        Interchange.NoteUnitNorms(vector, notes);
        return new(vector, Name, notes);
    }

    public IReadOnlyList<string> Write(Stream stream, SteeringVector vector, VectorExportOptions options)
    {
        var layers = ControlVectorWriter.Layers(vector, options.LayerOffset, from: 0, "EasySteer", "layers count from 0");
        var gguf = new GgufWriter()
            .Add("general.architecture", ControlVectorReader.Architecture)
            .Add(ControlVectorReader.HintKey, vector.Provenance.Model?.Family ?? ControlVectorWriter.UnknownModel)
            .Add(MethodKey, vector.Provenance.Method ?? "unknown")
            .Add(ControlVectorReader.CountKey, (uint)layers.Count)
            .Add(NativeKey, Native);
        ControlVectorWriter.Finish(gguf, layers, vector, options.LayerOffset).Write(stream);
        return ControlVectorWriter.Notes(vector, "EasySteer", Scope.All, "scale, and apply for the positions");
    }

    static string? Component(GgufMetadata metadata, string file)
    {
        if (metadata.Text(NativeKey) is not { } json) return null;
        RoastException Bad(Exception? inner = null) => Interchange.Bad(file, $"the key '{NativeKey}' is not what EasySteer writes", "a JSON object with version 1 and a component", "Extract the vector again", inner);
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("version", out var version) || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out int number) || number != 1) throw Bad();
            return root.TryGetProperty("component", out var component) && component.ValueKind != JsonValueKind.Null ? component.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) { throw Bad(e); }
    }
}
