namespace Roast.Tasks;

/// <summary>Right is what equals the answer, white space at both ends aside.</summary>
public sealed class ExactVerifier : IVerifier
{
    /// <inheritdoc/>
    public Verdict Check(Question question, string response)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(response);
        bool isEqual = response.AsSpan().Trim().SequenceEqual(question.Answer.AsSpan().Trim());
        return new(isEqual, isEqual ? "the response is the answer" : $"the response is {Verdict.Shown(response)}; exactly {Verdict.Shown(question.Answer)} was expected");
    }
}
