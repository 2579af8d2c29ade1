using Roast.Contrast;

namespace Roast.Cuda;

/// <summary>
/// Contrasts questions: d = mean of the correct rows minus mean of the incorrect ones, in float64, with its size and its vote
/// (DESIGN 2.3 to 2.5). The rules are <see cref="SoftScale"/>'s, its epsilon included.
/// </summary>
public readonly record struct ContrastCall
{
    /// <summary>[N, W] float32 activations, pooled.</summary>
    public required ActivationView Rows { get; init; }

    /// <summary>[Q + 1] question q's correct rows are <see cref="Correct"/>[CorrectAt[q] .. CorrectAt[q + 1]].</summary>
    public required DeviceView<int> CorrectAt { get; init; }

    /// <summary>Numbers of rows.</summary>
    public required DeviceView<int> Correct { get; init; }

    /// <summary>[Q + 1] as <see cref="CorrectAt"/>, for the incorrect rows.</summary>
    public required DeviceView<int> IncorrectAt { get; init; }

    /// <summary>Numbers of rows.</summary>
    public required DeviceView<int> Incorrect { get; init; }

    /// <summary>[Q] what each question's vote weighs.</summary>
    public required DeviceView<double> Weights { get; init; }

    /// <summary>[Q, <see cref="Pitch"/>] overwritten: d; for softmax sign(d)*exp(|d| - max|d|). Begins at a multiple of 16 bytes.</summary>
    public required DeviceView<double> Differences { get; init; }

    /// <summary>[Q] overwritten: what a question's row of <see cref="Differences"/> is multiplied with; 0 where it does not vote.</summary>
    public required DeviceView<double> Votes { get; init; }

    /// <summary>[Q] overwritten: max|d|, |d|, or the sum of the softmax's exponentials, as <see cref="Scaling"/> asks.</summary>
    public required DeviceView<double> Sizes { get; init; }

    /// <summary>[Q] overwritten: a <see cref="ContrastState"/> each.</summary>
    public required DeviceView<int> States { get; init; }

    /// <summary>How a contrast is normalized.</summary>
    public required SoftScaling Scaling { get; init; }

    /// <summary>Values from one row of <see cref="Differences"/> to the next: the width rounded up to 4; the rest is zeros.</summary>
    public static int Pitch(int width) => (width + 3) & ~3;

    internal int Questions => (int)Votes.Length;

    internal void Check()
    {
        ViewSizes.AtLeast(CorrectAt.Length, Votes.Length + 1, nameof(CorrectAt));
        ViewSizes.AtLeast(IncorrectAt.Length, Votes.Length + 1, nameof(IncorrectAt));
        CheckVotes(Votes.Length, Weights, Sizes, States, Differences, Rows.Width, Scaling);
        if (Rows.Type != ElementType.Float32) throw new ArgumentException($"Contrasts are made from float32 rows, these are {Rows.Type}: pool them first.", nameof(Rows));
    }

    /// <summary>What a question's vote needs, whatever its contrast is made from.</summary>
    internal static void CheckVotes(long votes, DeviceView<double> weights, DeviceView<double> sizes, DeviceView<int> states, DeviceView<double> differences, int width, SoftScaling scaling)
    {
        ViewSizes.AtLeast(weights.Length, votes, nameof(Weights));
        ViewSizes.AtLeast(sizes.Length, votes, nameof(Sizes));
        ViewSizes.AtLeast(states.Length, votes, nameof(States));
        ViewSizes.AtLeast(differences.Length, votes * Pitch(width), nameof(Differences));
        ViewSizes.Aligned(differences.Address, nameof(Differences));
        if (!Enum.IsDefined(scaling)) throw new ArgumentOutOfRangeException(nameof(Scaling), scaling, "Not a soft scaling.");
    }
}
