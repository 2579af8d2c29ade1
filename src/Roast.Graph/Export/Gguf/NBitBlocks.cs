using System.Buffers.Binary;
using Roast.Formats;

namespace Roast.Graph.Export;

/// <summary>
/// Blocks of a GGUF file as the blocks of <c>MatMulNBits</c>: the same integers in another order, the scale widened to float32. Nothing
/// is rounded but Q4_1's offset, m + 8 d, once.
/// </summary>
internal static class NBitBlocks
{
    /// <summary>Weights per block, of all three formats and of <c>MatMulNBits</c>.</summary>
    public const int Size = 32;

    /// <summary>Whether the format has such blocks: Q4_0, Q4_1 and Q8_0.</summary>
    public static bool Has(GgufType type) => type is GgufType.Q4_0 or GgufType.Q4_1 or GgufType.Q8_0;

    /// <summary>Bits of a weight: 4 or 8.</summary>
    public static int Bits(GgufType type) => type == GgufType.Q8_0 ? 8 : 4;

    /// <summary>Zero point of the upper halves of a split block; that of the lower ones is 0.</summary>
    public const int HighZero = 8;

    /// <summary>
    /// Repacks a block of Q8_0 as two blocks of 4 bits: q + 128 = 16 high + low with both in 0..15, so w = (high - 8) * 16 d + low * d, all of
    /// it exact. ONNX Runtime's product of 8 bits with float32 activations unpacks the matrix at every call, whatever the block's size; the two
    /// of 4 bits take a hundredth of its time with one row of inputs, nine tenths with many.
    /// </summary>
    /// <param name="block">[34] bytes of the file.</param>
    /// <param name="high">[16] receives the upper halves, packed as <see cref="Repack"/> packs 4 bits.</param>
    /// <param name="low">[16] receives the lower halves.</param>
    /// <returns>d.</returns>
    public static float Split(ReadOnlySpan<byte> block, Span<byte> high, Span<byte> low)
    {
        for (int i = 0; i < Size / 2; i++)
        {
            int first = block[2 + 2 * i] ^ 0x80, second = block[3 + 2 * i] ^ 0x80;        // q + 128
            high[i] = (byte)(first >> 4 | second & 0xF0);
            low[i] = (byte)(first & 0x0F | (second & 0x0F) << 4);
        }
        return (float)BinaryPrimitives.ReadHalfLittleEndian(block);
    }

    /// <summary>Repacks one block: w = (q - 2^(bits-1)) * scale + offset.</summary>
    /// <param name="type">One that <see cref="Has"/> names.</param>
    /// <param name="block">[18, 20 or 34] bytes of the file.</param>
    /// <param name="packed">[16 or 32] receives q; of 4 bits weight 2i in the lower, 2i + 1 in the upper half of byte i.</param>
    public static (float Scale, float Offset) Repack(GgufType type, ReadOnlySpan<byte> block, Span<byte> packed)
    {
        float scale = (float)BinaryPrimitives.ReadHalfLittleEndian(block);
        if (type == GgufType.Q8_0)
        {
            for (int i = 0; i < Size; i++) packed[i] = (byte)(block[2 + i] ^ 0x80);       // q + 128
            return (scale, 0);
        }
        var nibbles = block[^16..];                           // weight i below weight i + 16
        for (int i = 0; i < 8; i++)
        {
            packed[i] = (byte)((nibbles[2 * i] & 0x0F) | (nibbles[2 * i + 1] & 0x0F) << 4);
            packed[i + 8] = (byte)(nibbles[2 * i] >> 4 | nibbles[2 * i + 1] & 0xF0);
        }
        return (scale, type == GgufType.Q4_1 ? (float)((double)(float)BinaryPrimitives.ReadHalfLittleEndian(block[2..]) + 8.0 * scale) : 0);
    }
}
