namespace Roast.Contrast;

/// <summary>What is known of one question so far.</summary>
/// <param name="Correct">Correct rollouts.</param>
/// <param name="Incorrect">Incorrect rollouts.</param>
/// <param name="References">Teacher-forced reference answers.</param>
/// <param name="KnownWrong">Teacher-forced known wrong answers.</param>
public readonly record struct QuestionCounts(int Correct, int Incorrect, int References, int KnownWrong)
{
    /// <summary>No correct rollout: a reference answer has to stand in, and none has been added yet.</summary>
    public bool NeedsReference => Correct == 0 && References == 0;

    /// <summary>No incorrect rollout: a known wrong answer has to stand in, and none has been added yet.</summary>
    public bool NeedsKnownWrong => Incorrect == 0 && KnownWrong == 0;

    /// <summary>Correct and incorrect rollouts: the contrast is the model's own.</summary>
    public bool IsMixed => Correct > 0 && Incorrect > 0;

    /// <summary>There is a positive and a negative, rollouts or stand-ins.</summary>
    public bool HasContrast => !NeedsReference && !NeedsKnownWrong;
}
