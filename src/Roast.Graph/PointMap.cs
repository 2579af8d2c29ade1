using Roast.Graph.Protobuf;

namespace Roast.Graph;

/// <summary>Which value of a graph carries each point's activation, [batch, sequence, width]. Travels with the graph as metadata.</summary>
internal sealed class PointMap
{
    /// <summary>Metadata key prefix; the rest of the key is the point, the value is the graph's value name.</summary>
    public const string KeyPrefix = "roast.point.";

    readonly SortedList<Point, string> _values = [];

    public IReadOnlyList<Point> Points => _values.Keys.AsReadOnly();

    public string this[Point point] { get => _values[point]; set => _values[point] = value; }

    public void Add(Point point, string value) => _values.Add(point, value);

    public PointMap Clone()
    {
        var copy = new PointMap();
        foreach (var (point, value) in _values) copy.Add(point, value);
        return copy;
    }

    /// <summary>Whether a model's metadata says where points are.</summary>
    public static bool IsStatedIn(ModelProto model) => model.MetadataProps.Any(entry => entry.Key.StartsWith(KeyPrefix, StringComparison.Ordinal));

    public void Write(ModelProto model)
    {
        foreach (var (point, value) in _values) model.MetadataProps.Add(new StringStringEntryProto { Key = KeyPrefix + point, Value = value });
    }

    /// <summary>Reads the map back; empty where the graph has none.</summary>
    /// <exception cref="RoastException">BadFile: a key that is no point, a point twice, or a value that no node makes.</exception>
    public static PointMap Read(ModelProto model, string file)
    {
        var made = model.Graph.Node.SelectMany(node => node.Output).ToHashSet();
        var map = new PointMap();
        foreach (var entry in model.MetadataProps)
        {
            if (!entry.Key.StartsWith(KeyPrefix, StringComparison.Ordinal)) continue;
            if (!Point.TryParse(entry.Key.AsSpan(KeyPrefix.Length), null, out var point))
                throw Bad(file, entry.Key, "ends in no point, such as resid_post.14");
            if (entry.Value.Length == 0 || !made.Contains(entry.Value)) throw Bad(file, entry.Key, $"names the value '{entry.Value}', which no node of the graph makes");
            if (!map._values.TryAdd(point, entry.Value)) throw Bad(file, entry.Key, "occurs twice");
        }
        return map;
    }

    static RoastException Bad(string file, string key, string why) =>
        new(RoastError.BadFile, $"{file}: the metadata '{key}' {why}. The graph was changed after its export: export it again from the Hugging Face folder.");
}
