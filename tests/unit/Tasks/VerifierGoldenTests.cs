using System.Text.Json;
using Roast.Tasks;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Tasks;

public class VerifierGoldenTests
{
    static readonly Dictionary<string, IVerifier> Verifiers = new()
    {
        ["gsm8k"] = RoastTask.Format("gsm8k").Verifier,
        ["math500"] = RoastTask.Format("math500").Verifier,
        ["multiple_choice"] = RoastTask.Format("choice").Verifier,
        ["truthfulqa_mc"] = RoastTask.Format("truthfulqa").Verifier,
        ["boolq"] = RoastTask.Format("boolq").Verifier,
        ["winogrande"] = RoastTask.Format("winogrande").Verifier,
    };

    [Theory]
    [InlineData("gsm8k", 72)]
    [InlineData("math500", 83)]
    [InlineData("multiple_choice", 29)]
    [InlineData("truthfulqa_mc", 9)]
    [InlineData("boolq", 28)]
    [InlineData("winogrande", 8)]
    public void Every_verdict_of_the_reference_is_reached(string task, int expected)
    {
        var wrong = new List<string>();
        int rows = 0;
        foreach (string line in File.ReadLines(Repository.Path("tests", "data", "tasks", "verifiers.jsonl")))
        {
            using var document = JsonDocument.Parse(line);
            var row = document.RootElement;
            if (row.GetProperty("task").GetString() != task) continue;
            rows++;
            var question = new Question { Id = "q", Prompt = "p", Answer = row.GetProperty("reference").GetString()! };
            var verdict = Verifiers[task].Check(question, row.GetProperty("response").GetString()!);
            if (verdict.IsCorrect != row.GetProperty("expected").GetBoolean() || string.IsNullOrWhiteSpace(verdict.Reason)) wrong.Add($"{line} {verdict}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(expected, rows);
    }
}
