using Roast.Tasks;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Tasks;

/// <summary>Every data set of the shared data: it loads, every question can be asked, and its own answers are right by its own verifier.</summary>
public class PublishedTaskTests
{
    public static TheoryData<string, string, int> Files => new()
    {
        { "gsm8k", "gsm8k/test.jsonl", 1319 },
        { "math500", "math500/math500_test.json", 500 },
        { "mmlu_stem", "mmlu_stem/test.jsonl", 3018 },
        { "truthfulqa", "truthfulqa/mc_task.json", 817 },
        { "truthfulqa_gen", "truthfulqa/TruthfulQA.csv", 817 },
        { "boolq", "boolq/validation.csv", 3270 },
        { "copa", "copa/test.it.jsonl", 500 },
        { "copa", "copa/val.it.jsonl", 100 },
        { "winogrande", "winogrande/winogrande_test.json", 1267 },
        { "ifeval", "ifeval/input_data.jsonl", 541 },
        { "ifeval_loose", "ifeval/input_data.jsonl", 541 },
        { "spider", "spider/dev.json", 1034 },
        { "exact", "one-word/train.jsonl", 50 },
        { "exact", "one-word/dev.jsonl", 40 },
        { "exact", "one-word/test.jsonl", 65 },
    };

    [Theory, MemberData(nameof(Files))]
    public void A_published_file_loads_and_its_answers_are_right_by_its_own_verifier(string name, string file, int expected) =>
        AssertSound(RoastTask.Load(name, SharedData.Require(["tasks", .. file.Split('/')])), expected);

    [Theory]
    [InlineData("gsm8k", "gsm8k.jsonl", 12)]
    [InlineData("math500", "math500.json", 8)]
    [InlineData("mmlu_stem", "mmlu_stem.jsonl", 6)]
    [InlineData("truthfulqa", "truthfulqa.json", 6)]
    [InlineData("truthfulqa_gen", "truthfulqa_gen.csv", 6)]
    [InlineData("copa", "copa.jsonl", 6)]
    [InlineData("winogrande", "winogrande.json", 6)]
    [InlineData("ifeval", "ifeval.jsonl", 12)]
    [InlineData("spider", "spider/dev.json", 2)]
    public void An_excerpt_that_travels_with_the_repository_does_too(string name, string file, int expected) =>
        AssertSound(RoastTask.Load(name, Repository.Path(["tests", "data", "tasks", .. file.Split('/')])), expected);

    static void AssertSound(RoastTask task, int expected)
    {
        Assert.Equal(expected, task.Questions.Count);
        Assert.All(task.Questions, question => Assert.False(string.IsNullOrWhiteSpace(question.Prompt), question.Id));
        var faults = new List<string>();
        foreach (var question in task.Questions)
        {
            if (question.Reference.Length > 0 && task.Verifier.Check(question, question.Reference) is { IsCorrect: false } no) faults.Add($"{question.Id}: '{question.Reference}' is wrong: {no.Reason}");
            if (question.Wrong is { } wrong && task.Verifier.Check(question, wrong) is { IsCorrect: true } yes) faults.Add($"{question.Id}: '{wrong}' is right: {yes.Reason}");
            if (task.Verifier.IsCorrect(question, "")) faults.Add($"{question.Id}: the empty response is right");
        }
        Assert.True(faults.Count == 0, $"{faults.Count} of {expected}:\n{string.Join('\n', faults.Take(40))}");
    }

    [Fact]
    public void The_right_choices_of_truthfulqa_are_spread_over_the_letters()
    {
        var task = RoastTask.Load("truthfulqa", SharedData.Require("tasks", "truthfulqa", "mc_task.json"));
        int first = task.Questions.Count(question => question.Answer == "A");
        Assert.InRange(first, 130, 230);                    // the file has all 817 at A; of 4.9 choices on average a fifth belongs there
        Assert.Equal(task.Questions, RoastTask.Load("truthfulqa", SharedData.Require("tasks", "truthfulqa", "mc_task.json")).Questions);
    }
}
