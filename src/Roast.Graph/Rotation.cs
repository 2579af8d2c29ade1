namespace Roast.Graph;

/// <summary>How positions rotate queries and keys: rotary embedding, arXiv 2104.09864. Every value has been checked.</summary>
public sealed record Rotation
{
    /// <summary>Base of the frequencies: pair i of a head turns by <c>Theta^(-2i / rotated width)</c> radians a position, before scaling.</summary>
    public required double Theta { get; init; }
    /// <summary>How the frequencies are stretched for longer contexts than the model was first trained on.</summary>
    public RotationScaling Scaling { get; init; } = RotationScaling.None;
    /// <summary>Divides the frequencies, all (<see cref="RotationScaling.Linear"/>) or the slow ones (<see cref="RotationScaling.Llama3"/>).</summary>
    public double Factor { get; init; } = 1;
    /// <summary>Llama3: pairs that turn fewer times than this in <see cref="OriginalMaxPositions"/> are slowed by the whole factor.</summary>
    public double LowFrequencyFactor { get; init; } = 1;
    /// <summary>Llama3: pairs that turn more often than this in <see cref="OriginalMaxPositions"/> stay as they are. Above <see cref="LowFrequencyFactor"/>.</summary>
    public double HighFrequencyFactor { get; init; } = 4;
    /// <summary>Llama3: context of the first training, in tokens.</summary>
    public int OriginalMaxPositions { get; init; }
    /// <summary>Share of a head that is rotated, from its first value on; above 0, at most 1.</summary>
    public double Part { get; init; } = 1;

    /// <summary>How many values of a head are rotated.</summary>
    /// <param name="headSize">Width of a head.</param>
    public int RotatedWidth(int headSize) => (int)(headSize * Part);

    /// <summary>Radians per position of each pair, [rotated width / 2].</summary>
    /// <param name="headSize">Width of a head.</param>
    public double[] Frequencies(int headSize)
    {
        int width = RotatedWidth(headSize);
        var frequencies = new double[width / 2];
        for (int i = 0; i < frequencies.Length; i++)
        {
            double plain = Math.Pow(Theta, -2.0 * i / width);
            frequencies[i] = Scaling switch
            {
                RotationScaling.Linear => plain / Factor,
                RotationScaling.Llama3 => Llama3(plain),
                _ => plain,
            };
        }
        return frequencies;
    }

    // Fast pairs stay, slow ones are slowed, those between are mixed by how often they turn in the original context.
    double Llama3(double frequency)
    {
        double turns = OriginalMaxPositions * frequency / (2 * Math.PI);
        double kept = Math.Clamp((turns - LowFrequencyFactor) / (HighFrequencyFactor - LowFrequencyFactor), 0, 1);
        return kept * frequency + (1 - kept) * frequency / Factor;
    }
}

/// <summary>Hugging Face's <c>rope_type</c>, as far as it is known here.</summary>
public enum RotationScaling
{
    /// <summary><c>default</c>: frequencies as they are.</summary>
    None,
    /// <summary><c>linear</c>: all frequencies divided.</summary>
    Linear,
    /// <summary><c>llama3</c>: slow frequencies divided, fast ones kept.</summary>
    Llama3,
}
