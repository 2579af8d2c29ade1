using System.Text.Json;

namespace Roast.Formats;

/// <summary>Reads ORBIT's JSON from front to back: whatever else the file holds costs time, but no memory.</summary>
ref struct OrbitReader
{
    /// <summary>Largest file in bytes; 20 directions of width 16,384 take some 15 MB.</summary>
    internal const int MaxBytes = 256 << 20;

    /// <summary>Most directions; a model of 10,000 layers has no more sites than this.</summary>
    internal const int MaxDirections = 40_000;

    const int MaxDepth = 16, MostCounts = 16;

    readonly string _file;
    readonly Dictionary<string, float[]> _weights = [];
    readonly Dictionary<string, long> _shapes = [];
    readonly Dictionary<string, string> _counts = [];
    Dictionary<string, string>? _provenance;
    Utf8JsonReader _json;

    OrbitReader(byte[] json, string file)
    {
        _json = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        _file = file;
    }

    /// <summary>The weights by module, the counts that the file names, and Roast's provenance where Roast wrote it.</summary>
    internal static (IReadOnlyDictionary<string, float[]> Weights, IReadOnlyDictionary<string, string> Counts, IReadOnlyDictionary<string, string>? Provenance) Read(byte[] json, string file)
    {
        var reader = new OrbitReader(json, file);
        try
        {
            reader._json.Read();
            reader.Members(nested: true);
            if (reader._json.Read()) throw reader.Bad("there is more after the end of the object", "one object");
        }
        // InvalidOperationException: a value of another kind, or a text with half a surrogate pair. FormatException: a number that is too long.
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException) { throw reader.Bad($"the JSON has another form: {e.Message.TrimEnd('.')}", "what ORBIT saves", e); }
        foreach (var (name, length) in reader._shapes)
            if (reader._weights.TryGetValue(name, out float[]? values) && values.Length != length)
                throw reader.Bad($"{BadSafetensors.Quote(name)} has {values.Length} values, but its tensor_shapes say {length}", "as many values as the shape says");
        return (reader._weights, reader._counts, reader._provenance);
    }

    // The object itself, or the result file that holds it under steering_vectors.
    void Members(bool nested)
    {
        Require(JsonTokenType.StartObject);
        var seen = new HashSet<string>();
        while (Name() is { } name)
        {
            if ((name is "steering_vectors" or "scaling_weights" or "tensor_shapes" or "roast") && !seen.Add(name)) throw Bad($"{name} is there twice", "each member once");
            switch (name)
            {
                case "steering_vectors" when nested: Members(nested: false); break;
                case "scaling_weights": Weights(); break;
                case "tensor_shapes": Shapes(); break;
                case "aggregation_stats": Counts(); break;
                case "roast": Provenance(); break;
                default: _json.Skip(); break;
            }
        }
    }

    void Weights()
    {
        Require(JsonTokenType.StartObject);
        while (Name() is { } name)
        {
            Require(JsonTokenType.StartArray);
            var values = new List<float>();
            while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
            {
                if (values.Count == SteeringVectorFormat.MaxWidth) throw Bad($"{BadSafetensors.Quote(name)} has more than {SteeringVectorFormat.MaxWidth} values", "a direction");
                values.Add(_json.GetSingle());
            }
            if (values.Count == 0) throw Bad($"{BadSafetensors.Quote(name)} has no values", "a direction");
            int bad = values.FindIndex(value => !float.IsFinite(value));
            if (bad >= 0) throw new RoastException(RoastError.NotFinite, $"{_file}: {BadSafetensors.Quote(name)} has a value above float32's range in dimension {bad}; expected finite values only. Fit the vector again.");
            if (_weights.Count == MaxDirections) throw Bad($"there are more than {MaxDirections} directions", "a direction per point");
            if (!_weights.TryAdd(name, [.. values])) throw Bad($"{BadSafetensors.Quote(name)} is there twice", "each module once");
        }
    }

    void Shapes()
    {
        Require(JsonTokenType.StartObject);
        while (Name() is { } name)
        {
            Require(JsonTokenType.StartArray);
            _json.Read();
            long length = _json.GetInt64();
            if (!_json.Read() || _json.TokenType != JsonTokenType.EndArray) throw Bad($"the shape of {BadSafetensors.Quote(name)} has more than one dimension", "[width]");
            if (_shapes.Count == MaxDirections || !_shapes.TryAdd(name, length)) throw Bad($"the shape of {BadSafetensors.Quote(name)} is there twice, or one too many", "each module once");
        }
    }

    void Counts()
    {
        if (_json.TokenType != JsonTokenType.StartObject) { _json.Skip(); return; }
        while (Name() is { } name)
        {
            if (_json.TokenType == JsonTokenType.Number && _counts.Count < MostCounts && name.Length <= BadSafetensors.LongestQuote) _counts[name] = System.Text.Encoding.UTF8.GetString(_json.ValueSpan);
            _json.Skip();
        }
    }

    void Provenance()
    {
        Require(JsonTokenType.StartObject);
        _provenance = [];
        while (Name() is { } name)
        {
            Require(JsonTokenType.String);
            if (!_provenance.TryAdd(name, _json.GetString()!)) throw Bad($"{BadSafetensors.Quote(name)} is there twice", "each key once");
        }
    }

    // The next member's name, with the reader on its value; null at the object's end.
    string? Name()
    {
        if (!_json.Read() || _json.TokenType == JsonTokenType.EndObject) return null;
        string name = _json.GetString()!;
        _json.Read();
        return name;
    }

    void Require(JsonTokenType kind)
    {
        if (_json.TokenType != kind) throw Bad($"at byte {_json.TokenStartIndex} is a {_json.TokenType}", $"a {kind}");
    }

    readonly RoastException Bad(string found, string expected, Exception? inner = null) => Interchange.Bad(_file, found, expected, "Save ORBIT's vectors again", inner);
}
