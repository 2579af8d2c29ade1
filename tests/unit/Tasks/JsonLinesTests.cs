using System.Text;
using Roast.Tasks;
using Xunit;

namespace Roast.Tests.Unit.Tasks;

public class JsonLinesTests
{
    [Theory]
    [InlineData("", "has no questions")]
    [InlineData("\n \r\n", "has no questions")]
    [InlineData("{\"prompt\": \"p\"}", "line 1: field 'answer' is missing; text was expected")]
    [InlineData("\n{\"prompt\": \"p\", \"answer\": 42}", "line 2: field 'answer' is 42; text in quotation marks was expected")]
    [InlineData("{\"prompt\": \" \", \"answer\": \"a\"}", "line 1: field 'prompt' is blank")]
    [InlineData("{\"prompt\": \"p\", \"answer\": \"a\"", "line 1 is not JSON")]
    [InlineData("{\"prompt\": \"p\", \"answer\": \"a\", \"answer\": \"b\"}", "line 1 is not JSON")]
    [InlineData("[1]", "line 1: the line holds a JSON array; an object was expected")]
    [InlineData("{\"prompt\": \"\\ud800\", \"answer\": \"a\"}", "line 1: field 'prompt' holds half a surrogate pair")]
    [InlineData("{\"id\": \"x\", \"prompt\": \"p\", \"answer\": \"a\"}\n\n{\"id\": \"x\", \"prompt\": \"q\", \"answer\": \"a\"}", "line 3: the id 'x' names a question already, in line 1")]
    public void What_is_wrong_is_named_with_its_line_and_field(string text, string expected)
    {
        using var file = new TemporaryFile(text);
        var e = Assert.Throws<RoastException>(() => RoastTask.Load("exact", file.Path));
        Assert.Equal(RoastError.BadTask, e.Kind);
        Assert.Contains(expected, e.Message);
        Assert.Contains(file.Path, e.Message);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        using var file = new TemporaryFile([.. "{\"prompt\": \""u8, 0xC3, 0x28, .. "\", \"answer\": \"a\"}"u8]);
        Assert.Contains("line 1: the bytes are not UTF-8", Assert.Throws<RoastException>(() => RoastTask.Load("exact", file.Path)).Message);
    }

    [Fact]
    public void A_line_one_byte_past_the_limit_is_refused_and_one_at_the_limit_is_read()
    {
        string head = "{\"prompt\": \"", tail = "\", \"answer\": \"a\"}";
        string longest = head + new string('x', JsonLines.MaxLineBytes - head.Length - tail.Length) + tail;
        using var fits = new TemporaryFile(longest);
        Assert.Single(RoastTask.Load("exact", fits.Path).Questions);
        using var tooLong = new TemporaryFile("\n" + head + "x" + longest[head.Length..]);
        Assert.Contains(":2: the line has more than", Assert.Throws<RoastException>(() => RoastTask.Load("exact", tooLong.Path)).Message);
    }

    [Fact]
    public void More_lines_than_the_limit_are_refused()
    {
        using var file = new TemporaryFile(Encoding.UTF8.GetBytes(new string('\n', JsonLines.MaxLines + 1)));
        Assert.Contains($"line {JsonLines.MaxLines + 1}: the file has more than", Assert.Throws<RoastException>(() => RoastTask.Load("exact", file.Path)).Message);
    }

    [Fact]
    public void A_byte_order_mark_and_windows_line_ends_are_accepted()
    {
        using var file = new TemporaryFile("\uFEFF{\"prompt\": \"p\", \"answer\": \"a\"}\r\n{\"prompt\": \"q\", \"answer\": \"b\"}\r\n");
        Assert.Equal(["p", "q"], RoastTask.Load("exact", file.Path).Questions.Select(q => q.Prompt));
    }

    [Fact]
    public void A_missing_file_is_not_found() =>
        Assert.Equal(RoastError.NotFound, Assert.Throws<RoastException>(() => RoastTask.Load("exact", "no/such/file.jsonl")).Kind);
}
