using Roast.Tasks;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Tasks;

public class Gsm8kTests
{
    [Theory]
    [InlineData("test.jsonl", 1319)]
    [InlineData("train.jsonl", 7473)]
    public void Every_published_solution_is_right_by_its_own_verifier(string file, int expected)
    {
        var task = RoastTask.Load("gsm8k", SharedData.Require("tasks", "gsm8k", file));
        Assert.Equal(expected, task.Questions.Count);
        Assert.All(task.Questions, question => Assert.True(task.Verifier.IsCorrect(question, question.Reference), question.Id));
        Assert.All(task.Questions, question => Assert.DoesNotContain("<<", question.Reference));
        Assert.All(task.Questions, question => Assert.False(task.Verifier.IsCorrect(question, "I cannot tell."), question.Id));
    }

    [Fact]
    public void A_question_is_asked_with_the_instruction_that_the_verifier_relies_on()
    {
        var task = RoastTask.Load("gsm8k", Repository.Path("tests", "data", "tasks", "gsm8k.jsonl"));
        Assert.Equal(12, task.Questions.Count);
        var first = task.Questions[0];
        Assert.Equal("18", first.Answer);
        Assert.Equal("gsm8k-1", first.Id);
        Assert.StartsWith("Janet’s ducks", first.Text);
        Assert.Equal(first.Text + "\n\n" + Gsm8kPrompt.Instruction, first.Prompt);
        Assert.EndsWith("#### 18", first.Reference);
        Assert.DoesNotContain("<<", first.Reference);
    }

    [Theory]
    [InlineData("-$5", "-5")]
    [InlineData("$-5", "-5")]
    [InlineData("10-4", "4")]                               // a difference, so the last number is 4
    [InlineData("007.500", "7.5")]
    [InlineData("1,2", "2")]                                // no thousands mark
    [InlineData("-0", "0")]
    [InlineData(".5", "0.5")]
    [InlineData("#### 1/4", "0.25")]
    [InlineData("\\boxed{\\frac{10}{4}}", "2.5")]
    [InlineData("so 2/6", "1/3")]
    [InlineData("1/0", "1/0")]                              // no number, and no crash
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    public void Numbers_are_read_in_one_spelling(string response, string expected) => Assert.Equal(expected, Gsm8kVerifier.Result(response));

    [Fact]
    public void A_solution_without_its_number_is_an_error_that_names_the_line()
    {
        using var file = new TemporaryFile("{\"question\": \"q\", \"answer\": \"about ten\"}\n");
        var e = Assert.Throws<RoastException>(() => RoastTask.Load("gsm8k", file.Path));
        Assert.Equal(RoastError.BadTask, e.Kind);
        Assert.Contains("line 1: field 'answer' ends with 'about ten'", e.Message);
    }
}
