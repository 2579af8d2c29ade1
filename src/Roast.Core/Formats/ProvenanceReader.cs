using System.Text.Json;

namespace Roast.Formats;

/// <summary>Metadata of a steering vector file to its provenance.</summary>
static class ProvenanceReader
{
    const int MaxWidth = SteeringVectorFormat.MaxWidth;

    internal static VectorProvenance Read(MetadataFields fields)
    {
        var strength = ReadStrength(fields);
        var provenance = new VectorProvenance
        {
            Method = fields.Text(MetadataKey.Method),
            Scaling = fields.Word(MetadataKey.Scaling, MetadataKey.Scalings),
            Pool = fields.Word(MetadataKey.Pool, MetadataKey.Pools),
            Model = ReadModel(fields),
            QuestionHashes = ReadQuestions(fields),
            Rollouts = ReadRollouts(fields),
            Counts = ReadCounts(fields),
            MeanNorms = ReadMeanNorms(fields),
            RecommendedStrength = strength,
            RecommendedScope = fields.Word(MetadataKey.Scope, MetadataKey.ScopeWords),
            RecommendedPoints = ReadPoints(fields),
            Results = ReadResults(fields),
        };
        provenance = provenance with { Extra = fields.Rest() };
        return provenance.IsUnknown && provenance.Extra.Count == 0 ? VectorProvenance.Unknown : provenance;
    }

    static ModelIdentity? ReadModel(MetadataFields fields)
    {
        // A hash without the rest would be lost silently: it belongs to the group once it is there.
        string? weights = fields.Text(MetadataKey.Weights), tokenizer = fields.Text(MetadataKey.Tokenizer);
        bool any = fields.HasAll(MetadataKey.Family, MetadataKey.Layers, MetadataKey.HiddenSize, MetadataKey.IntermediateSize);
        if (!any && weights is not null) fields.HasAll(MetadataKey.Weights, MetadataKey.Family);
        if (!any && tokenizer is not null) fields.HasAll(MetadataKey.Tokenizer, MetadataKey.Family);
        return !any ? null : new ModelIdentity(
            fields.Text(MetadataKey.Family)!,
            fields.Integer(MetadataKey.Layers, 1, Point.MaxLayer + 1)!.Value,
            fields.Integer(MetadataKey.HiddenSize, 1, MaxWidth)!.Value,
            fields.Integer(MetadataKey.IntermediateSize, 1, MaxWidth)!.Value,
            weights, tokenizer);
    }

    static IReadOnlyList<string> ReadQuestions(MetadataFields fields)
    {
        const string Expected = "a JSON array of hashes, or hashes with commas between them";
        if (fields.Text(MetadataKey.Questions) is not { } text) return [];
        string[]? hashes = text[0] == '['
            ? fields.Json(MetadataKey.Questions, JsonValueKind.Array, Expected, array =>
                array.EnumerateArray().All(x => x.ValueKind == JsonValueKind.String) ? array.EnumerateArray().Select(x => x.GetString()!).ToArray() : null)
            : text.Split(',', StringSplitOptions.TrimEntries);
        return Array.TrueForAll(hashes!, IsHash) ? hashes! : throw fields.Malformed(MetadataKey.Questions, Expected);
    }

    // One word of printable ASCII: so the comma list and the array can say the same things.
    static bool IsHash(string text) => text.Length > 0 && text.All(c => c is > ' ' and < '\x7f' and not ',' and not '[');

    static RolloutSettings? ReadRollouts(MetadataFields fields) =>
        !fields.HasAll(MetadataKey.PerQuestion, MetadataKey.Temperature, MetadataKey.TopP, MetadataKey.MaxTokens, MetadataKey.Seed) ? null : new RolloutSettings(
            fields.Integer(MetadataKey.PerQuestion, 1, int.MaxValue)!.Value,
            fields.Number(MetadataKey.Temperature, above: -float.Epsilon, atMost: float.PositiveInfinity)!.Value,
            fields.Number(MetadataKey.TopP, above: 0, atMost: 1)!.Value,
            fields.Integer(MetadataKey.MaxTokens, 1, int.MaxValue)!.Value,
            fields.Integer(MetadataKey.Seed, ulong.MinValue, ulong.MaxValue)!.Value);

    static ContrastCounts? ReadCounts(MetadataFields fields)
    {
        int Count(string key) => fields.Integer(key, 0, int.MaxValue)!.Value;
        return !fields.HasAll(MetadataKey.CountQuestions, MetadataKey.CountMixed, MetadataKey.CountReread, MetadataKey.CountKnownWrong, MetadataKey.CountSkipped, MetadataKey.CountDegenerate)
            ? null
            : new ContrastCounts(Count(MetadataKey.CountQuestions), Count(MetadataKey.CountMixed), Count(MetadataKey.CountReread),
                Count(MetadataKey.CountKnownWrong), Count(MetadataKey.CountSkipped), Count(MetadataKey.CountDegenerate));
    }

    static Strength? ReadStrength(MetadataFields fields)
    {
        bool? relative = fields.Word(MetadataKey.Relative, MetadataKey.Flags);
        return !fields.HasAll(MetadataKey.Strength, MetadataKey.Relative) ? null
            : Strength.Of(fields.Number(MetadataKey.Strength, float.NegativeInfinity, float.PositiveInfinity)!.Value, relative!.Value);
    }

    static IReadOnlyList<Point> ReadPoints(MetadataFields fields)
    {
        var points = new SortedSet<Point>();
        if (fields.Text(MetadataKey.Points) is { } text)
            foreach (string name in text.Split(','))
                if (!Point.TryParse(name, null, out var point) || !points.Add(point))
                    throw fields.Malformed(MetadataKey.Points, "points with commas between them, each once, such as attn_out.0,mlp_act.3");
        return [.. points];
    }

    static Dictionary<Point, float> ReadMeanNorms(MetadataFields fields) =>
        fields.Json(MetadataKey.MeanNorms, JsonValueKind.Object, "a JSON object of points and norms, each norm finite and 0 or above", json =>
        {
            var norms = new Dictionary<Point, float>();
            foreach (var norm in json.EnumerateObject())
            {
                if (!Point.TryParse(norm.Name, null, out var point) || norm.Value.ValueKind != JsonValueKind.Number) return null;
                if (!norm.Value.TryGetSingle(out float value) || !float.IsFinite(value) || value < 0) return null;
                norms.Add(point, value);
            }
            return norms;
        }) ?? [];

    static Dictionary<string, MeasuredAccuracy> ReadResults(MetadataFields fields) =>
        fields.Json(MetadataKey.Results, JsonValueKind.Object, """a JSON object such as {"dev.steered":{"correct":7,"total":10}}, with 0 <= correct <= total""", json =>
        {
            var results = new Dictionary<string, MeasuredAccuracy>();
            foreach (var result in json.EnumerateObject())
            {
                if (result.Value.ValueKind != JsonValueKind.Object || result.Value.GetPropertyCount() != 2) return null;
                if (!TryCount(result.Value, "correct", out int correct) || !TryCount(result.Value, "total", out int total) || correct < 0 || correct > total) return null;
                results.Add(result.Name, new MeasuredAccuracy(correct, total));
            }
            return results;
        }) ?? [];

    static bool TryCount(JsonElement json, string name, out int count)
    {
        count = 0;
        return json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out count);
    }
}
