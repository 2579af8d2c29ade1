namespace Roast.Tasks;

/// <summary><c>exact</c>: {"prompt", "answer", "id"?, "wrong"?}; the answer must be met to the letter.</summary>
internal sealed class ExactFormat : TaskFormat
{
    internal override string Name => "exact";

    internal override IVerifier Verifier { get; } = new ExactVerifier();

    protected override Question Read(JsonLine line, string fallbackId)
    {
        var question = new Question
        {
            Id = line.OptionalText("id") ?? fallbackId,
            Prompt = line.Text("prompt"),
            Answer = line.Text("answer"),
        };
        // A file may give the same text for both where a wrong rule happens to be right: then no wrong answer is known.
        return line.OptionalText("wrong") is { } wrong && !Verifier.IsCorrect(question, wrong) ? question with { Wrong = wrong } : question;
    }
}
