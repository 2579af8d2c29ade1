namespace Roast.Contrast;

/// <summary>Sorts questions into mixed, re-read, known wrong and skipped, and remembers why they were skipped.</summary>
internal sealed class ContrastTally
{
    int _questions, _mixed, _reread, _knownWrong;

    /// <summary>Skipped: every rollout was right, and there is no known wrong answer.</summary>
    public int AllRight { get; private set; }

    /// <summary>Skipped: every rollout was wrong, and no reference answer was read or its weight is 0.</summary>
    public int AllWrong { get; private set; }

    /// <summary>Skipped: not one rollout.</summary>
    public int Empty { get; private set; }

    /// <summary>Counts a question; <c>true</c> where it gives a contrast.</summary>
    public bool Add(QuestionCounts counts, double rereadWeight)
    {
        _questions++;
        if (counts.HasContrast && (counts.Correct > 0 || rereadWeight > 0))
        {
            if (counts.IsMixed) _mixed++;
            else if (counts.Correct > 0) _knownWrong++;
            else _reread++;                                                 // the weight decides the name: known wrong or not
            return true;
        }
        if (counts.Correct > 0) AllRight++;
        else if (counts.Incorrect > 0) AllWrong++;
        else Empty++;
        return false;
    }

    public ContrastCounts ToCounts(int degenerate) => new(_questions, _mixed, _reread, _knownWrong, AllRight + AllWrong + Empty, degenerate);
}
