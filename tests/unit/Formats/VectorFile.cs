using Roast.Contrast;
using Roast.Formats;

namespace Roast.Tests.Unit.Formats;

/// <summary>Vector files made for a test, as bytes.</summary>
static class VectorFile
{
    internal static SteeringVector Read(byte[] file) => SteeringVectorFormat.Read(new MemoryStream(file), "made.safetensors");

    internal static byte[] Write(SteeringVector vector)
    {
        var stream = new MemoryStream();
        SteeringVectorFormat.Write(stream, vector);
        return stream.ToArray();
    }

    /// <summary>One point of width 2, and the metadata given, beside roast.format.</summary>
    internal static byte[] With(params (string Key, string Value)[] metadata) => Of([SafetensorsTensor.Float32("mlp_act.0", [1, 2])], metadata);

    internal static byte[] Of(SafetensorsTensor[] tensors, params (string Key, string Value)[] metadata)
    {
        var all = new Dictionary<string, string> { ["roast.format"] = "1" };
        foreach (var (key, value) in metadata) all[key] = value;
        var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, tensors, all);
        return stream.ToArray();
    }

    internal static SteeringVector Full => new(
        [new(new(Site.ResidPost, 3), [1f, -0f, float.Epsilon]), new(new(Site.AttnOut, 0), [0.1f, 2f, 3f]), new(new(Site.MlpAct, 0), [4f, 5f])],
        new VectorProvenance
        {
            Method = "roast",
            Scaling = SoftScaling.L2Norm,
            Pool = Pool.LastContent,
            Model = new ModelIdentity("qwen3", 4, 3, 2, "sha256:ab", "cd"),
            QuestionHashes = ["00ff", "11ee"],
            Rollouts = new RolloutSettings(8, 0.8f, 0.9f, 512, ulong.MaxValue),
            Counts = new ContrastCounts(10, 5, 2, 1, 2, 0),
            MeanNorms = new Dictionary<Point, float> { [new(Site.AttnOut, 0)] = 0.1f, [new(Site.MlpAct, 0)] = 1e-7f },
            RecommendedStrength = Strength.Relative(-0.3f),
            RecommendedScope = Scope.Generated,
            RecommendedPoints = [new(Site.MlpAct, 0), new(Site.ResidPost, 3)],
            Results = new Dictionary<string, MeasuredAccuracy> { ["dev.steered"] = new(7, 10), ["test.\"odd\" é"] = new(0, 0) },
            Extra = new Dictionary<string, string> { ["format"] = "pt", ["roast.future"] = "kept", ["note"] = "" },
        });
}
