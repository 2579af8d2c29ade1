namespace Roast.Sampling;

/// <summary>Four independent random words, and uniform deviates made of them.</summary>
/// <param name="Word0">First word.</param>
/// <param name="Word1">Second word.</param>
/// <param name="Word2">Third word.</param>
/// <param name="Word3">Fourth word.</param>
public readonly record struct PhiloxBlock(uint Word0, uint Word1, uint Word2, uint Word3)
{
    /// <summary>Uniform in [0, 1) on a grid of 2^-24, from the first word: as much as float32 holds.</summary>
    public float Uniform24 => (Word0 >> 8) * (1f / (1 << 24));

    /// <summary>Uniform in [0, 1) on a grid of 2^-53, from words 0 and 1.</summary>
    public double Uniform53 => ToUniform53(Word0, Word1);

    /// <summary>A second uniform in [0, 1) on a grid of 2^-53, from words 2 and 3.</summary>
    public double SecondUniform53 => ToUniform53(Word2, Word3);

    static double ToUniform53(uint high, uint low) => ((high >> 5) * 67108864.0 + (low >> 6)) * (1.0 / (1L << 53));     // 27 + 26 bits, exact
}
