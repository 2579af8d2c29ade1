using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Roast.Contrast;

/// <summary>
/// What a set of rollouts says about the contrast of right and wrong answers: float64 sums and counts per question.
/// Statistics of shards merge in any order to the statistics of the whole, also where one question's rollouts are
/// spread over shards. Not thread-safe: one per thread, then <see cref="Merge"/>.
/// </summary>
/// <remarks>
/// k correct and m incorrect rollouts need k + m activations: the mean over all k*m pairs is the difference of the means.
/// Memory: 8 bytes * TotalWidth for each kind of answer that a question has.
/// </remarks>
public sealed partial class ContrastStatistics
{
    readonly Dictionary<string, QuestionSums> _questions = new(StringComparer.Ordinal);
    readonly NormSums _rolloutNorms, _standInNorms;

    /// <summary>Statistics of nothing yet.</summary>
    /// <param name="layout">How the activations given to the Add methods lie in their buffer.</param>
    /// <exception cref="ArgumentException">The layout has no point.</exception>
    public ContrastStatistics(ActivationLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        if (layout.Points.Count == 0) throw new ArgumentException("A contrast needs at least one point.", nameof(layout));
        (Layout, _rolloutNorms, _standInNorms) = (layout, new NormSums(layout), new NormSums(layout));
    }

    /// <summary>Statistics whose sums were made somewhere else: on a device.</summary>
    internal ContrastStatistics(ActivationLayout layout, IEnumerable<(string Question, QuestionSums Sums)> questions, NormSums rolloutNorms, NormSums standInNorms) : this(layout)
    {
        foreach (var (question, sums) in questions) _questions.Add(question, sums);
        (_rolloutNorms, _standInNorms) = (rolloutNorms, standInNorms);
    }

    /// <summary>How activations lie in their buffer.</summary>
    public ActivationLayout Layout { get; }

    /// <summary>All questions that were named, in ordinal order: the same whatever order they came in.</summary>
    public IReadOnlyList<string> Questions => [.. _questions.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Rollouts that were added, over all questions.</summary>
    public long Rollouts => _rolloutNorms.Rows;

    /// <summary>What is known of a question: whether it still needs a reference or a known wrong answer.</summary>
    /// <exception cref="KeyNotFoundException">The question was never named.</exception>
    public QuestionCounts Count(string question) => Sums(question).Counts;

    /// <summary>Names a question, which may get nothing else; it then counts as skipped.</summary>
    public void AddQuestion(string question) => SumsOrNew(question);

    /// <summary>Adds one sampled answer.</summary>
    /// <param name="question">Names the question; the same name in every shard.</param>
    /// <param name="rollout">Names the rollout in messages.</param>
    /// <param name="correct">The verifier's verdict.</param>
    /// <param name="activations">[TotalWidth] the rollout's activation at every point, finite.</param>
    /// <exception cref="ArgumentException">Another length than <see cref="ActivationLayout.TotalWidth"/>.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.NotFinite"/>: NaN or infinity; names question, rollout, point and dimension. Nothing was added.</exception>
    public void AddRollout(string question, string rollout, bool correct, ReadOnlySpan<float> activations)
    {
        Check(question, $"rollout {rollout}", activations);
        SumsOrNew(question).AddRollout(correct, activations);
        _rolloutNorms.Add(activations);
    }

    /// <summary>Adds a teacher-forced reference answer. It stands in as the positive where the question has no correct rollout, with the re-read weight.</summary>
    /// <param name="question">Names the question.</param>
    /// <param name="activations">[TotalWidth] finite.</param>
    /// <exception cref="ArgumentException">Another length than <see cref="ActivationLayout.TotalWidth"/>.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.NotFinite"/>: as for <see cref="AddRollout"/>.</exception>
    public void AddReference(string question, ReadOnlySpan<float> activations)
    {
        Check(question, "the reference answer", activations);
        SumsOrNew(question).AddReference(activations);
        _standInNorms.Add(activations);
    }

    /// <summary>Adds a teacher-forced known wrong answer. It stands in as the negative where the question has no incorrect rollout.</summary>
    /// <inheritdoc cref="AddReference" path="/param|/exception"/>
    public void AddKnownWrong(string question, ReadOnlySpan<float> activations)
    {
        Check(question, "the known wrong answer", activations);
        SumsOrNew(question).AddKnownWrong(activations);
        _standInNorms.Add(activations);
    }

    /// <summary>Adds everything that another shard has seen. The other one stays as it is.</summary>
    /// <exception cref="ArgumentException">Another layout, or these very statistics.</exception>
    public void Merge(ContrastStatistics other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (ReferenceEquals(this, other)) throw new ArgumentException("Merging statistics into themselves would count every rollout twice.", nameof(other));
        if (!Layout.Equals(other.Layout)) throw new ArgumentException($"The shard was made for {other.Layout}, these statistics for {Layout}; only equal layouts merge.", nameof(other));
        foreach (var (question, sums) in other._questions) SumsOrNew(question).Merge(sums);
        _rolloutNorms.Merge(other._rolloutNorms);
        _standInNorms.Merge(other._standInNorms);
    }

    internal QuestionSums Sums(string question) => _questions.TryGetValue(question, out var sums) ? sums
        : throw new KeyNotFoundException($"No question '{question}' was added; there are {_questions.Count} others.");

    QuestionSums SumsOrNew(string question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return CollectionsMarshal.GetValueRefOrAddDefault(_questions, question, out _) ??= new QuestionSums();
    }

    void Check(string question, string answer, ReadOnlySpan<float> activations)
    {
        ArgumentNullException.ThrowIfNull(question);
        Kernels.WidthMismatch.ThrowIfDifferent(Layout.TotalWidth, activations.Length, nameof(activations));
        if (TensorPrimitives.IsFiniteAll(activations)) return;
        int place = 0;
        while (float.IsFinite(activations[place])) place++;
        throw NotFinite(Layout, question, answer, place, activations[place]);
    }

    internal static RoastException NotFinite(ActivationLayout layout, string question, string answer, int place, float value)
    {
        var (point, dimension) = layout.Locate(place);
        return new RoastException(RoastError.NotFinite, $"Question '{question}', {answer}: the activation at {point} has {value} in dimension {dimension}; " +
            "every value must be finite. Run the model in float32, or leave this point out.");
    }
}
