using System.Text;
using Roast.Tasks;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Tasks;

/// <summary>The table of docs/tasks.md is what the tasks say of themselves. ROAST_UPDATE_DOCS=1 writes it.</summary>
public class TaskDocumentTests
{
    const string Update = "ROAST_UPDATE_DOCS", Begin = "<!-- tasks -->\n", End = "<!-- /tasks -->";

    [Fact]
    public void The_document_lists_every_task_as_it_is()
    {
        string path = Repository.Path("docs", "tasks.md"), text = File.ReadAllText(path).ReplaceLineEndings("\n");
        int start = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, end = text.IndexOf(End, StringComparison.Ordinal);
        var table = new StringBuilder("| task | asks | source, licence | fields of a row | prompt | verifier |\n|---|---|---|---|---|---|\n");
        foreach (var format in RoastTask.Known.Select(RoastTask.Format))
            table.Append($"| `{format.Name}` | {format.Summary} | {(format.Source.Length > 0 ? format.Source : "your own")} | {format.Fields} | `{format.Template.Source.Replace("\n", "\\n")}` | {format.VerifierName} |\n");
        string expected = text[..start] + table + text[end..];
        if (Environment.GetEnvironmentVariable(Update) == "1") File.WriteAllText(path, text = expected);
        Assert.True(expected == text, $"docs/tasks.md differs from the tasks. Run the tests with {Update}=1, read the difference, commit it.");
    }
}
