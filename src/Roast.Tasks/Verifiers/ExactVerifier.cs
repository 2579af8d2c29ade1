namespace Roast.Tasks;

/// <summary>Right is what equals the answer, white space at both ends aside.</summary>
public sealed class ExactVerifier : IVerifier
{
    /// <inheritdoc/>
    public bool IsCorrect(Question question, string response)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(response);
        return response.AsSpan().Trim().SequenceEqual(question.Answer.AsSpan().Trim());
    }
}
