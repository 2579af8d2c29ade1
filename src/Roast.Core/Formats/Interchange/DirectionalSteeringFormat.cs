using System.Buffers.Binary;
using System.Text.Json;

namespace Roast.Formats;

/// <summary>
/// ds4's directional steering: a JSON file (<c>ds4-directional-steering-v1</c>) that says the shape [layers, width] and the
/// component, and beside it a file of the same name that ends in .f32 with the values, a unit direction per layer. It is
/// projected, <c>y - s*v*(v.y)</c>, with a positive s to suppress: not what a steering vector does, so it is refused unless
/// <see cref="VectorImportOptions.ProjectAsAdd"/> says that only the directions are wanted.
/// </summary>
internal sealed class DirectionalSteeringFormat : IVectorFormat
{
    /// <summary>Largest JSON file in bytes.</summary>
    internal const int MaxJsonBytes = 1 << 20;

    const string Marker = "ds4-directional-steering-v1";

    static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    public string Name => "ds4";

    public string Description => "ds4's directional steering (JSON beside a .f32 file)";

    public IReadOnlyList<string> Extensions => [".json"];

    public bool CanWrite => false;

    public bool Recognizes(ReadOnlySpan<byte> head) => OrbitFormat.IsObject(head) && head.IndexOf("ds4-directional-steering"u8) >= 0;

    public ImportedVector Read(Stream stream, string file, VectorImportOptions options)
    {
        var (layers, width, component) = Header(BoundedBytes.Read(stream, file, MaxJsonBytes), file);
        if (!options.ProjectAsAdd)
            throw Interchange.Unsupported(file, "its directions are projected out of the activation (y - s*v*(v.y)), which depends on the activation", "directions that are added",
                "Run it with the program it was made for, or take its directions for adding with --project-as-add");
        float[] values = Values(layers, width, file, options);
        var provenance = Interchange.Imported(Name, file, method: null, Scope.All, strength: 1, options.LayerOffset, [new("component", component), new("mode", "project")]);
        var vector = new SteeringVector(Enumerable.Range(0, layers).Select(layer => KeyValuePair.Create(
            Interchange.At(SiteOf(component, file), layer, options.LayerOffset, file, $"row {layer}"), values.AsSpan(layer * width, width).ToArray())), provenance);
        List<string> notes = ["The directions were made to be projected; they are added here, which is another operation. There a positive strength suppresses what the direction stands for: here a negative one does."];
        Interchange.NoteUnitNorms(vector, notes);
        return new(vector, Name, notes);
    }

    public IReadOnlyList<string> Write(Stream stream, SteeringVector vector, VectorExportOptions options) => throw Interchange.Unsupported(
        "A file of ds4", "its directions are projected, a steering vector's are added", "llama.cpp, easysteer, orbit or roast", "Write one of these");

    static Site SiteOf(string component, string file) => component switch
    {
        "ffn_out" => Site.MlpOut,
        "attn_out" => Site.AttnOut,
        _ => throw Interchange.Unsupported(file, $"its component is {BadSafetensors.Quote(component)}", "ffn_out or attn_out", "Make the directions at one of these"),
    };

    static (int Layers, int Width, string Component) Header(byte[] json, string file)
    {
        RoastException Bad(string found, Exception? inner = null) => Interchange.Bad(file, found, $"an object with format \"{Marker}\", shape [layers, width] and a component", "Write the file again", inner);
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out var format) || format.GetString() != Marker) throw Bad("the format is another one");
            if (!root.TryGetProperty("shape", out var shape) || shape.ValueKind != JsonValueKind.Array || shape.GetArrayLength() != 2
                || !shape[0].TryGetInt32(out int layers) || !shape[1].TryGetInt32(out int width) || layers is < 1 or > Point.MaxLayer + 1 || width is < 1 or > SteeringVectorFormat.MaxWidth)
                throw Bad("the shape is not two whole numbers in their limits");
            if (!root.TryGetProperty("component", out var component) || component.GetString() is not { } name) throw Bad("the component is missing");
            return (layers, width, name);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) { throw Bad("the JSON has another form", e); }
    }

    static float[] Values(int layers, int width, string file, VectorImportOptions options)
    {
        string sibling = Path.GetFileName(Path.ChangeExtension(file, ".f32"));
        if (options.OpenSibling is not { } open) throw Interchange.Unsupported(file, $"the values lie in {sibling}", "a file to open beside it", "Read it by its path");
        using var stream = open(sibling);
        long expected = (long)layers * width * sizeof(float);
        if (stream.Length != expected) throw Interchange.Bad(sibling, $"has {stream.Length} bytes", $"{expected}: {layers} x {width} float32, as {Path.GetFileName(file)} says", "The two files do not belong together: write them again");
        if (expected > Array.MaxLength) throw new RoastException(RoastError.TooLarge, $"{sibling}: has {expected} bytes; at most {Array.MaxLength} are read. Check that this is the file you meant.");
        byte[] bytes = BoundedBytes.Read(stream, sibling, expected);
        var values = new float[layers * width];
        for (int i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
        return values;
    }
}
