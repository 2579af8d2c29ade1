using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Roast;

public static partial class VectorAlgebra
{
    const string CombinedKey = "combined";

    /// <summary>SHA-256 over a vector's points and values, lower-case hex: the same for the same directions, whatever their story.</summary>
    /// <remarks>Per point, ordered by layer and site: the name, a zero byte, the values as float32, little-endian.</remarks>
    public static string Digest(SteeringVector vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var point in vector.Points)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{point}\0"));
            hash.AppendData(MemoryMarshal.AsBytes(vector[point].Span));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    static VectorProvenance Combined(string operation, IReadOnlyList<SteeringVector> vectors, PointRule rule)
    {
        var stories = vectors.Select(vector => vector.Provenance).ToArray();
        var first = stories[0];
        return new VectorProvenance
        {
            Method = operation,
            Model = stories.All(story => story.Model == first.Model) ? first.Model : null,
            Scaling = stories.All(story => story.Scaling == first.Scaling) ? first.Scaling : null,
            Pool = stories.All(story => story.Pool == first.Pool) ? first.Pool : null,
            QuestionHashes = [.. stories.SelectMany(story => story.QuestionHashes).Distinct()],
            // Norms belong to the model's activations: they hold for the result where all vectors saw the same ones.
            MeanNorms = first.Model is not null && stories.All(story => story.Model == first.Model) ? Agreed(stories) : new Dictionary<Point, float>(),
            RecommendedScope = stories.All(story => story.RecommendedScope == first.RecommendedScope) ? first.RecommendedScope : null,
            Extra = new Dictionary<string, string> { [CombinedKey] = $"{operation} ({rule.Name()} points): {string.Join(", ", vectors.Select(Name))}" },
        };
    }

    static Dictionary<Point, float> Agreed(VectorProvenance[] stories) => stories[0].MeanNorms
        .Where(norm => stories.All(story => story.MeanNorms.TryGetValue(norm.Key, out float other) && other == norm.Value)).ToDictionary();

    static string Name(SteeringVector vector) => $"{vector.Provenance.Method ?? "unknown"} sha256:{Digest(vector)[..16]}"
        + (vector.Provenance.Extra.TryGetValue(CombinedKey, out string? how) ? $" ({how})" : "");

    static Dictionary<string, string> With(IReadOnlyDictionary<string, string> extra, string how) => new(extra) { [CombinedKey] = how };
}
