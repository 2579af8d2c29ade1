using Roast.Formats;
using Roast.Graph.Protobuf;

namespace Roast.Graph.Export;

/// <summary>The tensors of a model.safetensors as ONNX initializers that point into that file. Nothing is read or copied.</summary>
internal sealed class WeightTable(SafetensorsHeader header, string file)
{
    /// <summary>The name of the file in a model's folder.</summary>
    public const string FileName = "model.safetensors";

    readonly HashSet<string> _used = [];

    /// <summary>Opens the header of a folder's weights.</summary>
    /// <exception cref="RoastException">NotFound, BadFile, or Unsupported for sharded weights.</exception>
    public static WeightTable Open(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            string index = path + ".index.json";
            if (File.Exists(index))
                throw new RoastException(RoastError.Unsupported, $"{folder}: the weights are sharded ({Path.GetFileName(index)}); this version reads a single {FileName}. Merge the shards into one file.");
            throw new RoastException(RoastError.NotFound, $"{path} does not exist. Expected the weights beside config.json: fetch the model's files again.");
        }
        try
        {
            using var stream = File.OpenRead(path);
            return new WeightTable(SafetensorsHeader.Read(stream, path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RoastException(RoastError.NotFound, $"{path}: cannot be read: {e.Message} Check that you may read it.", e);
        }
    }

    /// <summary>A tensor that the model needs, as an external initializer of the same name.</summary>
    /// <exception cref="RoastException">BadFile: absent or of another shape. Unsupported: not F32.</exception>
    public TensorProto Take(string name, ReadOnlySpan<long> shape)
    {
        string expected = $"F32 [{string.Join(", ", shape.ToArray())}]";
        if (!header.Tensors.TryGetValue(name, out var entry))
            throw new RoastException(RoastError.BadFile, $"{file}: tensor '{name}' is missing; config.json asks for it, {expected}. Weights and config.json do not belong together: fetch both again.");
        if (!entry.Shape.AsSpan().SequenceEqual(shape))
            throw new RoastException(RoastError.BadFile, $"{file}: tensor '{name}' is {entry.Type} [{string.Join(", ", entry.Shape)}]; config.json asks for {expected}. Weights and config.json do not belong together: fetch both again.");
        if (entry.Type != SafetensorsType.F32)
            throw new RoastException(RoastError.Unsupported, $"{file}: tensor '{name}' is {entry.Type}; this version exports F32 weights. Convert the weights to float32 first.");
        _used.Add(name);
        return Tensors.External(name, shape, FileName, header.DataStart + entry.Begin, entry.End - entry.Begin);
    }

    /// <summary>Refuses tensors that the graph left out: a bias or an adapter that is silently dropped gives a different model.</summary>
    public void RefuseLeftovers(string family)
    {
        foreach (string name in header.Tensors.Keys.Order(StringComparer.Ordinal))
            if (!_used.Contains(name) && !IsRedundant(name))
                throw new RoastException(RoastError.Unsupported, $"{file}: tensor '{name}' has no place in a {family} model; without it the graph would compute something else. Use the plain checkpoint of the model.");
    }

    // A tied head saved twice, and frequencies that follow from config.json.
    static bool IsRedundant(string name) => name == "lm_head.weight" || name.EndsWith(".rotary_emb.inv_freq", StringComparison.Ordinal);
}
