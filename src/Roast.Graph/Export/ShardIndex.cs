using System.Text.Json;

namespace Roast.Graph.Export;

/// <summary>
/// model.safetensors.index.json: which shard holds which tensor. Checked against every shard's own header, both ways, so
/// that a shard of another model, or half a download, is found before anything is exported.
/// </summary>
internal static class ShardIndex
{
    public const string FileName = "model.safetensors.index.json";
    public const string SingleFile = "model.safetensors";

    /// <summary>Largest index in bytes: room for half a million tensors.</summary>
    public const int MaxBytes = 64 << 20;

    /// <summary>Most shards; known models have below 200.</summary>
    public const int MaxShards = 4096;

    /// <summary>Every tensor of every shard.</summary>
    /// <exception cref="RoastException">NotFound: a shard. BadFile: the index is damaged, leads outside the folder, or disagrees with a shard.</exception>
    public static IReadOnlyDictionary<string, SafetensorsPlace> Read(string folder)
    {
        string index = Path.Combine(folder, FileName);
        var map = ReadMap(index);
        var shards = map.Values.Distinct().Order(StringComparer.Ordinal).ToArray();
        if (shards.Length > MaxShards) throw Bad(index, $"names {shards.Length} shards; at most {MaxShards} are read");
        var places = new Dictionary<string, SafetensorsPlace>(map.Count);
        foreach (string shard in shards)
        {
            string path = Path.Combine(folder, shard);
            if (!File.Exists(path))
                throw new RoastException(RoastError.NotFound, $"{path} does not exist; {FileName} has {map.Values.Count(name => name == shard)} of the {map.Count} tensors in it. Fetch the missing shard.");
            foreach (var place in SafetensorsPlace.Of(path))
            {
                string name = place.Entry.Name;
                if (!map.TryGetValue(name, out string? mapped)) throw Bad(index, $"does not know the tensor '{name}', which {shard} holds");
                if (mapped != shard) throw Bad(index, $"has the tensor '{name}' in {mapped}, but {shard} holds it too");
                places.Add(name, place);
            }
        }
        foreach (var (name, shard) in map)
            if (!places.ContainsKey(name)) throw Bad(index, $"has the tensor '{name}' in {shard}, which does not hold it");
        return places;
    }

    static Dictionary<string, string> ReadMap(string index)
    {
        try
        {
            using var document = JsonDocument.Parse(HfConfig.ReadBounded(index, MaxBytes));
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("weight_map", out var weights) || weights.ValueKind != JsonValueKind.Object)
                throw Bad(index, "has no object 'weight_map'");
            var map = new Dictionary<string, string>();
            foreach (var entry in weights.EnumerateObject())
            {
                string? shard = entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString() : null;
                if (shard is null || !IsPlainName(shard)) throw Bad(index, $"has the tensor '{entry.Name}' in {entry.Value.GetRawText()}; expected the name of a file in the same folder");
                if (!map.TryAdd(entry.Name, shard)) throw Bad(index, $"names the tensor '{entry.Name}' twice");
            }
            return map.Count > 0 ? map : throw Bad(index, "names no tensor");
        }
        // InvalidOperationException: a string with half a surrogate pair is JSON, but no text.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new RoastException(RoastError.BadFile, $"{index}: is not JSON: {e.Message} Fetch the model's files again.", e);
        }
    }

    // The same rule that ExternalData has for the graph's own references.
    static bool IsPlainName(string name) => name.Length > 0 && name is not ("." or "..") && name.AsSpan().IndexOfAny("/\\:\0") < 0;

    static RoastException Bad(string index, string why) =>
        new(RoastError.BadFile, $"{index}: {why}. Index and shards do not belong together: fetch the model's files again.");
}
