using Roast.Tasks;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Tasks;

public class SpiderTests
{
    const string Gold = "SELECT T1.name, count(*) FROM singer AS T1 JOIN concert AS T2 ON T1.id = T2.singer_id WHERE T1.age > 20 AND T2.year = 2014 GROUP BY T1.name HAVING count(*) > 1 ORDER BY count(*) DESC LIMIT 3";

    static Verdict Check(string gold, string response) => new SpiderVerifier().Check(new Question { Id = "q", Prompt = "p", Answer = gold }, response);

    [Theory]
    [InlineData("select count(*), a.NAME from concert b join singer a on a.id = b.singer_id where b.year = 1999 and a.age > 30 group by a.name having count(*) > 2 order by count(*) desc limit 5")]
    [InlineData("Here is the query:\n```sql\nSELECT singer.name, COUNT(*) FROM singer INNER JOIN concert ON singer.id = concert.singer_id WHERE singer.age > 20 AND concert.year = '2014' GROUP BY singer.name HAVING COUNT(*) > 1 ORDER BY COUNT(*) DESC LIMIT 3;\n```\nIt counts concerts.")]
    [InlineData("SELECT T1.name, count(*) FROM singer AS T1 JOIN concert AS T2 ON T1.id = T2.singer_id WHERE (T1.age > 20 AND T2.year = 2014) GROUP BY T1.name HAVING count(*) > 1 ORDER BY count(*) DESC LIMIT 3; SELECT 1")]
    public void Order_of_clauses_parts_aliases_letter_case_and_values_do_not_count(string response) => Assert.True(Check(Gold, response).IsCorrect, Check(Gold, response).Reason);

    [Theory]
    [InlineData("T1.name, count(*) FROM", "T1.name FROM", "select is")]
    [InlineData("SELECT T1", "SELECT DISTINCT T1", "select is")]
    [InlineData("T1.age > 20", "T1.age >= 20", "where is")]
    [InlineData("20 AND", "20 OR", "where is")]
    [InlineData("GROUP BY T1.name", "GROUP BY T1.id", "group by is")]
    [InlineData("HAVING count(*) > 1 ", "", "having is")]
    [InlineData("DESC", "ASC", "order by is")]
    [InlineData(" LIMIT 3", "", "limit is")]
    [InlineData("LIMIT 3", "LIMIT 3 UNION SELECT 1 FROM singer", "set operator is")]
    [InlineData("concert", "festival", "from is")]
    [InlineData("WHERE", "WHEN", "cannot be read")]
    public void A_changed_component_is_wrong_and_named(string old, string changed, string expected)
    {
        Assert.Contains(old, Gold);
        var verdict = Check(Gold, Gold.Replace(old, changed));
        Assert.False(verdict.IsCorrect);
        Assert.Contains(expected, verdict.Reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("I cannot tell.")]
    public void A_response_without_a_query_is_wrong(string response) => Assert.Contains("has no SELECT", Check(Gold, response).Reason);

    [Fact]
    public void Queries_nested_too_deep_or_too_long_are_refused_without_a_crash()
    {
        Assert.Contains("nested deeper", Check(Gold, "SELECT " + new string('(', 100_00) + "1").Reason);
        Assert.Contains("at most", Check(Gold, "SELECT " + new string('1', SqlLexer.MaxLength)).Reason);
        Assert.Contains("nested deeper", Check(Gold, "SELECT a FROM b WHERE " + string.Concat(Enumerable.Repeat("a IN (SELECT a FROM b WHERE ", 100)) + "1").Reason);
    }

    [Fact]
    public void Every_gold_query_of_the_published_dev_set_is_read_and_few_questions_are_alike()
    {
        var task = RoastTask.Load("spider", SharedData.Require("tasks", "spider", "dev.json"));
        Assert.Contains("singer(singer_id, name, country, song_name, song_release_year, age, is_male)", task.Questions[0].Prompt);
        int changed = 0;
        foreach (var question in task.Questions)
        {
            var other = task.Questions[(changed++ + 517) % task.Questions.Count];
            if (other.Fields[SpiderVerifier.Database] != question.Fields[SpiderVerifier.Database]) Assert.False(task.Verifier.IsCorrect(question, other.Answer), $"{question.Answer}\n{other.Answer}");
            Assert.False(task.Verifier.IsCorrect(question, $"SELECT zzz FROM ({question.Answer})"));
        }
        Assert.Equal(1034, changed);
    }

    [Fact]
    public void The_schema_tells_whose_column_it_is_and_foreign_keys_tie_columns()
    {
        var task = RoastTask.Load("spider", Repository.Path("tests", "data", "tasks", "spider", "dev.json"));
        var question = task.Questions.Single(x => x.Id == "join");
        Assert.True(task.Verifier.IsCorrect(question, "SELECT name FROM author JOIN book ON author.author_id = book.author_id WHERE title = 'x' GROUP BY author.author_id"));
        Assert.True(task.Verifier.IsCorrect(question, "SELECT author.name FROM book JOIN author ON author.author_id = book.author_id WHERE book.title = 'x' GROUP BY book.author_id"));
        Assert.False(task.Verifier.IsCorrect(question, "SELECT title FROM author JOIN book ON author.author_id = book.author_id WHERE title = 'x' GROUP BY author.author_id"));
    }
}
