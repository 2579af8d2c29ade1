using System.Numerics.Tensors;

namespace Roast.Onnx.Devices;

/// <summary>What a float16 port can add.</summary>
internal static class HalfRange
{
    const float Largest = 65520;                             // from here on a value rounds to infinity

    /// <summary>Refuses what float16 cannot hold.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.VectorDoesNotFit"/>.</exception>
    public static void Check(ReadOnlySpan<float> offset, Point point)
    {
        float most = TensorPrimitives.MaxMagnitude(offset);
        if (!(MathF.Abs(most) < Largest))
            throw new RoastException(RoastError.VectorDoesNotFit, $"The steering adds {most} at {point}, and this model computes in float16, which ends at {Half.MaxValue}. Lower the strength, or run the model in float32.");
    }
}
