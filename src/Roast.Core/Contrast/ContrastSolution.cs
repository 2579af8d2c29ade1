namespace Roast.Contrast;

/// <summary>Each question's contrast and what they agree on. Immutable; made by <see cref="ContrastStatistics.Solve"/>.</summary>
public sealed class ContrastSolution
{
    readonly (string Question, double Weight)[] _used;
    readonly Lazy<double[][]> _contrasts;                                   // [used] [TotalWidth]: they may lie on a device until somebody looks
    readonly double[] _vector;                                              // [TotalWidth]
    readonly ContrastTally _tally;

    internal ContrastSolution(ActivationLayout layout, SoftScaling scaling, ContrastTally tally, (string, double)[] used, Lazy<double[][]> contrasts,
        double[] vector, int[] degenerate, IReadOnlyDictionary<Point, float> meanNorms)
    {
        (Layout, Scaling, MeanNorms, _tally, _used, _contrasts, _vector) = (layout, scaling, meanNorms, tally, used, contrasts, vector);
        DegenerateByPoint = layout.Points.Select((point, i) => KeyValuePair.Create(point, degenerate[i])).ToDictionary();
        Counts = tally.ToCounts(degenerate.Sum());
        Used = Array.ConvertAll(_used, x => x.Question);
    }

    /// <summary>The points and their widths.</summary>
    public ActivationLayout Layout { get; }

    /// <summary>How each contrast was normalized before it voted.</summary>
    public SoftScaling Scaling { get; }

    /// <summary>How many questions gave a contrast, and how.</summary>
    public ContrastCounts Counts { get; }

    /// <summary>How many questions' contrasts were too small to be scaled, per point: they voted zeros.</summary>
    public IReadOnlyDictionary<Point, int> DegenerateByPoint { get; }

    /// <summary>r, the mean Euclidean norm of the rollouts' activations at each point; of the teacher-forced answers where there are no rollouts; empty where there are neither.</summary>
    public IReadOnlyDictionary<Point, float> MeanNorms { get; }

    /// <summary>The questions that gave a contrast, in ordinal order.</summary>
    public IReadOnlyList<string> Used { get; }

    /// <summary>[width] the weighted mean over questions of the scaled contrasts at a point.</summary>
    /// <exception cref="KeyNotFoundException">The layout does not have the point.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.NoContrast"/>: no question gave a contrast.</exception>
    public ReadOnlySpan<double> Vector(Point point)
    {
        ThrowIfEmpty();
        return _vector.AsSpan(Layout.Range(point));
    }

    /// <summary>[width] the unscaled contrast d of one question at a point.</summary>
    /// <param name="point">A point of the layout.</param>
    /// <param name="usedIndex">The question's place in <see cref="Used"/>.</param>
    /// <exception cref="KeyNotFoundException">The layout does not have the point.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Not a place in <see cref="Used"/>.</exception>
    public ReadOnlyMemory<double> Contrast(Point point, int usedIndex)
    {
        Entry(usedIndex);
        return _contrasts.Value[usedIndex].AsMemory(Layout.Range(point));
    }

    /// <summary>[width] the contrast of one question at a point as it voted: soft-scaled; zeros where it was degenerate.</summary>
    /// <inheritdoc cref="Contrast" path="/param|/exception"/>
    public double[] ScaledContrast(Point point, int usedIndex)
    {
        double[] scaled = Contrast(point, usedIndex).ToArray();
        SoftScale.Apply(scaled, Scaling);
        return scaled;
    }

    /// <summary>The vote of one question: 1, or the re-read weight where the reference answer stood in.</summary>
    /// <param name="usedIndex">The question's place in <see cref="Used"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a place in <see cref="Used"/>.</exception>
    public double Weight(int usedIndex) => Entry(usedIndex).Weight;

    /// <summary>The vector in float32, with its story.</summary>
    /// <param name="provenance">What the caller knows; method (<c>roast</c> unless it names one), scaling, counts and mean norms are filled in.</param>
    /// <exception cref="RoastException">
    /// <see cref="RoastError.NoContrast"/>: no question gave a contrast; the message says how many were all right and all wrong.
    /// <see cref="RoastError.NotFinite"/>: the mean of unscaled contrasts does not fit into float32.
    /// </exception>
    public SteeringVector ToVector(VectorProvenance? provenance = null)
    {
        ThrowIfEmpty();
        provenance ??= VectorProvenance.Unknown;
        return Layout.ToVector(point => Vector(point).ToArray(), provenance with
        {
            Method = provenance.Method ?? "roast",
            Scaling = Scaling,
            Counts = Counts,
            MeanNorms = MeanNorms,
        });
    }

    (string Question, double Weight) Entry(int usedIndex) => (uint)usedIndex < (uint)_used.Length ? _used[usedIndex]
        : throw new ArgumentOutOfRangeException(nameof(usedIndex), usedIndex, $"{_used.Length} questions gave a contrast.");

    void ThrowIfEmpty()
    {
        if (_used.Length > 0) return;
        throw new RoastException(RoastError.NoContrast, Counts.Questions == 0
            ? "No question was looked at, so there is nothing to contrast. Give the fit at least one question."
            : $"None of {Counts.Questions} questions gave a contrast: {_tally.AllRight} had only correct answers, {_tally.AllWrong} only wrong ones, {_tally.Empty} no answer at all. " +
              "A question needs both kinds: sample more rollouts at a higher temperature, choose easier questions where all are wrong and harder ones where all are right, " +
              "or give reference answers (re-read) and known wrong ones.");
    }
}
