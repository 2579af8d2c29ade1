namespace Roast.Contrast;

/// <summary>The activations of single rollouts, for analyses that need more than sums. A fit keeps them only where it is asked to.</summary>
public sealed class RolloutActivations
{
    /// <summary>Most bytes of activations that are kept; more is refused before the first is stored.</summary>
    public const long MaxBytes = 4L << 30;

    readonly List<(string Question, bool IsCorrect, float[] Activations)> _rows;

    /// <summary>Room for rollouts.</summary>
    /// <param name="layout">How each rollout's activations lie in their buffer.</param>
    /// <param name="rollouts">How many will come, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rollouts"/> is negative.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.TooLarge"/>: they would take more than <see cref="MaxBytes"/>.</exception>
    public RolloutActivations(ActivationLayout layout, int rollouts)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentOutOfRangeException.ThrowIfNegative(rollouts);
        long bytes = (long)rollouts * layout.TotalWidth * sizeof(float);
        if (bytes > MaxBytes)
            throw new RoastException(RoastError.TooLarge, $"The activations of {rollouts:N0} rollouts at {layout.Points.Count} points take {bytes:N0} bytes; at most {MaxBytes:N0} are kept for an analysis. Analyse fewer points, rollouts or questions.");
        (Layout, _rows) = (layout, new(rollouts));
    }

    /// <summary>How each rollout's activations lie in their buffer.</summary>
    public ActivationLayout Layout { get; }

    /// <summary>Rollouts that are kept.</summary>
    public int Count => _rows.Count;

    /// <summary>Keeps one rollout. The array is not copied: it must not change any more.</summary>
    /// <param name="question">Names the question, as in <see cref="ContrastStatistics"/>.</param>
    /// <param name="correct">The verifier's verdict.</param>
    /// <param name="activations">[TotalWidth] finite.</param>
    /// <exception cref="ArgumentException">Another length than <see cref="ActivationLayout.TotalWidth"/>.</exception>
    public void Add(string question, bool correct, float[] activations)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(activations);
        Kernels.WidthMismatch.ThrowIfDifferent(Layout.TotalWidth, activations.Length, nameof(activations));
        _rows.Add((question, correct, activations));
    }

    internal IReadOnlyList<(string Question, bool IsCorrect, float[] Activations)> Rows => _rows;
}
