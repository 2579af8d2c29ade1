using System.Text.RegularExpressions;

namespace Roast.Tasks;

/// <summary><c>gsm8k</c>: school mathematics (arXiv 2110.14168), {"question", "answer"} with the number after <c>####</c>.</summary>
internal sealed partial class Gsm8kFormat : TaskFormat
{
    public override string Name => "gsm8k";
    public override string Summary => "School mathematics in words; the answer is a number.";
    public override string Source => "GSM8K, Cobbe et al. (arXiv 2110.14168), MIT";
    public override string Fields => "question, answer (a solution that ends with #### and the number); id may be left out";
    public override IVerifier Verifier { get; } = new Gsm8kVerifier();
    public override PromptTemplate Template { get; } = new("{text}\n\n" + Gsm8kPrompt.Instruction);
    public override string Sample => """{"question": "A baker fills 4 trays with 12 rolls each and sells 30 rolls. How many rolls are left?", "answer": "The trays hold 4*12=<<4*12=48>>48 rolls.\nSo 48-30=<<48-30=18>>18 rolls are left.\n#### 18"}""";

    protected override Question Read(TaskRow row, string fallbackId)
    {
        (string text, string solution) = (row.Text("question"), row.Text("answer"));
        int mark = solution.LastIndexOf(Gsm8kVerifier.Mark, StringComparison.Ordinal);
        string answer = mark < 0 ? "" : solution[(mark + Gsm8kVerifier.Mark.Length)..].Trim();
        if (Numeral.First(answer) is null) throw row.Bad($"field 'answer' ends with '{Ending(solution)}'; '#### ' and a number were expected", "Fetch the data set again, or use the task 'exact'");
        return new Question { Id = row.OptionalText("id") ?? fallbackId, Prompt = text, Answer = answer, Reference = CalculatorNotes().Replace(solution, "") };
    }

    static string Ending(string text) => text.Length > 40 ? "..." + text[^40..] : text;

    /// <summary>The published solutions carry notes for a calculator, <c>&lt;&lt;16-3-4=9&gt;&gt;</c>, that no model writes by itself.</summary>
    [GeneratedRegex("<<[^<>]*>>")] private static partial Regex CalculatorNotes();
}
