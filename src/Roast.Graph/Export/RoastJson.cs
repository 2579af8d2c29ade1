using System.Text.Json;

namespace Roast.Graph.Export;

/// <summary>roast.json: what can be steered in the folder's model, and hashes that tell it from another.</summary>
internal static class RoastJson
{
    public const string FileName = "roast.json";

    public const int Format = 1;

    public static void Write(Stream stream, ModelGraph graph, Precision precision, string weights, IReadOnlyDictionary<string, string> hashes)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteNumber("format", Format);
        json.WriteString("producer", $"roast {typeof(RoastJson).Assembly.GetName().Version!.ToString(3)}");
        json.WriteString("family", graph.Shape.Family);
        json.WriteString("precision", precision.Name());
        json.WriteNumber("layers", graph.Shape.Layers);
        json.WriteStartObject("widths");
        foreach (var site in graph.Points.Select(point => point.Site).Distinct()) json.WriteNumber(site.Name(), graph.Shape.Width(site));
        json.WriteEndObject();
        json.WriteStartArray("points");
        foreach (var point in graph.Points) json.WriteStringValue(point.ToString());
        json.WriteEndArray();
        json.WriteString("weights_fingerprint", weights);
        json.WriteStartObject("sha256");
        foreach (var (name, hash) in hashes.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(name, hash);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
