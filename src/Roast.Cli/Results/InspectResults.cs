using Roast.Contrast;
using Roast.Formats;
using Roast.Graph.Inspect;
using Roast.Onnx;

namespace Roast.Cli.Results;

internal sealed record PointResult(string Point, int Width, double? Norm, double? MeanActivationNorm);

internal sealed record ModelResult(string Kind, string Path, string Family, int Layers, int HiddenSize, int IntermediateSize, int Heads, int KeyValueHeads, int HeadSize, int Vocabulary, int MaxPositions,
    long Parameters, long WeightBytes, PointResult[] Points, GraphResult Graph, int? TokenizerVocabulary, bool ChatTemplate, string? TokenizerProblem, IReadOnlyList<int> EndTokens, string? RunObstacle)
{
    public static ModelResult Of(ModelSummary x) => new("model", x.Path, x.Shape.Family, x.Shape.Layers, x.Shape.HiddenSize, x.Shape.IntermediateSize, x.Shape.Heads, x.Shape.KeyValueHeads, x.Shape.HeadSize,
        x.Shape.VocabularySize, x.Shape.MaxPositions, x.Parameters, x.WeightBytes,
        [.. x.Points.Select(point => new PointResult(point.ToString(), x.Shape.Width(point.Site), null, null))], GraphResult.Of(x.Graph, null, x.Providers), x.TokenizerVocabulary, x.HasChatTemplate, x.TokenizerProblem, x.EndTokens, x.RunObstacle);
}

internal sealed record GraphResult(string Kind, string? Path, string Producer, long IrVersion, IReadOnlyDictionary<string, long> Opsets, IReadOnlyDictionary<string, int> Nodes,
    string[] Inputs, string[] Outputs, string[] Taps, string[] Ports, string[] Points, bool PointsFoundByStructure, string? PointsProblem, KeyValueResult? KeyValues,
    QuantizationResult[] Quantization, int QuantizedProducts, IReadOnlyList<string> ExecutionProviders, long GraphBytes, long ExternalBytes)
{
    public static GraphResult Of(GraphSummary x, string? path, IReadOnlyList<string> providers) => new("graph", path, x.Producer, x.IrVersion, x.Opsets, x.Nodes, [.. x.Inputs.Select(value => value.ToString())],
        [.. x.Outputs.Select(value => value.ToString())], Names(x.Taps), Names(x.Ports), Names(x.Points), x.PointsAreFound, x.PointsProblem,
        x.KeyValues is { } form ? new(form.Layers, form.IsShared, form.Type, form.Shape) : null, [.. x.Quantization.Select(kind => new QuantizationResult(kind.Operator, kind.Bits, kind.BlockSize, kind.AccuracyLevel, kind.Count))],
        x.QuantizedProducts, providers, x.GraphBytes, x.ExternalBytes);

    static string[] Names(IEnumerable<Point> points) => [.. points.Select(point => point.ToString())];
}

internal sealed record KeyValueResult(int Layers, bool Shared, string Type, IReadOnlyList<string> Shape);

internal sealed record QuantizationResult(string Operator, long Bits, long BlockSize, long AccuracyLevel, int Count);

internal sealed record ProvenanceResult(string? Method, string? Scaling, string? Pool, ModelIdentity? Model, int Questions, RolloutSettings? Rollouts, ContrastCounts? Counts,
    float? RecommendedStrength, bool? RecommendedRelative, string? RecommendedScope, string[] RecommendedPoints, Dictionary<string, AccuracyResult> Results, IReadOnlyDictionary<string, string> Extra)
{
    public static ProvenanceResult Of(VectorProvenance x) => new(x.Method, x.Scaling?.Name(), x.Pool?.Name(), x.Model, x.QuestionHashes.Count, x.Rollouts, x.Counts,
        x.RecommendedStrength?.Value, x.RecommendedStrength?.IsRelative, x.RecommendedScope?.Name(), [.. x.RecommendedPoints.Select(point => point.ToString())], x.Results.ToDictionary(pair => pair.Key, pair => AccuracyResult.Of(pair.Value)), x.Extra);
}

internal sealed record VectorResult(string Kind, string Path, string Format, IReadOnlyList<string> Notes, PointResult[] Points, ProvenanceResult? Provenance)
{
    public static VectorResult Of(ImportedVector read, string path) => Of(read.Vector, path, read.Format, read.Notes);

    /// <summary>A vector that this program has just made or read, in Roast's own form.</summary>
    public static VectorResult Of(SteeringVector x, string path) => Of(x, path, "roast", []);

    static VectorResult Of(SteeringVector x, string path, string format, IReadOnlyList<string> notes) => new("vector", path, format, notes,
        [.. x.Points.Select(point => new PointResult(point.ToString(), x[point].Length, x.Norm(point), x.Provenance.MeanNorms.TryGetValue(point, out float norm) ? norm : null))],
        x.Provenance.IsUnknown ? null : ProvenanceResult.Of(x.Provenance));
}

internal sealed record TensorsResult(string Kind, string Path, TensorResult[] Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    public static TensorsResult Of(SafetensorsHeader x, string path) => new("tensors", path,
        [.. x.Entries.Select(entry => new TensorResult(entry.Name, entry.Type.Name(), [.. entry.Shape], entry.Bytes))], x.Metadata);
}
