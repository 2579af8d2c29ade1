using Roast.Files;
using Roast.Graph;

namespace Roast.Cli.Conversions;

/// <summary>A steering vector at a strength as an ONNX Runtime adapter for a model.</summary>
internal sealed class VectorToAdapter : IConversion
{
    public string From => ".safetensors";

    public string To => ".onnx_adapter";

    public Converted Convert(ConversionRequest request)
    {
        if (request.Model is null) throw new UsageException("An adapter is for one model, whose ports it names: give its folder with --model.");
        var vector = SteeringVector.Load(request.Source);
        var steering = vector.Recommended(request.Strength, Scope.All);
        if (steering.Strength.IsRelative && vector.Points.Any(point => !vector.Provenance.MeanNorms.ContainsKey(point)))
            throw new UsageException($"{request.Source}: does not say the mean activation norm at its points, so a relative strength has no meaning for it. Give --strength without --relative.");
        string model = Directory.Exists(request.Model) ? Path.Combine(request.Model, "model.onnx") : request.Model;
        var graph = HostGraph.Load(model);
        if (graph.Shape is { } shape)
            foreach (string doubt in vector.CheckFits(new ModelIdentity(shape.Family, shape.Layers, shape.HiddenSize, shape.IntermediateSize) { WeightsFingerprint = Fingerprint.Weights(graph.WeightsFiles) })) request.Note(doubt);
        SteeringPack.Save(request.Target, steering, graph, request.Force);
        request.Note($"The adapter has the strength {steering.Strength} in it. It has no scope: it steers every position that runs while it is active.");
        if (graph.Ports.Count == 0) request.Note($"{model} has no ports of its own. Roast's GenAI engine adds them; for another host write them with 'roast instrument --ports'.");
        return new(vector.Points, "roast", "onnx_adapter");
    }
}
