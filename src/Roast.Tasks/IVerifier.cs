namespace Roast.Tasks;

/// <summary>Decides whether an answer is right. Implementations keep no state between calls and may be used from several threads.</summary>
public interface IVerifier
{
    /// <summary>Whether a response answers a question, and why or why not.</summary>
    /// <param name="question">The question; its <see cref="Question.Answer"/> is what counts, with its <see cref="Question.Choices"/> and <see cref="Question.Fields"/> where a task has them.</param>
    /// <param name="response">What the model wrote, special tokens left out. Anything, the empty text included.</param>
    Verdict Check(Question question, string response);
}

/// <summary>The short question to a verifier.</summary>
public static class VerifierExtensions
{
    /// <summary>Whether a response answers a question.</summary>
    public static bool IsCorrect(this IVerifier verifier, Question question, string response)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        return verifier.Check(question, response).IsCorrect;
    }
}
