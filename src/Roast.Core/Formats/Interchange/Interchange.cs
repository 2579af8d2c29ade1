using System.Text.Json;

namespace Roast.Formats;

/// <summary>What importing and exporting have in common: provenance, layers, notes.</summary>
static class Interchange
{
    /// <summary>Longest text of Roast's provenance inside a foreign file, in characters: question hashes are long lists.</summary>
    internal const int MaxProvenanceText = 16 << 20;

    /// <summary>Longest text of a foreign file that is kept as provenance, in characters.</summary>
    internal const int MaxKeptText = 4096;

    // Norms of vectors that somebody normalized in float32 or float16.
    const double UnitTolerance = 1e-3;

    internal static RoastException Bad(string file, string found, string expected, string next, Exception? inner = null) =>
        new(RoastError.BadFile, $"{file}: {found}; expected {expected}. {next}.", inner);

    internal static RoastException Unsupported(string what, string found, string expected, string next) =>
        new(RoastError.Unsupported, $"{what}: {found}; expected {expected}. {next}.");

    internal static RoastException OffsetOfOwn(string file) => Unsupported(file, "a layer offset was given for a file that Roast wrote, whose layers are known", "no offset", "Leave the offset out");

    /// <summary>A layer of the file, with the offset, as a point.</summary>
    internal static Point At(Site site, int layer, int offset, string file, string name)
    {
        int shifted = layer + offset;
        return shifted is >= 0 and <= Point.MaxLayer ? new Point(site, shifted)
            : throw Bad(file, $"{name} with a layer offset of {offset} is layer {shifted}", $"a layer from 0 to {Point.MaxLayer}", "Choose another offset");
    }

    /// <summary>The same directions, some layers further.</summary>
    internal static SteeringVector Shifted(SteeringVector vector, int offset, string format)
    {
        if (offset == 0) return vector;
        return new(vector.Points.Select(point => KeyValuePair.Create(At(point.Site, point.Layer, offset, $"The {format} file", point.ToString()), vector[point].ToArray())),
            new VectorProvenance { Method = vector.Provenance.Method });
    }

    /// <summary>Roast's provenance as one JSON object of texts, for a key of a foreign file.</summary>
    internal static Dictionary<string, string> Provenance(SteeringVector vector) => ProvenanceWriter.Write(vector.Provenance);

    /// <summary>Provenance that <see cref="Provenance"/> wrote into a foreign file: an object of texts.</summary>
    internal static VectorProvenance ReadProvenance(IReadOnlyDictionary<string, string> metadata, string file)
    {
        var fields = new MetadataFields(file, metadata);
        SteeringVectorFormat.CheckVersion(fields, file);
        return ProvenanceReader.Read(fields);
    }

    /// <summary>An object of texts; anything else is refused.</summary>
    internal static Dictionary<string, string> Texts(string json, string file, string what)
    {
        if (json.Length > MaxProvenanceText) throw Bad(file, $"{what} has {json.Length} characters", $"at most {MaxProvenanceText}", "Write the file again");
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 2, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetString() ?? "");
        }
        // InvalidOperationException: a value that is no text, or a text with half a surrogate pair.
        catch (Exception e) when (e is JsonException or InvalidOperationException) { throw Bad(file, $"{what} is not an object of texts", "what Roast writes there", "Write the file again", e); }
        throw Bad(file, $"{what} is not an object", "an object of texts", "Write the file again");
    }

    /// <summary>The provenance of a file that Roast did not write: where it came from, and what nobody knows.</summary>
    internal static VectorProvenance Imported(string format, string file, string? method, Scope scope, float strength, int offset, IEnumerable<KeyValuePair<string, string>> kept)
    {
        var extra = new Dictionary<string, string>
        {
            ["imported.format"] = format,
            ["imported.file"] = Path.GetFileName(file),
            ["imported.unknown"] = "model weights, tokenizer, questions, mean activation norms",
        };
        if (offset != 0) extra["imported.layer_offset"] = offset.ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (var (key, value) in kept) extra["imported." + key] = Kept(value);
        return new VectorProvenance { Method = method, RecommendedScope = scope, RecommendedStrength = Strength.Absolute(strength), Extra = extra };
    }

    // A cut must not leave half a surrogate pair, which no UTF-8 file can hold.
    static string Kept(string value) => value.Length <= MaxKeptText ? value : value[..(char.IsHighSurrogate(value[MaxKeptText - 1]) ? MaxKeptText - 1 : MaxKeptText)];

    /// <summary>Says so where every direction has length 1: how far such a vector steers depends on the model alone.</summary>
    internal static void NoteUnitNorms(SteeringVector vector, List<string> notes)
    {
        if (vector.Points.All(point => Math.Abs(vector.Norm(point) - 1) < UnitTolerance))
            notes.Add("Every direction has length 1, so the file does not say how far to steer: find a strength on your own questions; activations may be a hundred times longer.");
    }

    /// <summary>Says what the target's users must set themselves.</summary>
    internal static List<string> NotSaid(SteeringVector vector, string program, Scope scope, string strengthOption)
    {
        var notes = new List<string>();
        if (vector.Provenance.RecommendedScope is { } recommended && recommended != scope)
            notes.Add($"The vector was measured with scope {recommended.Name()}; {program} steers with scope {scope.Name()} and has no place to say otherwise. Expect another effect.");
        if (vector.Provenance.RecommendedPoints is { Count: > 0 } some && some.Count < vector.Points.Count)
            notes.Add($"The vector recommends {string.Join(", ", some)} of its points; {program} steers at all that are in the file. Write a vector with these alone to steer there as it was measured.");
        if (vector.Provenance.RecommendedStrength is { } strength)
            notes.Add(strength.IsRelative
                ? $"The vector recommends {strength}, a share of the activation norm, which {program} cannot say: multiply each direction first, or find a strength there ({strengthOption})."
                : $"The vector recommends the strength {strength}, which {program} takes from its user: {strengthOption}.");
        return notes;
    }
}
