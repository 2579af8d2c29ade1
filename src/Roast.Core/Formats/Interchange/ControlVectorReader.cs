using System.Globalization;

namespace Roast.Formats;

/// <summary>What the GGUF control vectors of all programs have in common: the keys, and a F32 tensor <c>direction.N</c> per layer.</summary>
sealed class ControlVectorReader
{
    internal const string Architecture = "controlvector", HintKey = "controlvector.model_hint", CountKey = "controlvector.layer_count", ProvenanceKey = "roast.provenance";

    const string Prefix = "direction.", KeyPrefix = "controlvector.";

    // Of a file that is not Roast's: enough for explained variances of every layer, not for a list of everything.
    const int MostKept = 256;

    readonly GgufReader _reader;
    readonly string _file;
    readonly SortedList<int, GgufTensor> _layers = [];
    readonly long _count;

    internal ControlVectorReader(GgufReader reader, string file)
    {
        (_reader, _file) = (reader, file);
        var metadata = reader.Header.Metadata;
        string? architecture = metadata.Text("general.architecture");
        if (architecture != Architecture)
            throw Interchange.Bad(file, architecture is null ? "the key 'general.architecture' is missing" : $"the file is of architecture {BadGguf.Quote(architecture)}", Architecture, "A model is opened with --model; as a vector, name a control vector");
        ModelHint = metadata.Text(HintKey) ?? throw Missing(HintKey);
        _count = metadata.Integer(CountKey, 1, Point.MaxLayer + 1) ?? throw Missing(CountKey);
        foreach (var tensor in reader.Header.Entries) _layers.Add(Layer(tensor), tensor);       // names differ, and a layer has one spelling
        if (_layers.Count == 0) throw Interchange.Bad(file, "it has no direction", "a tensor direction.N per layer", "Train or fetch the vector again");
        CheckWidths();
    }

    /// <summary>What the file says about the model: a word that somebody chose.</summary>
    internal string ModelHint { get; }

    /// <summary>Refuses layers below the first that the program knows, or above the count that the file names.</summary>
    internal void RequireLayers(int from, Func<int, string> below, bool upToCount)
    {
        if (_layers.Keys[0] < from) throw Interchange.Bad(_file, below(_layers.Keys[0]), $"layers from {from} on", "If the program that wrote it counts otherwise, convert it there, or name the format");
        if (upToCount && _layers.Keys[^1] > _count)
            throw Interchange.Bad(_file, $"{Prefix}{_layers.Keys[^1]} is there, but {CountKey} is {_count}", $"layers up to {_count}", "Correct the key: it is the number of the model's layers");
    }

    /// <summary>The provenance that Roast wrote into the file; <c>null</c> where another program wrote it.</summary>
    internal VectorProvenance? OwnProvenance(VectorImportOptions options)
    {
        if (_reader.Header.Metadata.Text(ProvenanceKey) is not { } text) return null;
        if (options.LayerOffset != 0) throw Interchange.OffsetOfOwn(_file);
        return Interchange.ReadProvenance(Interchange.Texts(text, _file, $"the key '{ProvenanceKey}'"), _file);
    }

    /// <summary>The file's own words, for the provenance of a vector that Roast did not fit.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Kept() => _reader.Header.Metadata.Values
        .Where(pair => pair.Key.StartsWith(KeyPrefix, StringComparison.Ordinal) && pair.Key.Length <= Interchange.MaxKeptText && pair.Value is string or bool or long or ulong or double)
        .Take(MostKept)
        .Select(pair => KeyValuePair.Create(pair.Key[KeyPrefix.Length..], Convert.ToString(pair.Value, CultureInfo.InvariantCulture)!));

    /// <summary>The directions at <c>resid_post</c>.</summary>
    internal SteeringVector Read(int offset, VectorProvenance provenance)
    {
        var points = _layers.Select(pair => (Point: Interchange.At(Site.ResidPost, pair.Key, offset, _file, Prefix + pair.Key.ToString(CultureInfo.InvariantCulture)), Tensor: pair.Value)).ToArray();
        SteeringVectorFormat.CheckPoints([.. points.Select(x => (x.Point, x.Tensor.Elements))], provenance, _file);
        return new(points.Select(x => KeyValuePair.Create(x.Point, ReadFinite(x.Tensor))), provenance);
    }

    int Layer(GgufTensor tensor)
    {
        string name = $"tensor {BadGguf.Quote(tensor.Name)}";
        var digits = tensor.Name.AsSpan(tensor.Name.StartsWith(Prefix, StringComparison.Ordinal) ? Prefix.Length : tensor.Name.Length);
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9') || (digits.Length > 1 && digits[0] == '0') || !NumberText.TryParse(digits, NumberStyles.None, out int layer) || layer > Point.MaxLayer)
            throw Interchange.Bad(_file, $"{name} is no direction", $"direction.N, with N from 0 to {Point.MaxLayer}", "Leave out what is no direction");
        if (tensor.Type != GgufType.F32) throw Interchange.Bad(_file, $"{name} is of type {tensor.Type}", "F32", "Convert it, then write the file again");
        if (tensor.Shape is not [<= SteeringVectorFormat.MaxWidth])
            throw Interchange.Bad(_file, $"{name} has the shape [{string.Join(", ", tensor.Shape)}]", $"[width], with a width from 1 to {SteeringVectorFormat.MaxWidth}", "Write one direction per layer");
        return layer;
    }

    void CheckWidths()
    {
        var (first, width) = (_layers.Values[0].Name, _layers.Values[0].Elements);
        foreach (var tensor in _layers.Values)
            if (tensor.Elements != width)
                throw Interchange.Bad(_file, $"{tensor.Name} has width {tensor.Elements}, {first} has width {width}", "one width", "These are directions of different models: keep one model a file");
    }

    float[] ReadFinite(GgufTensor tensor)
    {
        float[] direction = _reader.ReadFloat32(tensor);
        int bad = Array.FindIndex(direction, x => !float.IsFinite(x));
        return bad < 0 ? direction : throw new RoastException(RoastError.NotFinite,
            $"{_file}: {tensor.Name} has {direction[bad].ToString(CultureInfo.InvariantCulture)} in dimension {bad}; expected finite values only. Train the vector again, or fetch the file again.");
    }

    RoastException Missing(string key) => Interchange.Bad(_file, $"the key '{key}' is missing", "the keys that llama.cpp and repeng write", "Add the key, or train the vector again");
}
