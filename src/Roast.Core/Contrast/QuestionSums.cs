using Roast.Kernels;

namespace Roast.Contrast;

/// <summary>The sums of one question. An array appears with the first activation of its kind: many questions have one kind only.</summary>
internal sealed class QuestionSums
{
    double[]? _correct, _incorrect, _reference, _knownWrong;                // [TotalWidth] each

    public QuestionSums() { }

    /// <summary>Sums that were made somewhere else. A question has rollouts of a kind or a stand-in for it, not both.</summary>
    /// <param name="counts">What they are of.</param>
    /// <param name="positive">[TotalWidth] of the correct rollouts, or of the reference answers where there are none; <c>null</c>: of neither.</param>
    /// <param name="negative">[TotalWidth] of the incorrect rollouts, or of the known wrong answers.</param>
    public QuestionSums(QuestionCounts counts, double[]? positive, double[]? negative)
    {
        Counts = counts;
        (_correct, _reference) = counts.Correct > 0 ? (positive, null) : ((double[]?)null, positive);
        (_incorrect, _knownWrong) = counts.Incorrect > 0 ? (negative, null) : ((double[]?)null, negative);
    }

    public QuestionCounts Counts { get; private set; }

    public void AddRollout(bool correct, ReadOnlySpan<float> row)
    {
        Add(ref correct ? ref _correct : ref _incorrect, row);
        Counts = correct ? Counts with { Correct = Counts.Correct + 1 } : Counts with { Incorrect = Counts.Incorrect + 1 };
    }

    public void AddReference(ReadOnlySpan<float> row)
    {
        Add(ref _reference, row);
        Counts = Counts with { References = Counts.References + 1 };
    }

    public void AddKnownWrong(ReadOnlySpan<float> row)
    {
        Add(ref _knownWrong, row);
        Counts = Counts with { KnownWrong = Counts.KnownWrong + 1 };
    }

    public void Merge(QuestionSums other)
    {
        Merge(ref _correct, other._correct);
        Merge(ref _incorrect, other._incorrect);
        Merge(ref _reference, other._reference);
        Merge(ref _knownWrong, other._knownWrong);
        var (a, b) = (Counts, other.Counts);
        Counts = new QuestionCounts(a.Correct + b.Correct, a.Incorrect + b.Incorrect, a.References + b.References, a.KnownWrong + b.KnownWrong);
    }

    /// <summary>The positive's sum and count: the correct rollouts, or the reference answers where there are none.</summary>
    public (double[] Sum, int Count) Positive => Counts.Correct > 0 ? (_correct!, Counts.Correct) : (_reference!, Counts.References);

    /// <summary>The negative's sum and count: the incorrect rollouts, or the known wrong answers where there are none.</summary>
    public (double[] Sum, int Count) Negative => Counts.Incorrect > 0 ? (_incorrect!, Counts.Incorrect) : (_knownWrong!, Counts.KnownWrong);

    /// <summary>d = mean(positive) - mean(negative) over a part of the buffer. Only where <see cref="QuestionCounts.HasContrast"/>.</summary>
    public void WriteContrast(Span<double> destination, Range part)
    {
        var ((positive, k), (negative, m)) = (Positive, Negative);
        Sums.MeanDifference(destination, positive.AsSpan(part), k, negative.AsSpan(part), m);
    }

    static void Add(ref double[]? sum, ReadOnlySpan<float> row) => Sums.Add(sum ??= new double[row.Length], row);

    static void Merge(ref double[]? sum, double[]? other)
    {
        if (other is null) return;
        if (sum is null) sum = [.. other];                                  // a copy: the other shard may go on adding
        else System.Numerics.Tensors.TensorPrimitives.Add(sum, other, sum);
    }
}
