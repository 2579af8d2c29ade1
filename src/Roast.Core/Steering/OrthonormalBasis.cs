namespace Roast;

/// <summary>An orthonormal basis of the span of some directions, grown one by one, in float64.</summary>
sealed class OrthonormalBasis(int width)
{
    // Of a direction's length: float32 values carry 24 bits, so a rest below this is rounding, not direction.
    const double Dependent = 1e-6;

    readonly List<double[]> _vectors = [];

    /// <summary>Adds a direction's own part; a dependent one, or zero, adds nothing.</summary>
    internal void Add(ReadOnlySpan<float> direction)
    {
        double[] rest = Widened(direction);
        double length = Length(rest);
        Remove(rest);
        double left = Length(rest);
        if (left <= Dependent * length) return;
        for (int i = 0; i < rest.Length; i++) rest[i] /= left;
        _vectors.Add(rest);
    }

    /// <summary>[width] what of a direction is orthogonal to the basis; <c>null</c>: nothing is left that could be scaled to its length.</summary>
    internal float[]? Rest(ReadOnlySpan<float> direction, bool keepsLength)
    {
        double[] rest = Widened(direction);
        double length = Length(rest);
        Remove(rest);
        double left = Length(rest);
        bool nothing = left <= Dependent * length;
        if (nothing && !keepsLength) return new float[width];
        if (nothing && length > 0) return null;
        double scale = keepsLength && left > 0 ? length / left : 1;
        return Array.ConvertAll(rest, x => (float)(x * scale));
    }

    // Twice: the second pass removes what rounding of the first left.
    void Remove(double[] rest)
    {
        for (int pass = 0; pass < 2; pass++)
            foreach (double[] unit in _vectors)
            {
                double along = 0;
                for (int i = 0; i < rest.Length; i++) along += rest[i] * unit[i];
                for (int i = 0; i < rest.Length; i++) rest[i] -= along * unit[i];
            }
    }

    static double[] Widened(ReadOnlySpan<float> direction)
    {
        var wide = new double[direction.Length];
        for (int i = 0; i < wide.Length; i++) wide[i] = direction[i];
        return wide;
    }

    static double Length(double[] vector)
    {
        double squares = 0;
        foreach (double x in vector) squares += x * x;
        return Math.Sqrt(squares);
    }
}
