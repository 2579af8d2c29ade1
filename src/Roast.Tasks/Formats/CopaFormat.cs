namespace Roast.Tasks;

/// <summary><c>copa</c>: the likelier cause or effect of two, {"premise", "choice1", "choice2", "question", "label"}. XCOPA's files have the same form.</summary>
internal sealed class CopaFormat : TaskFormat
{
    public override string Name => "copa";
    public override string Summary => "A sentence and two others: which is its cause, or its effect?";
    public override string Source => "COPA, Roemmele et al. 2011, said to be BSD 2-clause; XCOPA, Ponti et al. (arXiv 2005.00333), CC BY 4.0";
    public override string Fields => "premise, choice1, choice2, question (cause or effect), label (0 or 1); idx, id may be left out";
    public override IVerifier Verifier { get; } = new ChoiceVerifier();
    public override PromptTemplate Template { get; } = new(Choices.Template);
    public override string Sample => """{"premise": "The street was wet.", "choice1": "It had rained.", "choice2": "It was a Monday.", "question": "cause", "label": 0}""";

    protected override Question Read(TaskRow row, string fallbackId)
    {
        (string premise, string kind) = (row.Text("premise"), row.Text("question"));
        string asked = kind switch
        {
            "cause" => "What was the cause of this?",
            "effect" => "What happened as a result?",
            _ => throw row.Bad($"field 'question' is '{TaskRow.Shorten(kind)}'; cause or effect was expected", "Correct it"),
        };
        return Choices.Question(row, row.OptionalText("id") ?? fallbackId, $"{premise} {asked}", [row.Text("choice1"), row.Text("choice2")], row.Index("label", 2), new Dictionary<string, string> { ["premise"] = premise, ["kind"] = kind });
    }
}
