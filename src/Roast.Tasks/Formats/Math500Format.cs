namespace Roast.Tasks;

/// <summary><c>math500</c>: 500 problems of MATH (arXiv 2103.03874, chosen in arXiv 2305.20050), {"problem", "solution"?, "answer"}.</summary>
internal sealed class Math500Format : TaskFormat
{
    public override string Name => "math500";
    public override string Summary => "Competition mathematics; the answer is an expression in a box.";
    public override string Source => "MATH, Hendrycks et al. (arXiv 2103.03874), 500 of it by Lightman et al. (arXiv 2305.20050), MIT";
    public override string Fields => "problem, answer; solution, unique_id, subject, level may be left out";
    public override IVerifier Verifier { get; } = new MathVerifier();
    public override PromptTemplate Template { get; } = new("{text}\n\nReason step by step, then give the final answer in \\boxed{{}}.");
    public override string Sample => """{"problem": "What is $\\frac{1}{2}$ of $\\frac{3}{2}$?", "solution": "We multiply: $\\frac{1}{2} \\cdot \\frac{3}{2} = \\boxed{\\frac{3}{4}}$.", "answer": "\\frac{3}{4}", "unique_id": "sample"}""";

    protected override Question Read(TaskRow row, string fallbackId)
    {
        string answer = row.Text("answer");
        var fields = new Dictionary<string, string>();
        foreach (string field in (string[])["subject", "level"])
            if (row.OptionalScalar(field) is { } value) fields[field] = value;
        return new Question
        {
            Id = row.OptionalText("unique_id") ?? row.OptionalText("id") ?? fallbackId,
            Prompt = row.Text("problem"),
            Answer = answer,
            Reference = row.OptionalText("solution") ?? $"\\boxed{{{answer}}}",
            Fields = fields,
        };
    }
}
