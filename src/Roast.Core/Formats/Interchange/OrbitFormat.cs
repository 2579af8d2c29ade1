using System.Text.Json;

namespace Roast.Formats;

/// <summary>
/// ORBIT's JSON: its result file, or the object under <c>steering_vectors</c> in it. <c>scaling_weights</c> maps a module to
/// what is added there, times the strength, at the last position of every forward pass (scope <c>last</c>);
/// <c>diff_vectors</c> has the unscaled means. Values are written so that float32 comes back with the same bits.
/// </summary>
/// <remarks>Early versions of ORBIT added weight times mean; the current one adds the weight, and that is what is read here.</remarks>
internal sealed class OrbitFormat : IVectorFormat
{
    public string Name => "orbit";

    public string Description => "ORBIT's JSON";

    public IReadOnlyList<string> Extensions => [".json"];

    public bool CanWrite => true;

    public bool Recognizes(ReadOnlySpan<byte> head) => IsObject(head) && head.IndexOf("ds4-directional-steering"u8) < 0;

    internal static bool IsObject(ReadOnlySpan<byte> head) => head.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];

    public ImportedVector Read(Stream stream, string file, VectorImportOptions options)
    {
        byte[] json = BoundedBytes.Read(stream, file, OrbitReader.MaxBytes);
        var read = OrbitReader.Read(json, file);
        if (read.Provenance is not null && options.LayerOffset != 0) throw Interchange.OffsetOfOwn(file);
        var points = new SortedList<Point, float[]>();
        foreach (var (name, values) in read.Weights)
        {
            if (!OrbitNames.TryParse(name, out var point))
                throw Interchange.Unsupported(file, $"the module {BadSafetensors.Quote(name)} is not known", "model.layers.N with mlp.act_fn, self_attn.o_proj, mlp or nothing behind it", "Fit with these components");
            point = Interchange.At(point.Site, point.Layer, options.LayerOffset, file, name);
            if (!points.TryAdd(point, values)) throw Interchange.Bad(file, $"two modules are {point}", "each point once", "Leave one out");
        }
        if (points.Count == 0) throw Interchange.Bad(file, "it has no scaling_weights", "an object that maps modules to lists of numbers", "Save ORBIT's vectors again");
        var notes = new List<string>();
        var provenance = read.Provenance is { } own ? Interchange.ReadProvenance(own, file)
            : Interchange.Imported(Name, file, "orbit", Scope.Last, Strength.Default.Value, options.LayerOffset, read.Counts) with { RecommendedStrength = null };
        SteeringVectorFormat.CheckPoints([.. points.Select(pair => (pair.Key, (long)pair.Value.Length))], provenance, file);
        var vector = new SteeringVector(points, provenance);
        if (read.Provenance is null) notes.Add("ORBIT's scaling_weights are what is added; the file's diff_vectors (unscaled means) are not read. It does not say which model it belongs to.");
        return new(vector, Name, notes);
    }

    public IReadOnlyList<string> Write(Stream stream, SteeringVector vector, VectorExportOptions options)
    {
        ArgumentNullException.ThrowIfNull(vector);
        var shifted = Interchange.Shifted(vector, options.LayerOffset, Name);
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteStartArray("layer_indices");
        foreach (int layer in shifted.Points.Select(point => point.Layer).Distinct()) json.WriteNumberValue(layer);
        json.WriteEndArray();
        foreach (string member in (string[])["diff_vectors", "scaling_weights"]) WriteValues(json, member, shifted);
        json.WriteStartObject("tensor_shapes");
        foreach (var point in shifted.Points)
        {
            json.WriteStartArray(OrbitNames.Of(point));
            json.WriteNumberValue(shifted[point].Length);
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.WriteStartObject("tensor_dtypes");
        foreach (var point in shifted.Points) json.WriteString(OrbitNames.Of(point), "torch.float32");
        json.WriteEndObject();
        if (options.LayerOffset == 0)
        {
            json.WriteStartObject("roast");
            foreach (var (key, value) in Interchange.Provenance(vector).OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(key, value);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.Flush();
        return [.. Interchange.NotSaid(vector, "ORBIT", Scope.Last, "its strength setting"),
            "Both diff_vectors and scaling_weights hold the vector: the means before scaling are not known."];
    }

    // As Python writes a float32: the digits of the double that equals it, so that every reader gets the same bits.
    static void WriteValues(Utf8JsonWriter json, string member, SteeringVector vector)
    {
        json.WriteStartObject(member);
        foreach (var point in vector.Points)
        {
            json.WriteStartArray(OrbitNames.Of(point));
            foreach (float value in vector[point].Span) json.WriteNumberValue((double)value);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }
}
