namespace Roast.Sampling;

/// <summary>Standard normal deviates from a counter-based generator.</summary>
public static class NormalDeviates
{
    /// <summary>Fills <paramref name="destination"/> with independent standard normal deviates.</summary>
    /// <param name="destination">[n] overwritten. A shorter one gets the first values of a longer one.</param>
    /// <param name="seed">Philox key.</param>
    /// <param name="stream">Tells independent sequences of one seed apart.</param>
    /// <param name="index">Tells independent sequences of one stream apart.</param>
    /// <remarks>
    /// Box and Muller, 1958, on two 53-bit uniforms of a Philox4x32-10 block with counter (block, index, stream, 1).
    /// The uniforms are the same on every machine; logarithm, sine and cosine come from its C library, so the last
    /// bit of a float64 may differ between systems. Rounded to float32 the values are the same but for rare ties.
    /// </remarks>
    public static void Fill(Span<double> destination, ulong seed, uint stream, uint index)
    {
        for (int i = 0; i < destination.Length; i += 2)
        {
            var block = Philox4x32.Block((uint)(i / 2), index, stream, RowSeed.NormalStream, seed);
            double radius = Math.Sqrt(-2 * Math.Log(1 - block.Uniform53));      // 1 - u lies in (0, 1]: never the logarithm of 0
            var (sin, cos) = Math.SinCos(2 * Math.PI * block.SecondUniform53);
            destination[i] = radius * cos;
            if (i + 1 < destination.Length) destination[i + 1] = radius * sin;
        }
    }
}
