namespace Roast;

/// <summary>A vector, how strongly, and where in the sequence: what a row of a batch is steered by.</summary>
/// <param name="Vector">The directions, one per point.</param>
/// <param name="Strength">How far.</param>
/// <param name="Scope">At which positions.</param>
public sealed record Steering(SteeringVector Vector, Strength Strength, Scope Scope = Scope.Last)
{
    /// <summary>What is added to the activation at a point: [width] <c>s*v</c>, or <c>s*r*v/|v|</c> when the strength is relative.</summary>
    /// <param name="point">A point of the vector.</param>
    /// <param name="destination">[width] overwritten.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another width.</exception>
    public void WriteOffset(Point point, Span<float> destination)
    {
        var vector = Vector[point].Span;
        if (destination.Length != vector.Length)
            throw new ArgumentException($"The vector has width {vector.Length} at {point}, the destination {destination.Length}.", nameof(destination));
        float? meanNorm = Vector.Provenance.MeanNorms.TryGetValue(point, out float r) ? r : null;
        System.Numerics.Tensors.TensorPrimitives.Multiply(vector, Strength.Factor(vector, meanNorm), destination);
    }
}
