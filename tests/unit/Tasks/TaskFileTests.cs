using System.Text;
using Roast.Tasks;
using Xunit;

namespace Roast.Tests.Unit.Tasks;

public class TaskFileTests
{
    static IReadOnlyList<Question> Load(string task, string extension, string text)
    {
        using var file = new TemporaryFile("");
        string path = file.Path + extension;
        File.WriteAllText(path, text);
        try { return RoastTask.Load(task, path).Questions; }
        finally { File.Delete(path); }
    }

    static string Refused(string task, string extension, string text)
    {
        var e = Assert.Throws<RoastException>(() => Load(task, extension, text));
        Assert.Equal(RoastError.BadTask, e.Kind);
        return e.Message;
    }

    [Fact]
    public void A_quoted_cell_may_hold_separators_line_ends_and_quotation_marks()
    {
        var question = Assert.Single(Load("boolq", ".csv", "\uFEFFquestion,answer,passage\r\nis it,true,\"One, \"\"two\"\"\nthree\"\r\n\r\n"));
        Assert.Equal("One, \"two\"\nthree\n\nQuestion: is it?", question.Text);
        Assert.Equal(("yes", "no"), (question.Answer, question.Wrong));
        Assert.Equal("is it?", Load("sst2", ".tsv", "sentence\tlabel\nis it?\t1\n")[0].Text);
    }

    [Theory]
    [InlineData("question,answer,passage\na,true\n", "row 1: the row, from line 2 on, has 2 cells; 3 were expected")]
    [InlineData("question,answer,passage\na,true,\"p\n", "the quotation mark that opens a cell in line 2 is never closed")]
    [InlineData("question,answer,passage\na,true,\"p\"x\n", "line 2: after a closing quotation mark stands 'x'")]
    [InlineData("question,answer,answer\na,true,p\n", "the column 'answer' is there 2 times")]
    [InlineData("question,answer,passage\na,,p\n", "row 1: field 'answer' is missing; true or false was expected")]
    [InlineData("question,answer,passage\na,maybe,p\n", "row 1: field 'answer' is 'maybe'; true or false was expected")]
    [InlineData("question,answer,passage\n", "has no questions")]
    [InlineData("", "has no questions")]
    public void What_is_wrong_with_a_csv_is_named_with_its_place(string text, string expected) => Assert.Contains(expected, Refused("boolq", ".csv", text));

    [Theory]
    [InlineData("[{\"prompt\": \"p\", \"answer\": \"a\"}, 7]", "item 2: the item is a JSON number; an object was expected")]
    [InlineData("[{\"prompt\": \"p\",\n \"answer\": }]", "line 2 is not JSON")]
    [InlineData("[{\"prompt\": \"p\"}]", "item 1: field 'answer' is missing")]
    [InlineData("[{\"id\": \"x\", \"prompt\": \"p\", \"answer\": \"a\"}, {\"id\": \"x\", \"prompt\": \"q\", \"answer\": \"a\"}]", "item 2: the id 'x' names a question already, in item 1")]
    public void What_is_wrong_with_a_json_list_is_named_with_its_item(string text, string expected) => Assert.Contains(expected, Refused("exact", ".json", text));

    [Fact]
    public void A_json_file_may_also_hold_json_lines() =>
        Assert.Equal(2, Load("exact", ".json", "{\"prompt\": \"p\", \"answer\": \"a\"}\n{\"prompt\": \"q\", \"answer\": \"a\"}\n").Count);

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused_with_their_line()
    {
        using var file = new TemporaryFile("");
        string path = file.Path + ".csv";
        File.WriteAllBytes(path, [.. Encoding.UTF8.GetBytes("question,answer,passage\na,true,"), 0xC3, 0x28]);
        try { Assert.Contains("line 2: the bytes are not UTF-8", Assert.Throws<RoastException>(() => RoastTask.Load("boolq", path)).Message); }
        finally { File.Delete(path); }
    }

    [Theory]
    [InlineData(".json", "[{\"prompt\": \"")]
    [InlineData(".tsv", "prompt\tanswer\n")]
    [InlineData(".jsonl", "{\"prompt\": \"")]
    public void Invalid_utf8_is_refused_in_every_form_of_text(string extension, string begin)
    {
        string path = Path.Combine(Path.GetTempPath(), $"roast-{Guid.NewGuid():N}{extension}");
        File.WriteAllBytes(path, [.. Encoding.UTF8.GetBytes(begin), 0xC3, 0x28]);
        try { Assert.Contains("the bytes are not UTF-8", Assert.Throws<RoastException>(() => RoastTask.Load("exact", path)).Message); }
        finally { File.Delete(path); }
    }

