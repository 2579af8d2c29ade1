namespace Roast.Tasks;

/// <summary><c>mmlu</c> and <c>mmlu_stem</c>: exam questions with four choices (arXiv 2009.03300), {"question", "choices", "answer"}.</summary>
/// <param name="name">The task's name.</param>
/// <param name="subject">The field that names the exam.</param>
internal sealed class MmluFormat(string name, string subject) : TaskFormat
{
    public override string Name => name;
    public override string Summary => name == "mmlu" ? "Exam questions of 57 subjects with four choices." : "The exam questions of MMLU's 18 subjects of science and technology.";
    public override string Source => "MMLU, Hendrycks et al. (arXiv 2009.03300), MIT";
    public override string Fields => $"question, choices (a list), answer (a number from 0, or a letter); {subject}, id may be left out";
    public override IVerifier Verifier { get; } = new ChoiceVerifier();
    public override PromptTemplate Template { get; } = new(Choices.Template);
    public override string Sample => $$"""{"question": "Which unit measures electric resistance?", "{{subject}}": "conceptual_physics", "choices": ["volt", "ampere", "ohm", "watt"], "answer": 2}""";

    protected override Question Read(TaskRow row, string fallbackId)
    {
        var choices = row.Texts("choices");
        var fields = new Dictionary<string, string>();
        if (row.OptionalText(subject) is { } exam) fields["subject"] = exam;
        return Choices.Question(row, row.OptionalText("id") ?? fallbackId, row.Text("question"), choices, Choices.Answer(row, "answer", choices), fields);
    }
}
