namespace Roast.Cuda;

/// <summary>Adds the votes of contrasted questions to sums, and gives the mean so far (DESIGN 2.6): any number of batches is one vector.</summary>
public readonly record struct ContrastMeanCall
{
    /// <summary>[Q, pitch] as <see cref="ContrastCall.Differences"/>.</summary>
    public required DeviceView<double> Differences { get; init; }

    /// <summary>[Q] as <see cref="ContrastCall.Votes"/>.</summary>
    public required DeviceView<double> Votes { get; init; }

    /// <summary>[W] the sums so far; zeros before the first batch.</summary>
    public required DeviceView<double> Sums { get; init; }

    /// <summary>[W] overwritten: sums / <see cref="TotalWeight"/>; zeros where that is 0.</summary>
    public required DeviceView<float> Mean { get; init; }

    /// <summary>The weights of all questions so far, degenerate ones included.</summary>
    public required double TotalWeight { get; init; }

    internal int Width => checked((int)Mean.Length);

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Mean.Length, 1, nameof(Mean));
        ViewSizes.AtLeast(Sums.Length, Mean.Length, nameof(Sums));
        ViewSizes.AtLeast(Differences.Length, Votes.Length * ContrastCall.Pitch(Width), nameof(Differences));
        ViewSizes.Aligned(Differences.Address, nameof(Differences));
        if (!(TotalWeight >= 0)) throw new ArgumentOutOfRangeException(nameof(TotalWeight), TotalWeight, "Weights add up to zero or more.");
    }
}
