namespace Roast.Tasks;

/// <summary><c>boolq</c>: yes or no from a passage (arXiv 1905.10044), {"question", "passage", "answer"}.</summary>
internal sealed class BoolQFormat : TaskFormat
{
    public override string Name => "boolq";
    public override string Summary => "A passage and a question about it; the answer is yes or no.";
    public override string Source => "BoolQ, Clark et al. (arXiv 1905.10044), CC BY-SA 3.0";
    public override string Fields => "question, passage, answer (true or false); id may be left out";
    public override IVerifier Verifier { get; } = LabelVerifier.YesNo;
    public override PromptTemplate Template { get; } = new("{text}\n\nAnswer with yes or no.");
    public override string Sample => """{"question": "can penguins fly", "passage": "Penguins are birds that swim. Their wings have become flippers, and none of their species can fly.", "answer": "false"}""";

    protected override Question Read(TaskRow row, string fallbackId)
    {
        string answer = row.OptionalScalar("answer") ?? throw row.Missing("answer", "true or false");
        bool isYes = answer.Trim().ToLowerInvariant() switch
        {
            "true" or "yes" or "1" => true,
            "false" or "no" or "0" => false,
            _ => throw row.Bad($"field 'answer' is '{TaskRow.Shorten(answer)}'; true or false was expected", "Correct it"),
        };
        (string asked, string passage) = (row.Text("question").Trim(), row.Text("passage").Trim());
        return new Question
        {
            Id = row.OptionalText("id") ?? fallbackId,
            Prompt = $"{passage}\n\nQuestion: {asked}{(asked.EndsWith('?') ? "" : "?")}",
            Answer = isYes ? "yes" : "no",
            Wrong = isYes ? "no" : "yes",
            Fields = new Dictionary<string, string> { ["question"] = asked, ["passage"] = passage },
        };
    }
}
