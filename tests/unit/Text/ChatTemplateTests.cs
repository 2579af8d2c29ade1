using Roast.Text;
using Roast.Text.Templates;
using Xunit;

namespace Roast.Tests.Unit.Text;

public class ChatTemplateTests
{
    static readonly ChatMessage[] Two = [new("user", " hi "), new("assistant", "yes")];

    [Theory]
    [InlineData("{% for m in messages %}{{ loop.index0 }}{{ m.role }}{% if not loop.last %},{% endif %}{% endfor %}", "0user,1assistant")]
    [InlineData("{{ messages[-1]['content'] | trim ~ (messages[0].content | trim) }}", "yeshi")]
    [InlineData("{% set x = messages | length %}{% if x > 1 and 'user' in messages[0].role %}{{ x - 1 }}{% elif x %}b{% else %}c{% endif %}", "1")]
    [InlineData("{{ bos_token }}{{ unknown }}{% if tools is none and unknown is not defined %}ok{% endif %}", "<s>ok")]
    [InlineData("{% set x = 1 %}{% for m in messages %}{% set x = 2 %}{% endfor %}{{ x }}", "1")]
    [InlineData("  {%- if true %}\n  a\n  {% endif %}\n b", "  a\n b")]
    [InlineData("{% for m in [] %}a{% else %}none{% endfor %}", "none")]
    [InlineData("{{ -7 // 2 }} {{ -7 % 2 }} {{ 1 < 2 < 3 }}", "-4 1 True")]
    public void Templates_mean_what_they_mean_in_jinja(string source, string expected) =>
        Assert.Equal(expected, ChatTemplate.Parse(source, bos: "<s>").Render(Two));

    [Theory]
    [InlineData("a\nb {% macro f() %}{% endmacro %}", "line 2: the chat template uses the block 'macro'")]
    [InlineData("{{ x | upper }}", "the filter 'upper'")]
    [InlineData("{{ x | trim('a') }}", "the filter 'trim' with arguments")]
    [InlineData("{{ x is divisibleby }}", "the test 'divisibleby'")]
    [InlineData("{{ x.strip() }}", "the method 'strip'")]
    [InlineData("{{ namespace(a=1) }}", "the function 'namespace'")]
    [InlineData("{{ x[1:] }}", "a slice")]
    [InlineData("{{ loop.cycle }}", "'loop.cycle'")]
    [InlineData("{{ 1.5 }}", "a number with a fraction")]
    [InlineData("{% for a, b in x %}{% endfor %}", "a loop over several variables")]
    [InlineData("{% for a in x if a %}{% endfor %}", "a loop with a condition")]
    [InlineData("{% set a.b = 1 %}", "an assignment to a member (namespace)")]
    [InlineData("{% set a %}b{% endset %}", "a block assignment")]
    [InlineData("{% if x %}", "a block without its end")]
    [InlineData("{{ x", "a tag without its end '}}'")]
    [InlineData("{{ 'x }}", "a string without its end")]
    [InlineData("{# x", "a comment without an end")]
    [InlineData("{% endif %}", "'endif' without its beginning")]
    [InlineData("{{ ** }}", "'**' where a value was expected")]
    public void What_is_not_known_is_refused_when_the_template_is_read_with_its_line(string source, string expected)
    {
        var e = Assert.Throws<RoastException>(() => ChatTemplate.Parse(source, "t"));
        Assert.Equal(RoastError.Unsupported, e.Kind);
        Assert.Contains(expected, e.Message);
        Assert.Contains("line ", e.Message);
    }

    [Theory]
    [InlineData("{{ raise_exception('only users') }}", "only users")]
    [InlineData("{{ messages }}", "it prints a list")]
    [InlineData("{{ 'a' + 1 }}", "'+' stands between a string and a number")]
    [InlineData("{{ messages[9].role }}", "'element 9' is not defined")]
    [InlineData("{{ 1 // 0 }}", "divides by zero")]
    [InlineData("{{ messages[0].items }}", "the member 'items' of a mapping")]
    public void What_cannot_be_rendered_is_an_error_and_never_a_guess(string source, string expected)
    {
        var e = Assert.Throws<RoastException>(() => ChatTemplate.Parse(source).Render(Two));
        Assert.Equal(RoastError.Unsupported, e.Kind);
        Assert.Contains(expected, e.Message);
    }

    [Fact]
    public void Deep_nesting_long_tags_and_endless_work_are_refused()
    {
        string deep = string.Concat(Enumerable.Repeat("{% if true %}", TokenReader.MaxDepth + 1));
        Assert.Contains("levels of nesting", Assert.Throws<RoastException>(() => ChatTemplate.Parse(deep)).Message);
        string brackets = "{{ " + new string('(', 200) + "1" + new string(')', 200) + " }}";
        Assert.Contains("levels of nesting", Assert.Throws<RoastException>(() => ChatTemplate.Parse(brackets)).Message);
        string wide = "{{ 1" + string.Concat(Enumerable.Repeat("+1", Lexer.MaxWords)) + " }}";
        Assert.Contains("words", Assert.Throws<RoastException>(() => ChatTemplate.Parse(wide)).Message);
        string doubling = "{% set s = 'x' %}" + string.Concat(Enumerable.Repeat("{% set s = s ~ s %}", 60));
        Assert.Contains("grows beyond", Assert.Throws<RoastException>(() => ChatTemplate.Parse(doubling).Render(Two)).Message);
        string loops = string.Concat(Enumerable.Repeat("{% for a in messages %}", 30)) + "x" + string.Concat(Enumerable.Repeat("{% endfor %}", 30));
        Assert.Contains("come to an end", Assert.Throws<RoastException>(() => ChatTemplate.Parse(loops).Render(Two)).Message);
    }

    [Fact]
    public void Foreign_parts_are_kept_through_joining_and_trimming()
    {
        var text = new StringValue("<").Append(StringValue.FromOutside(" a ")).Append(StringValue.FromOutside("b")).Append(new StringValue("> "));
        Assert.Equal("< a b> ", text.Text);
        Assert.Equal([new Segment(1, 5)], text.Foreign);
        var inner = StringValue.FromOutside(" a ").Append(new StringValue("x ")).Trim();
        Assert.Equal("a x", inner.Text);
        Assert.Equal([new Segment(0, 2)], inner.Foreign);
        Assert.Empty(StringValue.FromOutside("  ").Trim().Foreign);
    }

    [Fact]
    public void A_template_is_found_in_either_file_and_the_jinja_file_counts_more()
    {
        using var none = new ModelFolder(("tokenizer_config.json", "{}"));
        Assert.Null(ChatTemplate.Load(none.Path));
        using var member = new ModelFolder(("tokenizer_config.json", "{\"chat_template\": \"member\"}"));
        Assert.Equal("member", ChatTemplate.Load(member.Path)!.Render([]));
        using var both = new ModelFolder(("tokenizer_config.json", "{\"chat_template\": \"member\", \"eos_token\": \"</s>\"}"), ("chat_template.jinja", "file{{ eos_token }}"));
        Assert.Equal("file</s>", ChatTemplate.Load(both.Path)!.Render([]));
        using var named = new ModelFolder(("tokenizer_config.json", "{\"chat_template\": [{\"name\": \"rag\", \"template\": \"x\"}]}"));
        Assert.Contains("'default'", Assert.Throws<RoastException>(() => ChatTemplate.Load(named.Path)).Message);
    }
}
