using Roast.Files;
using Roast.Formats;
using Roast.Graph;

namespace Roast.Cli.Conversions;

/// <summary>A steering pack as a vector: what it adds, at strength 1.</summary>
internal sealed class AdapterToVector : IConversion
{
    public string From => ".onnx_adapter";

    public string To => ".safetensors";

    public Converted Convert(ConversionRequest request)
    {
        if (request.Model is not null || request.Strength is not null) throw new UsageException("A pack says by itself what it adds: leave out --model, --strength and --relative.");
        using var stream = InputFile.Open(request.Source);
        var vector = SteeringPack.ToVector(OnnxAdapterReader.Read(stream, request.Source), request.Source)
            .With(VectorProvenance.Unknown with { RecommendedStrength = Strength.Absolute(1) });
        vector.Save(request.Target, request.Force);
        request.Note("An adapter does not say where its values come from; the vector recommends strength 1, which adds what the adapter adds.");
        return new(vector.Points, "onnx_adapter", "roast");
    }
}
