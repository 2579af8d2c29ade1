using Roast.Statistics;

namespace Roast.Contrast;

/// <summary>How well vectors from two halves of the questions agree.</summary>
/// <param name="Mean">Mean cosine over the resamples.</param>
/// <param name="Interval">Percentile interval of the cosines.</param>
/// <param name="Resamples">How many splits were drawn.</param>
public readonly record struct SplitHalf(double Mean, Interval Interval, int Resamples);
