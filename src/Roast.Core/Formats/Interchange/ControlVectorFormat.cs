namespace Roast.Formats;

/// <summary>
/// llama.cpp's control vectors, which repeng writes too: GGUF, a tensor <c>direction.N</c> per layer, added at the output of
/// 0-based block N (<c>resid_post.N</c>) at every position. There is no <c>direction.0</c>: llama.cpp has no place for it.
/// </summary>
/// <remarks>
/// repeng reads and steers the output of block N as well. llama.cpp's cvector-generator reads the output of block N and names
/// it <c>direction.(N+1)</c>: <see cref="VectorImportOptions.LayerOffset"/> -1 undoes that.
/// </remarks>
internal sealed class ControlVectorFormat : IVectorFormat
{
    const string Program = "llama.cpp", StrengthOption = "--control-vector-scaled FILE:STRENGTH";

    public string Name => "llama.cpp";

    public string Description => "a llama.cpp or repeng control vector";

    public IReadOnlyList<string> Extensions => [".gguf"];

    public bool CanWrite => true;

    public bool Recognizes(ReadOnlySpan<byte> head) => head.StartsWith("GGUF"u8) && !EasySteerFormat.IsNamed(head);

    public ImportedVector Read(Stream stream, string file, VectorImportOptions options)
    {
        var reader = new GgufReader(stream, file);
        // A file whose keys lie beyond what was looked at first.
        return EasySteerFormat.Is(reader.Header.Metadata) ? new EasySteerFormat().Read(reader, file, options) : Read(reader, file, options);
    }

    ImportedVector Read(GgufReader reader, string file, VectorImportOptions options)
    {
        var directions = new ControlVectorReader(reader, file);
        directions.RequireLayers(from: 1, layer => $"direction.{layer} is there, which llama.cpp has no place for: its layers begin at 1", upToCount: true);
        var own = directions.OwnProvenance(options);
        var notes = new List<string>();
        var provenance = own ?? Interchange.Imported(Name, file, method: null, Scope.All, strength: 1, options.LayerOffset, directions.Kept());
        if (own is null) notes.Add("A control vector is added at every position (scope all) with strength 1 where nothing else is said, as llama.cpp does. It does not say which model it belongs to" +
            $" (its hint: {BadGguf.Quote(directions.ModelHint)}){(options.LayerOffset == 0 ? "; files of cvector-generator are read one layer before they are named: layer offset -1" : "")}.");
        var vector = directions.Read(options.LayerOffset, provenance);
        Interchange.NoteUnitNorms(vector, notes);
        return new(vector, Name, notes);
    }

    public IReadOnlyList<string> Write(Stream stream, SteeringVector vector, VectorExportOptions options)
    {
        var layers = ControlVectorWriter.Layers(vector, options.LayerOffset, from: 1, Program,
            "direction.0 does not exist there, so the output of block 0 cannot be steered");
        int count = Math.Max(vector.Provenance.Model is { } model && options.LayerOffset == 0 ? model.Layers : 0, layers[^1].Layer);
        var gguf = new GgufWriter()
            .Add("general.architecture", ControlVectorReader.Architecture)
            .Add(ControlVectorReader.HintKey, vector.Provenance.Model?.Family ?? ControlVectorWriter.UnknownModel)
            .Add(ControlVectorReader.CountKey, count);
        ControlVectorWriter.Finish(gguf, layers, vector, options.LayerOffset).Write(stream);
        return ControlVectorWriter.Notes(vector, Program, Scope.All, StrengthOption);
    }
}
