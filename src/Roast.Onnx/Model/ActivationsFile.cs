using System.Globalization;
using Roast.Files;
using Roast.Formats;

namespace Roast.Onnx;

/// <summary>
/// Activations of one or more sequences as a safetensors file: a tensor [positions, width] per point, named as the point,
/// <c>logits</c> [positions, vocabulary] where they were kept, and metadata with the model and the token ids.
/// </summary>
public sealed class ActivationsFile(ModelIdentity model)
{
    readonly List<SafetensorsTensor> _tensors = [];
    readonly Dictionary<string, string> _metadata = new()
    {
        ["roast.activations"] = "1",
        ["roast.model.family"] = model.Family,
        ["roast.model.layers"] = model.Layers.ToString(CultureInfo.InvariantCulture),
        ["roast.model.weights"] = model.WeightsFingerprint ?? "",
        ["roast.model.tokenizer"] = model.TokenizerHash ?? "",
    };

    /// <summary>The tensors so far, in the order of the file.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors => _tensors;

    /// <summary>Adds a sequence.</summary>
    /// <param name="prefix">Before every name: empty, or such as <c>3.</c> where the file holds several sequences. Each once.</param>
    /// <param name="ids">[tokens] the sequence; kept as metadata <c>PREFIXids</c>.</param>
    /// <param name="activations">What was read for it.</param>
    public void Add(string prefix, IReadOnlyList<int> ids, Activations activations)
    {
        _metadata.Add(prefix + "ids", string.Join(',', ids));
        foreach (var (point, values) in activations.Values) Add(prefix + point, values, activations.Positions);
        if (activations.Logits is { } logits) Add(prefix + "logits", logits, activations.Positions);
    }

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.CannotWrite"/>.</exception>
    public void Save(string path, bool overwrite = true) => AtomicFile.Write(path, overwrite, stream => SafetensorsWriter.Write(stream, _tensors, _metadata));

    void Add(string name, float[] values, int positions) => _tensors.Add(SafetensorsTensor.Float32(name, values, positions, values.Length / positions));
}
