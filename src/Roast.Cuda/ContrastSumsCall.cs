using Roast.Contrast;

namespace Roast.Cuda;

/// <summary>Contrasts questions as <see cref="ContrastCall"/> does, from sums that <see cref="SumsCall"/> made: a sum stands for all rows of its kind.</summary>
public readonly record struct ContrastSumsCall
{
    /// <summary>The first sum's first column of the point; sums are <see cref="Stride"/> apart, so this may begin inside wider rows.</summary>
    public required DeviceView<double> Sums { get; init; }

    /// <summary>Values from one sum to the next; at least <see cref="Width"/>.</summary>
    public required long Stride { get; init; }

    /// <summary>Columns of the point; at least 1.</summary>
    public required int Width { get; init; }

    /// <summary>[Q] which sum a question's correct answers have. Not looked at.</summary>
    public required DeviceView<int> Correct { get; init; }

    /// <summary>[Q] how many rows it adds up; 0: there is none.</summary>
    public required DeviceView<int> CorrectCounts { get; init; }

    /// <summary>[Q] as <see cref="Correct"/>, of the incorrect answers.</summary>
    public required DeviceView<int> Incorrect { get; init; }

    /// <summary>[Q] as <see cref="CorrectCounts"/>.</summary>
    public required DeviceView<int> IncorrectCounts { get; init; }

    /// <inheritdoc cref="ContrastCall.Weights"/>
    public required DeviceView<double> Weights { get; init; }

    /// <inheritdoc cref="ContrastCall.Differences"/>
    public required DeviceView<double> Differences { get; init; }

    /// <inheritdoc cref="ContrastCall.Votes"/>
    public required DeviceView<double> Votes { get; init; }

    /// <inheritdoc cref="ContrastCall.Sizes"/>
    public required DeviceView<double> Sizes { get; init; }

    /// <inheritdoc cref="ContrastCall.States"/>
    public required DeviceView<int> States { get; init; }

    /// <inheritdoc cref="ContrastCall.Scaling"/>
    public required SoftScaling Scaling { get; init; }

    internal int Questions => (int)Votes.Length;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Width, 1, nameof(Width));
        if (Stride < Width) throw new ArgumentException($"A stride of {Stride} is below the width, {Width}: sums would overlap.", nameof(Stride));
        foreach (var (view, name) in (ReadOnlySpan<(DeviceView<int>, string)>)[(Correct, nameof(Correct)), (CorrectCounts, nameof(CorrectCounts)), (Incorrect, nameof(Incorrect)), (IncorrectCounts, nameof(IncorrectCounts))])
            ViewSizes.AtLeast(view.Length, Votes.Length, name);
        ContrastCall.CheckVotes(Votes.Length, Weights, Sizes, States, Differences, Width, Scaling);
    }
}
