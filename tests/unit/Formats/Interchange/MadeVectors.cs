using Roast.Formats;

namespace Roast.Tests.Unit.Formats;

/// <summary>Vectors for round trips, and bytes of foreign files.</summary>
static class MadeVectors
{
    /// <summary>Values whose bits are easily lost: denormals, -0, the largest float.</summary>
    internal static readonly float[] Edges = [0, -0f, float.Epsilon, -float.Epsilon, float.MaxValue, 1e-38f, 0.1f, 1 / 3f];

    /// <summary>At resid_post.1 and .3, with a whole story.</summary>
    internal static SteeringVector Residual => new([new(new(Site.ResidPost, 1), Edges), new(new(Site.ResidPost, 3), [.. Edges.Reverse()])],
        VectorFile.Full.Provenance with { Model = new ModelIdentity("qwen3", 4, Edges.Length, 2, "sha256:ab", "cd"), MeanNorms = new Dictionary<Point, float> { [new(Site.ResidPost, 1)] = 0.1f }, RecommendedPoints = [new(Site.ResidPost, 3)] });

    internal static (byte[] Bytes, IReadOnlyList<string> Notes) Write(string format, SteeringVector vector, VectorExportOptions? options = null)
    {
        var stream = new MemoryStream();
        var notes = VectorFormats.Named(format).Write(stream, vector, options ?? new());
        return (stream.ToArray(), notes);
    }

    internal static ImportedVector Read(byte[] bytes, VectorImportOptions? options = null, string file = "made") => VectorFormats.Read(new MemoryStream(bytes), file, options);
}
