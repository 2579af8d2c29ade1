using System.Text.Encodings.Web;
using System.Text.Json;

namespace Roast.Formats;

/// <summary>What writing the GGUF control vectors of all programs has in common.</summary>
static class ControlVectorWriter
{
    internal const string UnknownModel = "unknown";

    static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The layers to write, ascending; refuses what the format cannot say.</summary>
    internal static IReadOnlyList<(int Layer, ReadOnlyMemory<float> Values)> Layers(SteeringVector vector, int offset, int from, string program, string why)
    {
        var layers = new List<(int, ReadOnlyMemory<float>)>(vector.Points.Count);
        foreach (var point in vector.Points)
        {
            if (point.Site != Site.ResidPost)
                throw Interchange.Unsupported($"A control vector of {program}", $"the vector has a direction at {point}", "resid_post points only: a direction is added to the output of a block", "Fit a vector at resid_post, or write another format");
            int layer = point.Layer + offset;
            if (layer < from || layer > Point.MaxLayer)
                throw Interchange.Unsupported($"A control vector of {program}", $"the vector has a direction at {point}, which would be direction.{layer}", $"direction.{from} to direction.{Point.MaxLayer} ({why})", "Leave the point out, or write another format");
            if (vector[point].Length != vector[vector.Points[0]].Length)
                throw Interchange.Unsupported($"A control vector of {program}", $"the vector has width {vector[point].Length} at {point} and {vector[vector.Points[0]].Length} at {vector.Points[0]}", "one width", "Keep one model a file");
            layers.Add((layer, vector[point]));
        }
        return layers;
    }

    /// <summary>Adds provenance, where its points are true, and the directions.</summary>
    internal static GgufWriter Finish(GgufWriter gguf, IReadOnlyList<(int Layer, ReadOnlyMemory<float> Values)> layers, SteeringVector vector, int offset)
    {
        if (offset == 0) gguf.Add(ControlVectorReader.ProvenanceKey, Json(Interchange.Provenance(vector)));
        foreach (var (layer, values) in layers) gguf.Add($"direction.{layer}", values);
        return gguf;
    }

    internal static List<string> Notes(SteeringVector vector, string program, Scope scope, string strengthOption)
    {
        var notes = Interchange.NotSaid(vector, program, scope, strengthOption);
        if (vector.Provenance.Model is null) notes.Add($"The vector does not say which model it belongs to: the model hint is '{UnknownModel}'.");
        return notes;
    }

    static string Json(IReadOnlyDictionary<string, string> metadata)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Compact))
        {
            json.WriteStartObject();
            foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(key, value);
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
