using System.Text.Json;
using Microsoft.Data.Sqlite;
using Roast.Tasks;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Cli;

public sealed class TasksTests : IDisposable
{
    readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task All_tasks_are_listed_for_people_and_for_programs()
    {
        var (table, json) = ((await Shell.Run("tasks")).Done().Output, (await Shell.Run("tasks", "--json")).Done().Json.GetProperty("tasks"));
        Assert.Equal(RoastTask.Known, json.EnumerateArray().Select(task => task.GetProperty("name").GetString()));
        foreach (string name in RoastTask.Known) Assert.Contains(name, table);
        Assert.Equal("number", json.EnumerateArray().Single(task => task.GetProperty("name").GetString() == "gsm8k").GetProperty("verifier").GetString());
    }

    [Fact]
    public async Task Every_task_shows_a_question_without_its_data()
    {
        foreach (string name in RoastTask.Known)
        {
            var json = (await Shell.Run("tasks", "show", name, "--json")).Done().Json;
            Assert.NotEmpty(json.GetProperty("prompt").GetString()!);
            Assert.Contains(json.GetProperty("prompt").GetString()!, (await Shell.Run("tasks", "show", name)).Done().Output);
        }
    }

    [Fact]
    public async Task The_first_question_of_a_file_is_shown_where_one_is_named()
    {
        var json = (await Shell.Run("tasks", "show", "exact", "--data", Scratch.Problems("dev"), "--json")).Done().Json;
        Assert.Equal((200, "dev-0000"), (json.GetProperty("questions").GetInt32(), json.GetProperty("id").GetString()));
        Assert.Equal(14, (await Shell.Run("tasks", "show", "gsm9k")).Code);
    }

    [Fact]
    public async Task Answers_are_scored_and_explained()
    {
        string data = _scratch.Write("q.jsonl", """{"id": "a", "prompt": "1+1=", "answer": "2"}""", """{"id": "b", "prompt": "2+2=", "answer": "4"}""", """{"id": "c", "prompt": "3+3=", "answer": "6"}""");
        string answers = _scratch.Write("a.jsonl", """{"id": "b", "response": "5"}""", """{"id": "a", "response": " 2"}""");
        string[] args = ["verify", "--task", "exact", "--data", data, "--answers", answers];
        var json = (await Shell.Run([.. args, "--explain", "--json"])).Done().Json;
        Assert.Equal((1, 3, 1), (json.GetProperty("correct").GetInt32(), json.GetProperty("total").GetInt32(), json.GetProperty("unanswered").GetInt32()));
        Assert.Equal(["a", "b", "c"], json.GetProperty("verdicts").EnumerateArray().Select(x => x.GetProperty("id").GetString()));
        Assert.Equal("the response is '5'; exactly '4' was expected", json.GetProperty("verdicts")[1].GetProperty("reason").GetString());
        Assert.Equal(JsonValueKind.Null, (await Shell.Run([.. args, "--json"])).Done().Json.GetProperty("verdicts").ValueKind);
        Assert.Contains("wrong  b: the response is '5'", (await Shell.Run([.. args, "--explain"])).Done().Output);
        Assert.Contains("exact: 1 of 3 right, 33.3 % [6.1, 79.2]; 1 without an answer", (await Shell.Run(args)).Done().Output);
    }

    [Fact]
    public async Task Questions_and_answers_may_be_parquet()
    {
        File.WriteAllBytes(_scratch["q.parquet"], MadeParquet.Of(["""{"id": "a", "prompt": "1+1=", "answer": "2"}""", """{"id": "b", "prompt": "2+2=", "answer": "4"}"""]));
        File.WriteAllBytes(_scratch["a.parquet"], MadeParquet.Of(["""{"id": "b", "response": "4"}""", """{"id": "a", "response": null}"""]));
        var json = (await Shell.Run("verify", "-t", "exact", "--data", _scratch["q.parquet"], "--answers", _scratch["a.parquet"], "--json")).Done().Json;
        Assert.Equal((1, 2, 0), (json.GetProperty("correct").GetInt32(), json.GetProperty("total").GetInt32(), json.GetProperty("unanswered").GetInt32()));
        File.WriteAllBytes(_scratch["q.parquet"], File.ReadAllBytes(_scratch["q.parquet"])[..^1]);
        var cut = await Shell.Run("tasks", "show", "exact", "--data", _scratch["q.parquet"]);
        Assert.Equal((int)RoastError.BadTask, cut.Code);
        Assert.Contains("cannot be read as Parquet", cut.Error);
    }

    [Theory]
    [InlineData("""{"id": "x", "response": "2"}""", "line 1: the id 'x' is no question of task 'exact'")]
    [InlineData("""{"response": "2"}""", "line 1: field 'id' is missing")]
    [InlineData("""{"id": "a", "response": 2}""", "line 1: field 'response' is 2")]
    [InlineData("", "has no answers")]
    public async Task Answers_that_fit_no_question_are_an_error(string line, string expected)
    {
        string data = _scratch.Write("q.jsonl", """{"id": "a", "prompt": "1+1=", "answer": "2"}""");
        var outcome = await Shell.Run("verify", "--task", "exact", "--data", data, "--answers", _scratch.Write("a.jsonl", line));
        Assert.Equal(14, outcome.Code);
        Assert.Contains(expected, outcome.Error);
    }

    [Fact]
    public async Task Queries_are_compared_by_their_results_where_databases_are_given()
    {
        Directory.CreateDirectory(_scratch["db/pets"]);
        using (var connection = new SqliteConnection($"Data Source={_scratch["db/pets/pets.sqlite"]};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE pet (name TEXT, age INT); INSERT INTO pet VALUES ('Ada', 3), ('Bo', 5)";
            command.ExecuteNonQuery();
        }
        string data = _scratch.Write("q.jsonl", [.. "abcd".Select(id => $$"""{"id": "{{id}}", "db_id": "pets", "question": "Which pets are older than 4?", "query": "SELECT name FROM pet WHERE age > 4"}""")]);
        string answers = _scratch.Write("a.jsonl", """{"id": "a", "response": "SELECT max(name) FROM pet"}""", """{"id": "b", "response": "SELECT name FROM pet"}""", """{"id": "c", "response": "SELECT colour FROM pet"}""",
            """{"id": "d", "response": "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x FROM t) SELECT count(*) FROM t"}""");
        string[] args = ["verify", "-t", "spider", "--data", data, "--answers", answers, "--explain", "--json"];
        Assert.Equal(0, (await Shell.Run(args)).Done().Json.GetProperty("correct").GetInt32());
        var verdicts = (await Shell.Run([.. args, "--databases", _scratch["db"]])).Done().Json.GetProperty("verdicts");
        Assert.Equal([true, false, false, false], verdicts.EnumerateArray().Select(x => x.GetProperty("correct").GetBoolean()));
        Assert.Contains("no such column", verdicts[2].GetProperty("reason").GetString());
        Assert.Contains("it runs too long", verdicts[3].GetProperty("reason").GetString());
        Assert.Equal(10, (await Shell.Run([.. args, "--databases", _scratch["nowhere"]])).Code);
        Assert.Equal(2, (await Shell.Run("verify", "-t", "exact", "--data", Scratch.Problems("dev"), "--answers", answers, "--databases", _scratch["db"])).Code);
    }
}
