using Roast.Formats;
using Roast.Graph.Protobuf;

namespace Roast.Graph.Export.Quantize;

/// <summary>All weights as float16: those of the source that are, where they lie; the others converted into the export's own data.</summary>
internal sealed class HalfWeights(SafetensorsWeights source, DataFile data) : IWeightSource
{
    readonly Dictionary<string, TensorProto> _converted = [];

    public string Folder => source.Folder;

    public TensorProto Take(string name, params ReadOnlySpan<long> shape)
    {
        var tensor = source.Take(name, shape);
        if (tensor.DataType == Tensors.Float16) return tensor;
        if (_converted.TryGetValue(name, out var converted)) return converted;
        var place = source[name];
        return _converted[name] = data.Add(name, Tensors.Float16, shape, place.Entry.Elements * 2, stream => TensorReader.Convert(place, toHalf: true, stream));
    }

    public LinearWeight TakeLinear(string name, int outputs, int inputs) => new LinearWeight.Dense(Take(name, outputs, inputs));

    public void RefuseLeftovers(string family) => source.RefuseLeftovers(family);
}
