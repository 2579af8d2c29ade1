using Roast.Graph.Bake;

namespace Roast.Graph;

public sealed partial class ModelGraph
{
    /// <summary>
    /// The graph with a steering in its weights, for hosts that know nothing of Roast: same inputs and outputs as without, no
    /// ports, and at every position the sums that live steering in scope <c>all</c> gives, bit by bit in float32.
    /// </summary>
    /// <param name="steering">In scope <see cref="Scope.All"/>: a plain graph adds the same at every position.</param>
    /// <returns>A serialized ONNX model. Its weights are found through <see cref="WeightsFolder"/>.</returns>
    /// <exception cref="ArgumentException">Another scope, a point that the model does not have, or another width.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.VectorDoesNotFit"/>: a value that the graph's number format cannot hold.</exception>
    public byte[] Bake(Steering steering)
    {
        ArgumentNullException.ThrowIfNull(steering);
        if (steering.Scope != Scope.All)
            throw new ArgumentException($"Scope '{steering.Scope.Name()}' cannot be baked: a plain graph adds the same at every position and cannot tell the prompt from the answer. Bake scope '{Scope.All.Name()}', or steer live.", nameof(steering));
        RequirePoints(steering.Vector.Points, nameof(steering));
        return Baking.Apply(_model, _points, Shape, steering);
    }
}
