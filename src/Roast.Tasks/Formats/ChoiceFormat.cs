namespace Roast.Tasks;

/// <summary><c>choice</c>: {"prompt", "choices", "answer", "id"?}; the answer is a letter.</summary>
internal sealed class ChoiceFormat : TaskFormat
{
    public override string Name => "choice";
    public override string Summary => "Your own multiple-choice questions; the answer is a letter.";
    public override string Fields => "prompt, choices (a list), answer (a letter, a number from 0, or a choice's text); id may be left out";
    public override IVerifier Verifier { get; } = new ChoiceVerifier();
    public override PromptTemplate Template { get; } = new(Choices.Template);
    public override string Sample => """{"id": "q1", "prompt": "Which of these is a planet?", "choices": ["Sirius", "Neptune", "Andromeda"], "answer": "B"}""";

    protected override Question Read(TaskRow row, string fallbackId) =>
        Choices.Question(row, row.OptionalText("id") ?? fallbackId, row.Text("prompt"), row.Texts("choices"), Choices.Answer(row, "answer", row.Texts("choices")));
}
