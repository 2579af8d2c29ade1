namespace Roast.Onnx;

/// <summary>What a model computed for one sequence.</summary>
/// <param name="Positions">The positions that were kept: all of the sequence, or its last one.</param>
/// <param name="Values">[positions, width] per point, row by row.</param>
/// <param name="Logits">[positions, vocabulary] where they were asked for.</param>
public sealed record Activations(int Positions, IReadOnlyDictionary<Point, float[]> Values, float[]? Logits);
