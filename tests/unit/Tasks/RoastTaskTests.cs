using System.Security.Cryptography;
using System.Text;
using Roast.Tasks;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Tasks;

public class RoastTaskTests
{
    static RoastTask Problems(string part) => RoastTask.Load("exact", Repository.Path("models", "two-annotators", "problems", $"{part}.jsonl"));

    [Fact]
    public void The_default_models_questions_are_read_with_their_wrong_answers()
    {
        var train = Problems("train");
        Assert.Equal(("train-0000", "950+662=", "1612", "1512"), (train.Questions[0].Id, train.Questions[0].Prompt, train.Questions[0].Answer, train.Questions[0].Wrong));
        Assert.Equal("1612", train.Questions[0].Reference);
        Assert.Equal(1000, Problems("test").Questions.Count);
    }

    [Fact]
    public void A_wrong_answer_that_is_right_counts_as_unknown()
    {
        using var file = new TemporaryFile("{\"prompt\": \"455+411=\", \"answer\": \"866\", \"wrong\": \" 866\"}\n");
        Assert.Null(RoastTask.Load("exact", file.Path).Questions[0].Wrong);
    }

    [Fact]
    public void The_default_models_parts_share_no_question() =>
        RoastTask.RequireDisjoint(("train", Problems("train")), ("dev", Problems("dev")), ("test", Problems("test")));

    [Fact]
    public void Parts_that_share_a_question_are_refused_by_name()
    {
        var test = Problems("test");
        Assert.Equal(5, test.Take(5).Overlap(test).Count);
        var e = Assert.Throws<RoastException>(() => RoastTask.RequireDisjoint(("train", Problems("train")), ("dev", test.Take(5)), ("test", test)));
        Assert.Equal(RoastError.Overlap, e.Kind);
        Assert.Contains("dev and test share 5 of 5 questions (test-0000, ", e.Message);
    }

    [Fact]
    public void A_hash_tells_questions_apart_by_text_and_answer_alone()
    {
        var question = new Question { Id = "a", Prompt = "1+1=", Answer = "2" };
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("1+1=\02"))), question.Hash);
        Assert.Equal(question.Hash, (question with { Id = "b", Wrong = "3", Reference = "two" }).Hash);
        Assert.Equal(question.Hash, (question with { Prompt = "Compute: 1+1=", Text = " 1+1=\n" }).Hash);
        Assert.NotEqual(question.Hash, (question with { Answer = "3" }).Hash);
    }

    [Fact]
    public void Other_prompts_change_the_prompt_and_not_the_hash()
    {
        var task = Problems("dev").Take(3);
        var asked = task.WithPrompts(text => $"Compute {text}").WithPrompts(text => $"{text} ?");
        Assert.Equal(task.Questions[0].Prompt + " ?", asked.Questions[0].Prompt);
        Assert.Equal(task.Questions.Select(q => q.Hash), asked.Questions.Select(q => q.Hash));
        Assert.Equal(3, asked.Overlap(Problems("dev")).Count);
    }

    [Fact]
    public void The_first_questions_are_taken_and_never_none()
    {
        var task = Problems("dev");
        Assert.Equal(task.Questions.Take(2), task.Take(2).Questions);
        Assert.Same(task, task.Take(int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => task.Take(0));
    }

    [Fact]
    public void An_unknown_task_is_refused_with_the_names_of_the_known_ones()
    {
        Assert.Equal(17, RoastTask.Known.Count);
        var e = Assert.Throws<RoastException>(() => RoastTask.Load("gsm9k", "x.jsonl"));
        Assert.Equal(RoastError.BadTask, e.Kind);
        Assert.Contains("exact, choice, gsm8k, math500", e.Message);
    }

    [Fact]
    public void The_exact_verifier_trims_and_does_nothing_else()
    {
        var question = new Question { Id = "q", Prompt = "p", Answer = "42" };
        var verifier = new ExactVerifier();
        Assert.True(verifier.IsCorrect(question, " 42\n"));
        Assert.False(verifier.IsCorrect(question, "42.0"));
        Assert.False(verifier.IsCorrect(question, ""));
    }

    [Fact]
    public void A_task_without_questions_or_with_an_id_twice_cannot_be_made()
    {
        var question = new Question { Id = "q", Prompt = "p", Answer = "42" };
        Assert.Throws<ArgumentException>(() => new RoastTask("t", [], new ExactVerifier()));
        Assert.Throws<ArgumentException>(() => new RoastTask("t", [question, question], new ExactVerifier()));
    }
}
