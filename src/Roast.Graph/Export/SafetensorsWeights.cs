using Roast.Formats;
using Roast.Graph.Protobuf;

namespace Roast.Graph.Export;

/// <summary>The tensors of one or more safetensors files as ONNX initializers that point into them. Nothing is read or copied.</summary>
internal sealed class SafetensorsWeights(string folder, IReadOnlyDictionary<string, SafetensorsPlace> places) : IWeightSource
{
    readonly HashSet<string> _used = [];

    /// <summary>Opens a folder's weights: model.safetensors, or the shards of model.safetensors.index.json. Headers are read, no weight is.</summary>
    /// <exception cref="RoastException">NotFound: no weights, or a shard is missing. BadFile: damaged, or index and shards disagree.</exception>
    public static SafetensorsWeights Open(string folder)
    {
        string single = Path.Combine(folder, ShardIndex.SingleFile), index = Path.Combine(folder, ShardIndex.FileName);
        if (File.Exists(single)) return new SafetensorsWeights(folder, SafetensorsPlace.Of(single).ToDictionary(place => place.Entry.Name));
        if (File.Exists(index)) return new SafetensorsWeights(folder, ShardIndex.Read(folder));
        throw new RoastException(RoastError.NotFound, $"{single} does not exist, nor {ShardIndex.FileName} beside it. Expected the weights beside config.json: fetch the model's files again.");
    }

    public string Folder => folder;

    /// <summary>Whether every tensor is float16 as it lies there.</summary>
    public bool AreHalf => places.Values.All(place => place.Entry.Type == SafetensorsType.F16);

    /// <summary>The names of the files, in ordinal order.</summary>
    public IReadOnlyList<string> Files => [.. places.Values.Select(place => Path.GetFileName(place.Path)).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Where a tensor that was taken lies; for those who convert it.</summary>
    public SafetensorsPlace this[string name] => places[name];

    public TensorProto Take(string name, params ReadOnlySpan<long> shape)
    {
        var place = Find(name, shape);
        int type = place.Entry.Type switch
        {
            SafetensorsType.F32 => Tensors.Float,
            SafetensorsType.F16 => Tensors.Float16,
            SafetensorsType.BF16 => Tensors.BFloat16,
            _ => throw new RoastException(RoastError.Unsupported, $"{place.Path}: tensor '{name}' is {place.Entry.Type.Name()}; this version exports F32, F16 and BF16 weights. Use the checkpoint that is not quantized, or convert the weights to BF16."),
        };
        return Tensors.External(name, type, shape, Path.GetFileName(place.Path), place.Offset, place.Entry.Bytes);
    }

    public LinearWeight TakeLinear(string name, int outputs, int inputs) => new LinearWeight.Dense(Take(name, outputs, inputs));

    public void RefuseLeftovers(string family)
    {
        foreach (string name in places.Keys.Order(StringComparer.Ordinal))
            if (!_used.Contains(name) && !IsRedundant(name))
                throw new RoastException(RoastError.Unsupported, $"{places[name].Path}: tensor '{name}' has no place in a {family} model; without it the graph would compute something else. Use the plain checkpoint of the model.");
    }

    SafetensorsPlace Find(string name, ReadOnlySpan<long> shape)
    {
        string expected = $"[{string.Join(", ", shape.ToArray())}]";
        if (!places.TryGetValue(name, out var place))
            throw new RoastException(RoastError.BadFile, $"{folder}: tensor '{name}' is missing from the weights; config.json asks for it, {expected}. Weights and config.json do not belong together: fetch both again.");
        var entry = place.Entry;
        if (!entry.Shape.AsSpan().SequenceEqual(shape))
            throw new RoastException(RoastError.BadFile, $"{place.Path}: tensor '{name}' is {entry.Type.Name()} [{string.Join(", ", entry.Shape)}]; config.json asks for {expected}. Weights and config.json do not belong together: fetch both again.");
        _used.Add(name);
        return place;
    }

    // A tied head saved twice, and frequencies that follow from config.json.
    static bool IsRedundant(string name) => name == "lm_head.weight" || name.EndsWith(".rotary_emb.inv_freq", StringComparison.Ordinal);
}
