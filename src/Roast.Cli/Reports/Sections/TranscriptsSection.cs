namespace Roast.Cli.Reports.Sections;

/// <summary>Answers before and after steering.</summary>
internal static class TranscriptsSection
{
    public static void Write(MarkupWriter m, ReportContent x)
    {
        if (x.Transcripts.Length == 0)
        {
            Parts.Absent(m, x.Test is null ? "No test was run." : "Steering changed no answer.");
            return;
        }
        m.Add("p", "The first questions of the test whose answers changed, for better or worse: not picked.");
        using var box = m.In("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", "Answers before and after steering"));
        using var table = m.In("table", ("class", "words transcripts"));
        using (m.In("thead")) using (m.In("tr"))
            foreach (string column in (string[])["question", "right answer", "before", "after"]) m.Add("th", column, ("scope", "col"));
        using var body = m.In("tbody");
        foreach (var answer in x.Transcripts)
            using (m.In("tr"))
            {
                m.Add("th", answer.Prompt, ("scope", "row"));
                m.Add("td", answer.Answer);
                Answer(m, answer.Before, answer.BeforeCorrect);
                Answer(m, answer.After, answer.AfterCorrect);
            }
    }

    static void Answer(MarkupWriter m, string answer, bool isCorrect)
    {
        using var cell = m.In("td");
        m.Add("span", answer, ("class", "answer"));
        m.Add("span", isCorrect ? "right" : "wrong", ("class", isCorrect ? "verdict right" : "verdict wrong"));      // a word, not only a color
    }
}
