namespace Roast.Contrast;

/// <summary>Which tokens of a rollout speak for it.</summary>
public enum Pool
{
    /// <summary><c>last</c>: the last token of the sequence, the end token where the model produced one. The default.</summary>
    Last,
    /// <summary><c>last_content</c>: the token before the end token; the last token where there is no end token.</summary>
    LastContent,
    /// <summary><c>mean</c>: the mean over the new tokens, end token included.</summary>
    Mean,
    /// <summary>
    /// <c>mean_content</c>: the mean over the last prompt token and the new tokens, end token left out. These are the positions that
    /// scope <c>last</c> steers and that still decide about a token of the answer.
    /// </summary>
    MeanContent,
}
