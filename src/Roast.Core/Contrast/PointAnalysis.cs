using Roast.Statistics;

namespace Roast.Contrast;

/// <summary>Everything that the fit's contrasts say about the vector at one point, in few numbers. Made by <see cref="ContrastAnalysis.OfPoint(ContrastSolution, Point, RolloutActivations?, AnalysisOptions?)"/>.</summary>
/// <param name="Point">Where.</param>
/// <param name="Width">Dimensions.</param>
/// <param name="Norm">Euclidean norm of the vector.</param>
/// <param name="Questions">Questions that gave a contrast.</param>
/// <param name="Degenerate">How many of them voted zeros here.</param>
/// <param name="Consistency">Over dimensions: the share of questions whose contrast has the vector's sign, in [0, 1].</param>
/// <param name="MagnitudePearson">Correlation of |v| and consistency over dimensions; <c>null</c> where one does not vary.</param>
/// <param name="MagnitudeSpearman">The same over ranks.</param>
/// <param name="Magnitudes">Dimensions in groups of like magnitude, smallest first: what the correlation looks like.</param>
/// <param name="Cosines">Over questions: the cosine of a question's contrast to the vector, in [-1, 1].</param>
/// <param name="Energy">Points of the curve of energy kept by the top k, rising; the first k that keep 50, 90 and 99 % are among them. Empty for a zero vector.</param>
/// <param name="Largest">The dimensions of largest magnitude, largest first.</param>
/// <param name="SplitHalf">Agreement of two halves of the questions; <c>null</c> for fewer than two questions.</param>
/// <param name="Separability">Held-out AUC; <c>null</c> where single rollouts were not kept, or for fewer than two questions.</param>
public sealed record PointAnalysis(Point Point, int Width, double Norm, int Questions, int Degenerate, Distribution Consistency, double? MagnitudePearson, double? MagnitudeSpearman,
    IReadOnlyList<MagnitudeGroup> Magnitudes, Distribution Cosines, IReadOnlyList<EnergyShare> Energy, IReadOnlyList<Dimension> Largest, SplitHalf? SplitHalf, Separability? Separability);

/// <summary>Dimensions of like magnitude.</summary>
/// <param name="Dimensions">How many.</param>
/// <param name="MeanMagnitude">Mean |v| as a share of the largest |v|.</param>
/// <param name="MeanConsistency">Their mean sign consistency.</param>
public sealed record MagnitudeGroup(int Dimensions, double MeanMagnitude, double MeanConsistency);

/// <summary>A point of the energy curve.</summary>
/// <param name="Dimensions">k.</param>
/// <param name="Share">The share of |v|^2 in the k largest magnitudes.</param>
public sealed record EnergyShare(int Dimensions, double Share);

/// <summary>One dimension of a vector.</summary>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Value">Its value.</param>
/// <param name="Consistency">The share of questions whose contrast has its sign.</param>
public sealed record Dimension(int Index, double Value, double Consistency);

/// <summary>How thoroughly a point is analysed. Immutable; vary it using <c>with</c>.</summary>
public sealed record AnalysisOptions
{
    /// <summary>Bootstrap resamples of each interval; 1,000 are steady to about 0.01.</summary>
    public int Resamples { get; init { ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Resamples)); field = value; } } = 1000;

    /// <summary>Groups of questions for held-out scores.</summary>
    public int Folds { get; init { ArgumentOutOfRangeException.ThrowIfLessThan(value, 2, nameof(Folds)); field = value; } } = 5;

    /// <summary>Key of the random numbers.</summary>
    public ulong Seed { get; init; } = 42;
}
