namespace Roast.Tasks;

/// <summary><c>exact</c>: {"prompt", "answer", "id"?, "wrong"?}; the answer must be met to the letter.</summary>
internal sealed class ExactFormat : TaskFormat
{
    public override string Name => "exact";
    public override string Summary => "Your own questions; the answer must be met to the letter.";
    public override string Fields => "prompt, answer; id, wrong may be left out";
    public override IVerifier Verifier { get; } = new ExactVerifier();
    public override PromptTemplate Template { get; } = new("{text}");
    public override string Sample => """{"id": "q1", "prompt": "457+385=", "answer": "842", "wrong": "732"}""";

    protected override Question Read(TaskRow row, string fallbackId)
    {
        var question = new Question { Id = row.OptionalText("id") ?? fallbackId, Prompt = row.Text("prompt"), Answer = row.Text("answer") };
        // A file may give the same text for both where a wrong rule happens to be right: then no wrong answer is known.
        return row.OptionalText("wrong") is { } wrong && !Verifier.IsCorrect(question, wrong) ? question with { Wrong = wrong } : question;
    }
}
