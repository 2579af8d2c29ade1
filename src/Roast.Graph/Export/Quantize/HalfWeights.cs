using Roast.Formats;
using Roast.Graph.Protobuf;

namespace Roast.Graph.Export.Quantize;

/// <summary>All weights as float16: those of the source that are, where they lie; the others converted into the export's own data.</summary>
/// <param name="source">The weights.</param>
/// <param name="data">Where converted ones go.</param>
/// <param name="takesAll">Whether those that are float16 go there too: ONNX Runtime takes all external data from memory or none.</param>
internal sealed class HalfWeights(SafetensorsWeights source, DataFile data, bool takesAll = false) : IWeightSource
{
    readonly Dictionary<string, TensorProto> _converted = [];

    public string Folder => source.Folder;

    public TensorProto Take(string name, params ReadOnlySpan<long> shape)
    {
        var tensor = source.Take(name, shape);
        bool isHalf = tensor.DataType == Tensors.Float16;
        if (isHalf && !takesAll) return tensor;
        if (_converted.TryGetValue(name, out var converted)) return converted;
        var place = source[name];
        return _converted[name] = data.Add(name, Tensors.Float16, shape, place.Entry.Elements * 2, stream => { if (isHalf) TensorReader.Copy(place, stream); else TensorReader.Convert(place, toHalf: true, stream); });
    }

    public LinearWeight TakeLinear(string name, int outputs, int inputs) => new LinearWeight.Dense(Take(name, outputs, inputs));

    public void RefuseLeftovers(string family) => source.RefuseLeftovers(family);
}
