namespace Roast.Sampling;

/// <summary>
/// Philox4x32-10, a counter-based generator: a block of four random words is a function of a counter and a key, with no
/// state in between. What a draw depends on is what its counter and key name, and nothing else.
/// </summary>
/// <remarks>
/// Salmon, Moraes, Dror, Shaw: Parallel Random Numbers: As Easy as 1, 2, 3. SC 2011. Words are least significant first.
/// numpy's Philox is the 4x64 variant, and generators that step the counter before use give the block of counter + 1.
/// </remarks>
public static class Philox4x32
{
    const int DefaultRounds = 10;
    const uint MultiplierOf0 = 0xD2511F53, MultiplierOf2 = 0xCD9E8D57;
    const uint KeyStep0 = 0x9E3779B9, KeyStep1 = 0xBB67AE85;                // golden ratio and sqrt(3) - 1, as 32-bit fractions

    /// <summary>The block of a 128-bit counter under a 64-bit key.</summary>
    /// <param name="c0">Counter, least significant word.</param>
    /// <param name="c1">Counter, second word.</param>
    /// <param name="c2">Counter, third word.</param>
    /// <param name="c3">Counter, most significant word.</param>
    /// <param name="key">Key; its low word is the first.</param>
    public static PhiloxBlock Block(uint c0, uint c1, uint c2, uint c3, ulong key) => Block(c0, c1, c2, c3, (uint)key, (uint)(key >> 32), DefaultRounds);

    internal static PhiloxBlock Block(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            ulong p0 = (ulong)MultiplierOf0 * c0, p1 = (ulong)MultiplierOf2 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 = unchecked(k0 + KeyStep0);
            k1 = unchecked(k1 + KeyStep1);
        }
        return new PhiloxBlock(c0, c1, c2, c3);
    }
}
