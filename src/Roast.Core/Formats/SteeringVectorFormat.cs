using System.Globalization;

namespace Roast.Formats;

/// <summary>
/// The file of a steering vector: a safetensors file with a tensor per point and <c>roast.*</c> metadata.
/// docs/steering-format.md specifies it.
/// </summary>
public static class SteeringVectorFormat
{
    /// <summary>The version that is written, and the only one that is read: metadata <c>roast.format</c>.</summary>
    public const string Version = "1";

    /// <summary>Widest direction that is read; no model is as wide.</summary>
    public const int MaxWidth = 1 << 20;

    /// <summary>Reads a steering vector.</summary>
    /// <param name="stream">A seekable stream over the whole file; stays open.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="RoastException">
    /// <see cref="RoastError.BadFile"/>: not a safetensors file, not a steering vector, of another version, or it contradicts itself;
    /// <see cref="RoastError.NotFinite"/>: a value is NaN or infinite.
    /// </exception>
    public static SteeringVector Read(Stream stream, string file)
    {
        var reader = new SafetensorsReader(stream, file);
        var fields = new MetadataFields(file, reader.Header.Metadata);
        CheckVersion(fields, file);
        var provenance = ProvenanceReader.Read(fields);
        var points = Points(reader.Header, file);
        CheckPoints([.. points.Select(x => (x.Point, x.Entry.Shape[0]))], provenance, file);
        var values = points.Select(x => KeyValuePair.Create(x.Point, ReadFinite(reader, x.Entry, file)));
        return new SteeringVector(values, provenance);
    }

    /// <summary>Writes a steering vector; the same vector gives the same bytes.</summary>
    /// <param name="stream">Receives the file; need not be able to seek.</param>
    /// <param name="vector">The vector.</param>
    /// <exception cref="ArgumentException">The vector or its provenance says something that <see cref="Read"/> would refuse, or <see cref="VectorProvenance.Extra"/> has a key that the provenance writes itself.</exception>
    public static void Write(Stream stream, SteeringVector vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        var metadata = ProvenanceWriter.Write(vector.Provenance);
        try
        {
            ProvenanceReader.Read(new MetadataFields("The vector", metadata));
            CheckPoints([.. vector.Points.Select(point => (point, (long)vector[point].Length))], vector.Provenance, "The vector");
        }
        catch (RoastException e) { throw new ArgumentException($"A file with this could not be read again. {e.Message}", nameof(vector), e); }
        var tensors = vector.Points.Select(point => SafetensorsTensor.Float32(point.ToString(), vector[point].Span)).ToArray();
        SafetensorsWriter.Write(stream, tensors, metadata);
    }

    internal static void CheckVersion(MetadataFields fields, string file)
    {
        string? version = fields.Text(MetadataKey.Format);
        if (version is null)
            throw Bad(file, $"the metadata has no {MetadataKey.Format}", $"\"{Version}\", which marks a steering vector", "If another tool wrote it, convert it: 'roast convert'");
        if (version == Version) return;
        throw NumberText.TryParse(version, NumberStyles.None, out int number) && number > 1
            ? Bad(file, $"{MetadataKey.Format} is {number}: written by a newer Roast", $"format {Version}", "Update Roast, or write the vector with an older one")
            : fields.Malformed(MetadataKey.Format, $"\"{Version}\"");
    }

    static List<(Point Point, SafetensorsEntry Entry)> Points(SafetensorsHeader header, string file)
    {
        var points = new List<(Point, SafetensorsEntry)>(header.Entries.Count);
        foreach (var entry in header.Entries)
        {
            string name = $"tensor {BadSafetensors.Quote(entry.Name)}";
            if (!Point.TryParse(entry.Name, null, out var point))
                throw Bad(file, $"{name} is not named as a point", $"a site and a layer, such as resid_post.14; the sites are {string.Join(", ", Sites.All.Select(x => x.Name()))}", "Rename it or leave it out");
            if (entry.Type is not (SafetensorsType.F32 or SafetensorsType.F16 or SafetensorsType.BF16))
                throw Bad(file, $"{name} is of type {entry.Type.Name()}", "F32, F16 or BF16", "Convert it, then write the file again");
            if (entry.Shape is not [>= 1 and <= MaxWidth])
                throw Bad(file, $"{name} has the shape [{string.Join(", ", entry.Shape)}]", $"[width], with a width from 1 to {MaxWidth}", "Write one direction per point");
            points.Add((point, entry));
        }
        if (points.Count == 0) throw Bad(file, "it has no tensor", "a tensor per point", "Fit or fetch the vector again");
        points.Sort((a, b) => a.Item1.CompareTo(b.Item1));
        return points;
    }

    // Two widths stand for one model: the hidden size for the three sites on the residual's side, the intermediate size for mlp_act.
    internal static void CheckPoints((Point Point, long Width)[] points, VectorProvenance provenance, string file)
    {
        foreach (var recommended in provenance.RecommendedPoints)
            if (!Array.Exists(points, x => x.Point == recommended))
                throw Bad(file, $"the metadata has {recommended} in {MetadataKey.Points}, and there is no direction for it", $"some of {string.Join(", ", points.Select(x => x.Point))}", "Correct the key, or remove it to recommend all points");
        var model = provenance.Model;
        foreach (var group in points.GroupBy(x => x.Point.Site == Site.MlpAct))
        {
            var (first, common) = group.First();
            foreach (var (point, width) in group)
                if (width != common)
                    throw Bad(file, $"{point} has width {width}, {first} has width {common}", "one width for resid_post, attn_out and mlp_out, and one for mlp_act", "These are directions of different models: keep one model a file");
        }
        foreach (var (point, width) in points)
        {
            if (width > MaxWidth) throw Bad(file, $"{point} has width {width}", $"at most {MaxWidth}", "Keep one direction per point");
            if (model is not null && (point.Layer >= model.Layers || width != model.Width(point.Site)))
                throw Bad(file, $"{point} has width {width}", $"layers below {model.Layers} and width {model.Width(point.Site)} here, as roast.model.* says", "Correct the keys or the directions");
        }
    }

    static float[] ReadFinite(SafetensorsReader reader, SafetensorsEntry entry, string file)
    {
        float[] direction = reader.ReadFloat32(entry.Name);
        int bad = Array.FindIndex(direction, x => !float.IsFinite(x));
        return bad < 0 ? direction : throw new RoastException(RoastError.NotFinite,
            $"{file}: {entry.Name} has {direction[bad].ToString(CultureInfo.InvariantCulture)} in dimension {bad}; expected finite values only. Fit the vector again, or fetch the file again.");
    }

    static RoastException Bad(string file, string found, string expected, string next) => new(RoastError.BadFile, $"{file}: {found}; expected {expected}. {next}.");
}
