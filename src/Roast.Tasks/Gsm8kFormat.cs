using System.Text.RegularExpressions;

namespace Roast.Tasks;

/// <summary><c>gsm8k</c>: school mathematics (arXiv 2110.14168), {"question", "answer"} with the number after <c>####</c>.</summary>
internal sealed partial class Gsm8kFormat : TaskFormat
{
    internal override string Name => "gsm8k";

    internal override IVerifier Verifier { get; } = new Gsm8kVerifier();

    protected override Question Read(JsonLine line, string fallbackId)
    {
        (string text, string solution) = (line.Text("question"), line.Text("answer"));
        int mark = solution.LastIndexOf(Gsm8kVerifier.Mark, StringComparison.Ordinal);
        string answer = mark < 0 ? "" : solution[(mark + Gsm8kVerifier.Mark.Length)..].Trim();
        if (Numeral.First(answer) is null) throw line.Bad($"field 'answer' ends with '{Ending(solution)}'; '#### ' and a number were expected", "Fetch the data set again, or use the task 'exact'");
        return new Question
        {
            Id = line.OptionalText("id") ?? fallbackId,
            Text = text,
            Prompt = Gsm8kPrompt.For(text),
            Answer = answer,
            Reference = CalculatorNotes().Replace(solution, ""),
        };
    }

    static string Ending(string text) => text.Length > 40 ? "..." + text[^40..] : text;

    /// <summary>The published solutions carry notes for a calculator, <c>&lt;&lt;16-3-4=9&gt;&gt;</c>, that no model writes by itself.</summary>
    [GeneratedRegex("<<[^<>]*>>")] private static partial Regex CalculatorNotes();
}
