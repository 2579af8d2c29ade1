using Roast.Tasks;
using Xunit;

namespace Roast.Tests.Unit.Tasks;

public sealed class TaskDefinitionTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("roast-tasks-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(_folder, name), text);
        return Path.Combine(_folder, name);
    }

    [Fact]
    public void A_json_file_describes_fields_prompt_and_verifier()
    {
        string task = Write("capitals.json", """
            {"name": "capitals", "fields": {"text": "country", "answer": "capital"}, "prompt": "What is the capital of {text} ({continent})? {{one word}}",
             "verifier": {"name": "normalized", "may_contain": true}, "sample": {"country": "Peru", "continent": "America", "capital": "Lima"}}
            """);
        var loaded = RoastTask.Load(task, Write("q.jsonl", """{"country": "Kenya", "continent": "Africa", "capital": "Nairobi", "wrong": "Mombasa"}"""));
        var question = loaded.Questions[0];
        Assert.Equal(("capitals", "What is the capital of Kenya (Africa)? {one word}", "Kenya", "Mombasa"), (loaded.Name, question.Prompt, question.Text, question.Wrong));
        Assert.True(loaded.Verifier.IsCorrect(question, "It is NAIROBI, of course."));
        Assert.False(loaded.Verifier.IsCorrect(question, "Nairobian"));
        Assert.Equal("What is the capital of Peru (America)? {one word}", RoastTask.Format(task).LoadSample().Questions[0].Prompt);
        Assert.Equal("Africa: Kenya", loaded.WithPrompts(new PromptTemplate("{continent}: {text}")).Questions[0].Prompt);
    }

    [Theory]
    [InlineData("exact", "Yes", "yes")]
    [InlineData("normalized", "yes", "no")]
    [InlineData("number", "#### 3", "#### 4")]
    [InlineData("math", "\\\\boxed{3}", "\\\\boxed{4}")]
    [InlineData("yes_no", "yes", "no")]
    [InlineData("reference_list", "yes", "no")]
    public void Every_verifier_can_be_named(string verifier, string right, string wrong)
    {
        string answer = verifier is "number" or "math" ? "3" : verifier == "exact" ? "Yes" : "yes";
        var task = RoastTask.Load(Write("t.json", $$"""{"name": "t", "verifier": "{{verifier}}"}"""), Write("q.jsonl", $$"""{"prompt": "p", "answer": "{{answer}}", "incorrect_answers": "no"}"""));
        Assert.Equal((true, false), (task.Verifier.IsCorrect(task.Questions[0], right.Replace("\\\\", "\\")), task.Verifier.IsCorrect(task.Questions[0], wrong.Replace("\\\\", "\\"))));
    }

    [Fact]
    public void Labels_have_spellings_and_choices_have_letters()
    {
        var labels = RoastTask.Load(Write("t.json", """{"name": "t", "verifier": {"name": "label", "labels": [["good", "fine"], "bad"]}}"""), Write("q.jsonl", """{"prompt": "p", "answer": "good"}"""));
        Assert.True(labels.Verifier.IsCorrect(labels.Questions[0], "It is fine."));
        Assert.False(labels.Verifier.IsCorrect(labels.Questions[0], "bad, though some say fine"));
        var choice = RoastTask.Load(Write("c.json", """{"name": "c", "prompt": "{text}\nOne of {letters}", "verifier": "choice"}"""), Write("c.jsonl", """{"prompt": "p", "choices": ["x", "y", "z"], "answer": "z"}"""));
        Assert.Equal(("p\nA. x\nB. y\nC. z\nOne of A, B or C", "C"), (choice.Questions[0].Prompt, choice.Questions[0].Answer));
        Assert.True(choice.Verifier.IsCorrect(choice.Questions[0], "z"));
    }

    [Theory]
    [InlineData("""[1]""", "holds a JSON array; an object that describes a task was expected")]
    [InlineData("""{"verifier": "exact"}""", "field 'name' is missing")]
    [InlineData("""{"name": "t"}""", "field 'verifier' is missing; one of exact, normalized")]
    [InlineData("""{"name": "t", "verifier": "near"}""", "verifier 'near' is not known; one of exact")]
    [InlineData("""{"name": "t", "verifier": {"name": "exact", "fuzz": 1}}""", "verifier 'exact' has no setting 'fuzz'")]
    [InlineData("""{"name": "t", "verifier": {"name": "label", "labels": ["a"]}}""", "a list of at least two labels")]
    [InlineData("""{"name": "t", "verifier": {"name": "normalized", "may_contain": "x"}}""", "true or false was expected")]
    [InlineData("""{"name": "t", "verifier": "exact", "promt": "x"}""", "field 'promt' is not known")]
    [InlineData("""{"name": "t", "verifier": "exact", "fields": {"texts": "x"}}""", "field 'fields' has 'texts'")]
    [InlineData("""{"name": "t", "verifier": "exact", "prompt": "{text"}""", "is '{' without a partner")]
    [InlineData("""{"name": "t", "verifier": "exact", "prompt": "{hint}"}""", "line 1: the template asks for '{hint}', which question 'q-1' does not have; it has text, prompt, answer")]
    public void What_is_wrong_with_a_description_is_named(string definition, string expected)
    {
        var e = Assert.Throws<RoastException>(() => RoastTask.Load(Write("t.json", definition), Write("q.jsonl", """{"prompt": "p", "answer": "a"}""")));
        Assert.Equal(RoastError.BadTask, e.Kind);
        Assert.Contains(expected, e.Message);
    }

    [Fact]
    public void A_class_of_ones_own_is_a_task_as_well()
    {
        var task = new Backwards().Load(Write("q.jsonl", """{"word": "tide"}"""));
        Assert.Equal("Write backwards: tide", task.Questions[0].Prompt);
        Assert.Equal(new Verdict(true, "the response is the answer"), task.Verifier.Check(task.Questions[0], "edit"));
    }

    sealed class Backwards : TaskFormat
    {
        public override string Name => "backwards";
        public override string Summary => "Words, written backwards.";
        public override string Fields => "word";
        public override IVerifier Verifier { get; } = new ExactVerifier();
        public override PromptTemplate Template { get; } = new("Write backwards: {text}");
        public override string Sample => """{"word": "sea"}""";

        protected override Question Read(TaskRow row, string fallbackId) =>
            new() { Id = fallbackId, Prompt = row.Text("word"), Answer = string.Concat(row.Text("word").Reverse()) };
    }
}
