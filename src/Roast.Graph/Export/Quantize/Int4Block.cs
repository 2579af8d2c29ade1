namespace Roast.Graph.Export.Quantize;

/// <summary>Rounds a block of 32 weights to 4 bits, to nearest: w ~ (q - zero) * scale with q and zero in 0..15.</summary>
internal static class Int4Block
{
    /// <summary>Weights per block.</summary>
    public const int Size = 32;

    /// <summary>The zero point of symmetric blocks, and what MatMulNBits takes where it is given none.</summary>
    public const int Middle = 8;

    /// <summary>Rounds one block.</summary>
    /// <param name="weights">[32]; a block that is not full is padded with zeros.</param>
    /// <param name="packed">[16] receives q of weight 2i in the lower, 2i+1 in the upper half of byte i.</param>
    /// <param name="asymmetric">Spread the 16 steps from the smallest to the largest weight, 0 included; else centre them on 0.</param>
    /// <returns>The scale, and the zero point.</returns>
    public static (float Scale, int Zero) Round(ReadOnlySpan<float> weights, Span<byte> packed, bool asymmetric)
    {
        (float least, float most) = (0, 0);
        foreach (float w in weights) (least, most) = (Math.Min(least, w), Math.Max(most, w));
        // Symmetric: the weight of largest magnitude falls on -8, the one step that the other side lacks.
        float scale = asymmetric ? (most - least) / 15 : (most > -least ? most : least) / -8;
        int zero = asymmetric && scale > 0 ? (int)MathF.Round(-least / scale) : Middle;
        float inverse = scale == 0 ? 0 : 1 / scale;
        for (int i = 0; i < packed.Length; i++)
            packed[i] = (byte)(Step(weights[2 * i]) | Step(weights[2 * i + 1]) << 4);
        return (scale, zero);

        int Step(float weight) => Math.Clamp((int)MathF.Round(weight * inverse) + zero, 0, 15);
    }
}
