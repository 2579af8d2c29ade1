using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Roast.Formats;

/// <summary>A vector's provenance to the metadata of its file. What is not known is left out.</summary>
static class ProvenanceWriter
{
    internal static Dictionary<string, string> Write(VectorProvenance provenance)
    {
        var metadata = new Dictionary<string, string> { [MetadataKey.Format] = SteeringVectorFormat.Version };
        void Put(string key, string? value) { if (value is not null) metadata[key] = value; }

        Put(MetadataKey.Method, provenance.Method);
        if (provenance.Scaling is { } scaling) Put(MetadataKey.Scaling, MetadataKey.WordOf(MetadataKey.Scalings, scaling));
        if (provenance.Pool is { } pool) Put(MetadataKey.Pool, MetadataKey.WordOf(MetadataKey.Pools, pool));
        if (provenance.Model is { } model)
        {
            Put(MetadataKey.Family, model.Family);
            Put(MetadataKey.Layers, Text(model.Layers));
            Put(MetadataKey.HiddenSize, Text(model.HiddenSize));
            Put(MetadataKey.IntermediateSize, Text(model.IntermediateSize));
            Put(MetadataKey.Weights, model.WeightsFingerprint);
            Put(MetadataKey.Tokenizer, model.TokenizerHash);
        }
        if (provenance.Rollouts is { } rollouts)
        {
            Put(MetadataKey.PerQuestion, Text(rollouts.PerQuestion));
            Put(MetadataKey.Temperature, Text(rollouts.Temperature));
            Put(MetadataKey.TopP, Text(rollouts.TopP));
            Put(MetadataKey.MaxTokens, Text(rollouts.MaxTokens));
            Put(MetadataKey.Seed, Text(rollouts.Seed));
        }
        if (provenance.Counts is { } counts)
        {
            Put(MetadataKey.CountQuestions, Text(counts.Questions));
            Put(MetadataKey.CountMixed, Text(counts.Mixed));
            Put(MetadataKey.CountReread, Text(counts.Reread));
            Put(MetadataKey.CountKnownWrong, Text(counts.KnownWrong));
            Put(MetadataKey.CountSkipped, Text(counts.Skipped));
            Put(MetadataKey.CountDegenerate, Text(counts.Degenerate));
        }
        if (provenance.RecommendedStrength is { } strength)
        {
            Put(MetadataKey.Strength, Text(strength.Value));
            Put(MetadataKey.Relative, MetadataKey.WordOf(MetadataKey.Flags, strength.IsRelative));
        }
        Put(MetadataKey.Scope, provenance.RecommendedScope?.Name());
        if (provenance.RecommendedPoints.Count > 0) Put(MetadataKey.Points, string.Join(',', provenance.RecommendedPoints.Order()));
        if (provenance.QuestionHashes.Count > 0) Put(MetadataKey.Questions, Questions(provenance.QuestionHashes));
        if (provenance.MeanNorms.Count > 0) Put(MetadataKey.MeanNorms, MeanNorms(provenance.MeanNorms));
        if (provenance.Results.Count > 0) Put(MetadataKey.Results, Results(provenance.Results));
        foreach (var (key, value) in provenance.Extra)
            if (!metadata.TryAdd(key, value)) throw new ArgumentException($"Extra has the key '{key}', which the provenance writes itself; set the property instead.", nameof(provenance));
        return metadata;
    }

    static string Text<T>(T number) where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);

    static string Questions(IReadOnlyList<string> hashes) => Json(json =>
    {
        json.WriteStartArray();
        foreach (string hash in hashes) json.WriteStringValue(hash);
        json.WriteEndArray();
    });

    static string MeanNorms(IReadOnlyDictionary<Point, float> norms) => Json(json =>
    {
        json.WriteStartObject();
        foreach (var (point, norm) in norms.OrderBy(x => x.Key)) json.WriteNumber(point.ToString(), norm);
        json.WriteEndObject();
    });

    static string Results(IReadOnlyDictionary<string, MeasuredAccuracy> results) => Json(json =>
    {
        json.WriteStartObject();
        foreach (var (name, result) in results.OrderBy(x => x.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject(name);
            json.WriteNumber("correct", result.Correct);
            json.WriteNumber("total", result.Total);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    });

    static string Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) write(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
