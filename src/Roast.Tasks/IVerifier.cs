namespace Roast.Tasks;

/// <summary>Decides whether an answer is right. Implementations keep no state between calls and may be used from several threads.</summary>
public interface IVerifier
{
    /// <summary>Whether a response answers a question.</summary>
    /// <param name="question">The question; its <see cref="Question.Answer"/> is what counts.</param>
    /// <param name="response">What the model wrote, special tokens left out. Anything, the empty text included.</param>
    bool IsCorrect(Question question, string response);
}
