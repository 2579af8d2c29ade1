namespace Roast.Contrast;

/// <summary>From float64 directions per point to a steering vector in float32.</summary>
public static class DirectionConversion
{
    /// <summary>Rounds a direction at every point of a layout to float32.</summary>
    /// <param name="layout">The points.</param>
    /// <param name="direction">[width] for each point; for example one of <see cref="Baselines"/>.</param>
    /// <param name="provenance">Where the vector comes from.</param>
    /// <exception cref="ArgumentException">A direction has another width than its point.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.NotFinite"/>: a value is NaN or does not fit into float32.</exception>
    public static SteeringVector ToVector(this ActivationLayout layout, Func<Point, double[]> direction, VectorProvenance provenance)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(direction);
        return new SteeringVector(layout.Points.Select(point => KeyValuePair.Create(point, ToFloat32(point, direction(point), layout.Width(point)))), provenance);
    }

    static float[] ToFloat32(Point point, double[] direction, int width)
    {
        Kernels.WidthMismatch.ThrowIfDifferent(width, direction.Length, nameof(direction));
        var result = new float[width];
        for (int i = 0; i < width; i++)
        {
            result[i] = (float)direction[i];
            if (!float.IsFinite(result[i]))
                throw new RoastException(RoastError.NotFinite, $"The direction at {point} has {direction[i]:R} in dimension {i}, which float32 cannot hold (largest 3.4e38). Scale each contrast: max_norm or l2_norm instead of none.");
        }
        return result;
    }
}
