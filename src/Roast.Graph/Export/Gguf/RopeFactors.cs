using Roast.Formats;

namespace Roast.Graph.Export;

/// <summary>
/// The rotation of Llama 3.1 and later in a GGUF file: not its four numbers, but a factor for each pair of a head that divides
/// the pair's frequency. The numbers are found again from the factors, and then have to give every one of them.
/// </summary>
internal static class RopeFactors
{
    /// <summary>Relative: what float32 factors, computed in float32, leave open.</summary>
    const double Tolerance = 1e-4;

    /// <summary>What all models with such factors have; the factors alone do not tell them from the context.</summary>
    const double Low = 1, High = 4;

    /// <exception cref="RoastException">Unsupported: factors that no such rotation has. BadFile: another length, or not positive.</exception>
    public static Rotation Solve(GgufReader reader, GgufTensor tensor, double theta, long headSize, string file)
    {
        if (headSize > DecoderConfig.MaxHeadSize || tensor.Elements != headSize / 2)
            throw new RoastException(RoastError.BadFile, $"{file}: tensor '{tensor.Name}' is {tensor.Describe()}; heads of {headSize} values need {headSize / 2} factors. Fetch the file again.");
        float[] factors = reader.ReadFloat32(tensor);
        if (factors.Any(factor => !(factor >= 0.5f && factor <= 1e6f))) throw Unknown(file, factors);

        var rotation = new Rotation { Theta = theta, Scaling = RotationScaling.Llama3, Factor = factors.Max(), LowFrequencyFactor = Low, HighFrequencyFactor = High, OriginalMaxPositions = 8192 };
        for (int i = 0; i < factors.Length; i++)
        {
            if (factors[i] <= 1 + Tolerance || factors[i] >= rotation.Factor * (1 - Tolerance)) continue;
            // A pair between fast and slow: its share of the plain frequency says how often it turns in the original context.
            double kept = (1 / (double)factors[i] - 1 / rotation.Factor) / (1 - 1 / rotation.Factor);
            double turns = Low + kept * (High - Low), frequency = Math.Pow(theta, -2.0 * i / headSize);
            rotation = rotation with { OriginalMaxPositions = (int)Math.Clamp(Math.Round(turns * 2 * Math.PI / frequency), 1, DecoderConfig.MaxContext) };
            break;
        }
        double[] scaled = rotation.Frequencies((int)headSize);
        for (int i = 0; i < scaled.Length; i++)
            if (!(Math.Abs(Math.Pow(theta, -2.0 * i / headSize) / factors[i] / scaled[i] - 1) <= Tolerance)) throw Unknown(file, factors);
        return rotation;
    }

    static RoastException Unknown(string file, float[] factors) =>
        GgufConfig.Unsupported(file, $"its rotary frequencies have factors of their own ('{GgufNames.RopeFactors}', {factors.Min()} to {factors.Max()})", "the factors of Llama 3.1 and later");
}
