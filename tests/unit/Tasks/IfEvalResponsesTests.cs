using System.Text.Json;
using Roast.Tasks;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Tasks;

/// <summary>The example responses that come with IFEval. The data has no verdicts; these counts are what this implementation finds, and docs/tasks.md shows them.</summary>
public class IfEvalResponsesTests
{
    [Theory]
    [InlineData("ifeval", 274, 515)]
    [InlineData("ifeval_loose", 299, 550)]
    public void The_example_responses_are_scored_as_recorded(string name, int expectedPrompts, int expectedInstructions)
    {
        // Line by line: the prompt of key 2785 was reworded after the responses were made ("at least 3 placeholders", once "at least one").
        var lines = File.ReadLines(SharedData.Require("tasks", "ifeval", "example_en_responses.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        var task = RoastTask.Load(name, SharedData.Require("tasks", "ifeval", "input_data.jsonl"));
        Assert.Equal(["2785"], task.Questions.Where((question, i) => lines[i].GetProperty("prompt").GetString() != question.Prompt).Select(question => question.Id));
        string[] responses = [.. lines.Select(line => line.GetProperty("response").GetString()!)];
        (int prompts, int followed, int instructions) = (0, 0, 0);
        var kinds = new SortedDictionary<string, (int Followed, int Total)>();
        foreach (var (question, response) in task.Questions.Zip(responses))
        {
            var faults = ((IfEvalVerifier)task.Verifier).Faults(question, response);
            if (faults.All(fault => fault.Fault is null)) prompts++;
            Assert.Equal(faults.All(fault => fault.Fault is null), task.Verifier.IsCorrect(question, response));
            followed += faults.Count(fault => fault.Fault is null);
            instructions += faults.Count;
            foreach (var (id, fault) in faults) kinds[id] = (kinds.GetValueOrDefault(id).Followed + (fault is null ? 1 : 0), kinds.GetValueOrDefault(id).Total + 1);
        }
        string counts = string.Join('\n', kinds.Select(kind => $"{kind.Key} {kind.Value.Followed} of {kind.Value.Total}"));
        Assert.True((541, 834, 25) == (responses.Length, instructions, kinds.Count), counts);
        Assert.True((expectedPrompts, expectedInstructions) == (prompts, followed), $"{prompts} prompts, {followed} instructions\n{counts}");
    }
}
