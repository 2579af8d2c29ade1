namespace Roast;

/// <summary>How far a steering vector moves an activation. Built by <see cref="Absolute"/> or <see cref="Relative"/>.</summary>
public readonly record struct Strength
{
    Strength(float value, bool isRelative) => (Value, IsRelative) = (value, isRelative);

    /// <summary>The factor s: unitless; may be negative; always finite.</summary>
    public float Value { get; }

    /// <summary><c>true</c>: s is a share of the mean activation norm at each point.</summary>
    public bool IsRelative { get; }

    /// <summary>ROAST's own: 0.2, absolute (arXiv 2602.14143).</summary>
    public static Strength Default { get; } = Absolute(0.2f);

    /// <summary><c>h += s*v</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="s"/> is NaN or infinite.</exception>
    public static Strength Absolute(float s) => new(Finite(s), false);

    /// <summary><c>h += s*r*v/|v|</c>, where r is the mean activation norm at the point, stored with the vector.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="s"/> is NaN or infinite.</exception>
    public static Strength Relative(float s) => new(Finite(s), true);

    /// <summary><see cref="Relative"/> or <see cref="Absolute"/>, as a flag says.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="s"/> is NaN or infinite.</exception>
    public static Strength Of(float s, bool isRelative) => new(Finite(s), isRelative);

    /// <summary>The factor to multiply <paramref name="vector"/> with at one point: <c>s</c>, or <c>s*r/|v|</c> when relative (0 for a zero vector).</summary>
    /// <param name="vector">[width] the steering vector at the point.</param>
    /// <param name="meanNorm">r, the mean activation norm at the point; read only when relative.</param>
    /// <exception cref="InvalidOperationException">Relative, and <paramref name="meanNorm"/> is not known.</exception>
    public float Factor(ReadOnlySpan<float> vector, float? meanNorm)
    {
        if (!IsRelative) return Value;
        if (meanNorm is not { } r)
            throw new InvalidOperationException("This steering vector does not say the mean activation norm at its points, so a relative strength has no meaning for it. Use an absolute strength.");
        double squares = 0;
        foreach (float x in vector) squares += (double)x * x;
        return squares == 0 ? 0 : (float)(Value * (double)r / Math.Sqrt(squares));
    }

    /// <summary>The same strength in the opposite direction.</summary>
    public static Strength operator -(Strength strength) => new(-strength.Value, strength.IsRelative);

    /// <inheritdoc/>
    public override string ToString() => IsRelative ? $"{Value:R} (relative)" : $"{Value:R}";

    static float Finite(float s) => float.IsFinite(s) ? s
        : throw new ArgumentOutOfRangeException(nameof(s), s, "A strength must be a finite number; ROAST's default is 0.2.");
}
