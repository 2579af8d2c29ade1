namespace Roast.Tasks;

/// <summary><c>winogrande</c>: which of two fills the blank (arXiv 1907.10641), as published {"sentence", "option1", "option2", "answer"} or as instructions {"instruction", "answer"}.</summary>
internal sealed class WinograndeFormat : TaskFormat
{
    const string Instruction = "Please choose the correct answer to fill in the blank to complete the given sentence: ";

    public override string Name => "winogrande";
    public override string Summary => "A sentence with a blank that one of two options fills.";
    public override string Source => "WinoGrande, Sakaguchi et al. (arXiv 1907.10641), CC BY";
    public override string Fields => "sentence, option1, option2, answer (1 or 2); or instruction, answer (option1 or option2)";
    public override IVerifier Verifier { get; } = new LabelVerifier([["option1"], ["option2"]]);
    public override PromptTemplate Template { get; } = new("{text}");
    public override string Sample => """{"sentence": "The ball did not fit into the box because the _ was too small.", "option1": "ball", "option2": "box", "answer": "2"}""";

    protected override Question Read(TaskRow row, string fallbackId)
    {
        string answer = row.OptionalScalar("answer") ?? throw row.Missing("answer", "option1 or option2");
        int right = answer.Trim().ToLowerInvariant() switch
        {
            "1" or "option1" => 1,
            "2" or "option2" => 2,
            _ => throw row.Bad($"field 'answer' is '{TaskRow.Shorten(answer)}'; option1 or option2 was expected", "Correct it"),
        };
        string text = row.OptionalText("instruction")
            ?? $"{Instruction}{row.Text("sentence")}\n\nOption1: {row.Text("option1")} Option2: {row.Text("option2")} Answer format: option1/option2";
        return new Question
        {
            Id = row.OptionalText("qID") ?? row.OptionalText("id") ?? fallbackId,
            Prompt = text,
            Answer = $"option{right}",
            Reference = $"the correct answer is option{right}",
            Wrong = $"the correct answer is option{3 - right}",
        };
    }
}
