using System.Globalization;

namespace Roast.Formats;

/// <summary>
/// NumPy's .npz. An array is named as a point (<c>resid_post.14</c>), or numbered (<c>14</c>, <c>layer_14</c>, <c>layer.14</c>,
/// <c>direction.14</c>); or there is one array [layers, width], whose rows are the layers from 0 on. Numbers need
/// <see cref="VectorImportOptions.Site"/>: the file does not say where its directions belong.
/// </summary>
internal sealed class NpzFormat : IVectorFormat
{
    static readonly string[] Numbered = ["layer_", "layer.", "direction.", ""];

    public string Name => "npz";

    public string Description => "NumPy arrays (.npz)";

    public IReadOnlyList<string> Extensions => [".npz"];

    public bool CanWrite => false;

    public bool Recognizes(ReadOnlySpan<byte> head) => head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8);

    public ImportedVector Read(Stream stream, string file, VectorImportOptions options)
    {
        var zip = new ZipReader(stream, file);
        var values = new SortedList<Point, float[]>();
        foreach (var entry in zip.Entries)
        {
            string name = entry.Name.EndsWith(".npy", StringComparison.Ordinal) ? entry.Name[..^4] : throw Bad(file, $"{BadSafetensors.Quote(entry.Name)} is no array", "arrays only (.npy)");
            var array = NpyArray.Parse(zip.Read(entry), $"{file}, {BadSafetensors.Quote(name)}");
            if (array.Shape is [int layers, int width])
            {
                if (zip.Entries.Count != 1) throw Bad(file, $"{BadSafetensors.Quote(name)} has two dimensions among {zip.Entries.Count} arrays", "one array [layers, width], or one [width] per point");
                for (int layer = 0; layer < layers; layer++) Add(NumberedPoint(layer, name), array.Values.AsSpan(layer * width, width).ToArray(), name);
            }
            else Add(PointOf(name), array.Values, name);
        }
        if (values.Count == 0) throw Bad(file, "it has no array", "an array per point");
        SteeringVectorFormat.CheckPoints([.. values.Select(pair => (pair.Key, (long)pair.Value.Length))], VectorProvenance.Unknown, file);
        var vector = new SteeringVector(values, Interchange.Imported(Name, file, method: null, Scope.Last, strength: 1, options.LayerOffset, []) with { RecommendedStrength = null, RecommendedScope = null });
        List<string> notes = ["The arrays say neither which model they belong to, nor how strongly and at which positions they steer."];
        Interchange.NoteUnitNorms(vector, notes);
        return new(vector, Name, notes);

        void Add(Point point, float[] direction, string name)
        {
            if (!values.TryAdd(point, direction)) throw Bad(file, $"{BadSafetensors.Quote(name)} is {point}, which is there already", "each point once");
        }

        Point PointOf(string name)
        {
            if (Point.TryParse(name, null, out var point)) return Interchange.At(point.Site, point.Layer, options.LayerOffset, file, name);
            foreach (string prefix in Numbered)
                if (name.StartsWith(prefix, StringComparison.Ordinal) && !name.AsSpan(prefix.Length).ContainsAnyExceptInRange('0', '9') && NumberText.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, out int layer) && layer <= Point.MaxLayer) return NumberedPoint(layer, name);
            throw Bad(file, $"{BadSafetensors.Quote(name)} names no point", "resid_post.14, or a layer such as 14 or layer_14");
        }

        Point NumberedPoint(int layer, string name) => options.Site is { } site ? Interchange.At(site, layer, options.LayerOffset, file, name)
            : throw Interchange.Unsupported(file, $"{BadSafetensors.Quote(name)} says a layer, but not where in the block", "a site", $"Say it with --site: {string.Join(", ", Sites.All.Select(x => x.Name()))}");
    }

    public IReadOnlyList<string> Write(Stream stream, SteeringVector vector, VectorExportOptions options) => throw Interchange.Unsupported(
        "A .npz file", "Roast reads this format only", "another format", "Write .safetensors, which NumPy users read with safetensors.numpy");

    static RoastException Bad(string file, string found, string expected) => Interchange.Bad(file, found, expected, "Save it again with numpy.savez");
}
