namespace Roast.Tasks;

/// <summary>
/// Right is what equals the answer once both are normalised: compatibility characters composed, lower case, one space for a run of
/// white space, no sentence marks at the ends. With <see cref="MayContain"/> a longer response that has the answer in it is
/// right too, with no letter or digit beside it; an answer of at most two characters must then be one of the response's words,
/// so that "5" is not found in "15" or "no" in "nothing".
/// </summary>
public sealed class NormalizedVerifier : IVerifier
{
    /// <summary>Longest answer, in characters, that must be a word by itself.</summary>
    public const int ShortAnswer = 2;

    /// <summary>Whether the response may have more in it than the answer; by default not.</summary>
    public bool MayContain { get; init; }

    /// <inheritdoc/>
    public Verdict Check(Question question, string response)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(response);
        (string expected, string actual) = (PlainText.Normalize(question.Answer), PlainText.Normalize(response));
        if (actual == expected) return Verdict.Right("the response is the answer, letter case and marks at the ends aside");
        if (!MayContain) return Verdict.Wrong($"the response is {Verdict.Shown(actual)}; {Verdict.Shown(expected)} and nothing else was expected");
        bool contains = expected.Length <= ShortAnswer ? actual.Split(' ').Select(PlainText.Normalize).Contains(expected) : PlainText.IndexOfWord(actual, expected) >= 0;
        return new(contains, contains ? $"{Verdict.Shown(expected)} is in the response" : $"{Verdict.Shown(expected)} is not in the response {Verdict.Shown(actual)}");
    }
}