    [Theory]
    [InlineData("mmlu", """{"question": "p", "choices": ["x", "y"], "answer": "1\u0000"}""")]
    [InlineData("xnli", """{"premise": "p", "hypothesis": "h", "label": "1\u0000"}""")]
    [InlineData("copa", """{"premise": "p", "choice1": "a", "choice2": "b", "question": "cause", "label": "1\u0000"}""")]
    public void A_number_with_a_zero_byte_behind_it_is_no_number(string task, string row) => Assert.Contains("was expected", Refused(task, ".jsonl", row));

    [Fact]
    public void A_row_of_one_cell_more_than_the_limit_is_refused() =>
        Assert.Contains("more than 1,000 cells", Refused("boolq", ".csv", new string(',', CsvRows.MaxColumns)));

    [Theory]
    [InlineData("choice", """{"prompt": "p", "choices": ["x", "y"], "answer": "C"}""", "'C'; a letter from A to B, a number from 0 to 1 or the text of a choice")]
    [InlineData("choice", """{"prompt": "p", "choices": ["B", "A"], "answer": "A"}""", "which is choice B and also the letter of choice A")]
    [InlineData("choice", """{"prompt": "p", "choices": ["x"], "answer": "A"}""", "has 1 choices; 2 to 26 were expected")]
    [InlineData("choice", """{"prompt": "p", "choices": ["x", 2], "answer": "A"}""", "field 'choices' is 2; a list of texts was expected")]
    [InlineData("mmlu", """{"question": "p", "choices": ["x", "y"], "answer": 2}""", "field 'answer' is 2; a number from 0 to 1 was expected")]
    [InlineData("copa", """{"premise": "p", "choice1": "a", "choice2": "b", "question": "why", "label": 0}""", "'why'; cause or effect was expected")]
    [InlineData("truthfulqa", """{"question": "p", "mc1_targets": {"a": 0, "b": 0}}""", "marks 0 choices as true; one was expected")]
    [InlineData("truthfulqa", """{"question": "p", "mc1_targets": {"a": 2, "b": 0}}""", "is 2; 0 or 1 was expected")]
    [InlineData("winogrande", """{"sentence": "p", "option1": "a", "option2": "b", "answer": 3}""", "'3'; option1 or option2 was expected")]
    [InlineData("xnli", """{"premise": "p", "hypothesis": "h", "label": 3}""", "'3'; a number from 0 to 2 or one of entailment, neutral, contradiction")]
    [InlineData("sst5", """{"text": "p", "label": "fine"}""", "'fine'; a number from 0 to 4")]
    [InlineData("spider", """{"db_id": "d", "question": "p", "query": "SELECT FROM"}""", "field 'query' cannot be read as SQL")]
    public void A_field_of_another_kind_is_refused_with_what_was_expected(string task, string row, string expected) => Assert.Contains(expected, Refused(task, ".jsonl", row));

    [Theory]
    [InlineData("mmlu", """{"question": "p", "choices": ["x", "y"], "answer": "B"}""", "B")]
    [InlineData("choice", """{"prompt": "p", "choices": ["x", "y"], "answer": "y"}""", "B")]
    [InlineData("choice", """{"prompt": "p", "choices": ["x", "y"], "answer": 0}""", "A")]
    [InlineData("truthfulqa", """{"question": "p", "mc1_targets": {"choices": ["x", "y"], "labels": [0, 1]}}""", null)]
    [InlineData("winogrande", """{"qID": "7", "sentence": "p _", "option1": "a", "option2": "b", "answer": "1"}""", "option1")]
    [InlineData("xnli", """{"sentence1": "p", "sentence2": "h", "gold_label": "neutral", "language": "sw"}""", "neutral")]
    [InlineData("sst2", """{"text": "p", "label": "Positive"}""", "positive")]
    [InlineData("sst5", """{"text": "p", "label": 0}""", "very negative")]
    [InlineData("boolq", """{"question": "p", "passage": "q", "answer": true}""", "yes")]
    public void Published_forms_of_one_task_are_read_alike(string task, string row, string? answer)
    {
        var question = Assert.Single(Load(task, ".jsonl", row));
        if (answer is not null) Assert.Equal(answer, question.Answer);
        Assert.True(RoastTask.Format(task).Verifier.IsCorrect(question, question.Reference));
        Assert.False(RoastTask.Format(task).Verifier.IsCorrect(question, question.Wrong!));
    }

    [Fact]
    public void Every_task_has_a_sample_that_its_own_verifier_accepts()
    {
        int seen = 0;
        foreach (var task in RoastTask.Known.Select(name => RoastTask.Format(name).LoadSample()))
        {
            var question = Assert.Single(task.Questions);
            Assert.False(string.IsNullOrWhiteSpace(question.Prompt));
            if (question.Reference.Length > 0) Assert.True(task.Verifier.IsCorrect(question, question.Reference), task.Name);
            if (question.Wrong is { } wrong) Assert.False(task.Verifier.IsCorrect(question, wrong), task.Name);
            seen++;
        }
        Assert.Equal(17, seen);
    }
}
