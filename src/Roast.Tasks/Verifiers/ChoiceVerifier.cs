namespace Roast.Tasks;

/// <summary>
/// Right is the answer's letter where a response states one: in its last <c>\boxed{}</c>, else after its last "answer is" or
/// "answer:", else at its beginning, else where it is the only letter that stands alone. A capital A or I before a small word is
/// an article or a pronoun. Where no letter is stated, the text of one choice, and nothing else, counts as its letter.
/// </summary>
public sealed class ChoiceVerifier : IVerifier
{
    /// <inheritdoc/>
    public Verdict Check(Question question, string response)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(response);
        string answer = question.Answer.Trim();
        if (answer.Length != 1 || !char.IsAsciiLetter(answer[0])) return Verdict.Wrong($"the reference answer {Verdict.Shown(question.Answer)} is no letter");
        char expected = char.ToUpperInvariant(answer[0]);
        int count = question.Choices.Count > 0 ? question.Choices.Count : Letters.Most;
        var (found, where) = ChoiceLetter.Find(response, count);
        if (found is null && ByText(question, response) is { } text) (found, where) = (text, "the response is the text of choice");
        return found is null
            ? Verdict.Wrong($"{where}; {expected} was expected")
            : new(found == expected, found == expected ? $"{where} {found}" : $"{where} {found}; {expected} was expected");
    }

    static char? ByText(Question question, string response)
    {
        string text = PlainText.Normalize(Stated.LastBox(response) ?? Stated.AfterSign(response) ?? response);
        if (text.Length == 0) return null;                  // a choice may be all marks, such as '.'
        int[] same = [.. Enumerable.Range(0, question.Choices.Count).Where(i => PlainText.Normalize(question.Choices[i]) == text)];
        return same.Length == 1 ? Letters.Of(same[0]) : null;
    }
}
