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
    [InlineData("{% for m in messages recursive %}{{ m.role }}{% if loop.first and loop.depth < 3 %}({{ loop(messages) }}){% endif %}{% endfor %}", "user(user(userassistant)assistant)assistant")]
    [InlineData("{% for m in messages %}{% if loop.index == 1 %}{% continue %}{% endif %}{{ m.content }}{% else %}none{% endfor %}", "yes")]
    [InlineData("{% macro f(a, b='x') %}{{ a }}{{ b }}{{ caller('c') if caller }}{% endmacro %}{% call(v) f(1) %}[{{ v }}]{% endcall %}{{ f(2, b=3) }}", "1x[c]23")]
    [InlineData("{% with a=1, b=2 %}{{ a + b }}{% endwith %}{{ a is defined }}", "3False")]
    [InlineData("{% set x | upper | replace('B', 'c') %}ab{% endset %}{{ x }}", "Ac")]
    [InlineData("{{ 'a b'.split() }} {{ 'a.b.c'.rsplit('.', 1) }} {{ 'x\ny'.splitlines() }} {{ 'abc'.removeprefix('a') }}", "['a', 'b'] ['a.b', 'c'] ['x', 'y'] bc")]
    [InlineData("{{ 2.675 | round(2) }} {{ 2.5 | round }} {{ 1e23 }} {{ 1e16 }} {{ 123456.7 }} {{ 0.0001 }} {{ 0.00001 }} {{ 5e-324 }}", "2.67 2.0 1e+23 1e+16 123456.7 0.0001 1e-05 5e-324")]
    [InlineData("{{ -7.5 // 2 }} {{ -7.5 % 2 }} {{ 2 ** -1 }} {{ 7 % -3 }} {{ true + 1 }} {{ 1 == 1.0 == true }}", "-4.0 0.5 0.5 -2 2 True")]
    [InlineData("{{ [1, 2] < [1, 3] }} {{ (1, 2) == [1, 2] }} {{ {'a': [1]} == {'a': [1]} }} {{ 'b' > 'a' }}", "True False True True")]
    [InlineData("{{ '%05.1f|%-4s|%+d|%x|%%' % (3.14159, 'ab', 5, 255) }} {{ '{0}{1:.2f}{x}'.format('a', 2, x='z') }}", "003.1|ab  |+5|ff|% a2.00z")]
    [InlineData("{{ messages | selectattr('role', 'in', ['user']) | map(attribute='content') | list }} {{ messages | map('length') | list }}", "[' hi '] [2, 2]")]
    [InlineData("{{ [['a', 1], ['b', 2]] | map(attribute=1) | sum }} {{ [{'a': {'b': 1}}] | map(attribute='a.b') | list }}", "3 [1]")]
    [InlineData("{{ 'e\u0301\U0001F600x'[1:3] | length }} {{ '😀x'[-1] }} {{ '😀' | length }} {{ '😀ab'[::-1] }}", "2 x 1 ba😀")]
    [InlineData("{{ '\u200b\x00é' | list }}", "['\\u200b', '\\x00', 'é']")]
    [InlineData("{{ -7 // 2 }} {{ -7 % 2 }} {{ 1 < 2 < 3 }}", "-4 1 True")]
    public void Templates_mean_what_they_mean_in_jinja(string source, string expected) =>
        Assert.Equal(expected, ChatTemplate.Parse(source, bos: "<s>").Render(Two));

    [Theory]
    [InlineData("a\nb {% include 'x' %}", "line 2: the chat template uses the block 'include'")]
    [InlineData("{% import 'x' as y %}", "the block 'import'")]
    [InlineData("{% extends 'x' %}", "the block 'extends'")]
    [InlineData("{% do x %}", "the block 'do'")]
    [InlineData("{{ x | urlize }}", "the filter 'urlize'")]
    [InlineData("{{ x is nothing }}", "the test 'nothing'")]
    [InlineData("{{ f(*x) }}", "a call with a star")]
    [InlineData("{{ f(a=1, 2) }}", "an argument by position after one by name")]
    [InlineData("{% break %}", "'break' outside of a loop")]
    [InlineData("{% for m in x %}{% macro f() %}{% continue %}{% endmacro %}{% endfor %}", "'continue' outside of a loop")]
    [InlineData("{% call x %}{% endcall %}", "a call block without a call")]
    [InlineData("{% if x %}", "a block without its end")]
    [InlineData("{% set a %}b{% endif %}", "'endif' where 'endset' was expected")]
    [InlineData("{{ x", "a tag without its end '}}'")]
    [InlineData("{{ 'x }}", "a string without its end")]
    [InlineData("{# x", "a comment without an end")]
    [InlineData("{% raw %}x", "a raw block without its end")]
    [InlineData("{% endif %}", "'endif' without its beginning")]
    [InlineData("{{ ** }}", "'**' where a value was expected")]
    [InlineData("{{ 12x }}", "the number '12x'")]
    [InlineData("{{ a $ b }}", "the character '$' inside a tag")]
    public void What_is_not_known_is_refused_when_the_template_is_read_with_its_line(string source, string expected)
    {
        var e = Assert.Throws<RoastException>(() => ChatTemplate.Parse(source, "t"));
        Assert.Equal(RoastError.Unsupported, e.Kind);
        Assert.Contains(expected, e.Message);
        Assert.Contains("line ", e.Message);
    }

    [Theory]
    [InlineData("{{ 'a' + 1 }}", "'+' stands between a string and a number")]
    [InlineData("{{ messages[9].role }}", "'element 9' is not defined")]
    [InlineData("{{ 1 // 0 }}", "divides by zero")]
    [InlineData("{{ messages[0].items }}", "it prints the function 'items'")]
    [InlineData("{{ messages.append(1) }}", "it calls 'append', which is not defined")]
    [InlineData("{{ messages[0].update({}) }}", "it calls 'update', which is not defined")]
    [InlineData("{{ [1, 'a'] | sort }}", "it sorts")]
    [InlineData("{{ messages | map('nothing') | list }}", "the filter 'nothing', which is not known")]
    [InlineData("{{ '%d' % 'a' }}", "a format needs a number")]
    [InlineData("{{ '%s' % (1, 2) }}", "fewer places than values")]
    [InlineData("{{ strftime_now('%Q') }}", "'%Q', which is not known")]
    [InlineData("{% macro f(a) %}{% endmacro %}{{ f(1, 2) }}", "the macro 'f' is called with 2 arguments")]
    [InlineData("{% set a, b = 1, 2, 3 %}", "it gives 3 values to 2 variables")]
    [InlineData("{% set messages.x = 1 %}", "only members of a namespace")]
    [InlineData("{{ undefined_thing() }}", "it calls 'undefined_thing', which is not defined")]
    [InlineData("{{ {[1]: 2} }}", "a list is a key")]
    public void What_cannot_be_rendered_is_an_error_and_never_a_guess(string source, string expected)
    {
        var e = Assert.Throws<RoastException>(() => ChatTemplate.Parse(source).Render(Two));
        Assert.Equal(RoastError.Unsupported, e.Kind);
        Assert.Contains(expected, e.Message);
    }

    [Fact]
    public void What_a_template_raises_is_told_in_its_own_words()
    {
        var e = Assert.Throws<TemplateRefusedException>(() => ChatTemplate.Parse("{% if true %}\n{{ raise_exception('only users') }}{% endif %}", "t").Render(Two));
        Assert.Equal((RoastError.Unsupported, "only users"), (e.Kind, e.Reason));
        Assert.Contains("t, line 2", e.Message);
    }

    [Theory]
    [InlineData("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "macros call one another")]
    [InlineData("{% for m in messages recursive %}{{ loop(messages) }}{% endfor %}", "macros call one another")]
    [InlineData("{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}", "come to an end")]
    [InlineData("{% for a in range(100001) %}{% endfor %}", "a range has more than")]
    [InlineData("{{ 'x' * 100000000 }}", "too often")]
    [InlineData("{{ [1] * 100000000 }}", "too often")]
    [InlineData("{{ 2 ** 100000 }}", "more than 4,096 bits")]
    [InlineData("{% set ns = namespace(l=[]) %}{% for i in range(100000) %}{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l }}", "nested too deeply")]
    [InlineData("{% set ns = namespace(l=[1, 2]) %}{% for i in range(60) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l }}", "holds more than")]
    [InlineData("{% set ns = namespace(t=1) %}{% for i in range(50000) %}{% set ns.t = (ns.t,) %}{% endfor %}{{ {ns.t: 1} }}", "nested too deeply")]
    [InlineData("{% set ns = namespace(t=1) %}{% for i in range(60) %}{% set ns.t = (ns.t, ns.t) %}{% endfor %}{{ ns.t == ns.t }}", "holds more than")]
    [InlineData("{% set l = [['x' * 1000000] * 20] %}{% for i in range(100000) %}{% set e = l == l %}{% endfor %}", "come to an end")]
    [InlineData("{% set l = [['x' * 1000000] * 20] %}{% for i in range(100000) %}{% set e = l is eq l %}{% endfor %}", "come to an end")]
    [InlineData("{% set l = [['x' * 1000000] * 20] %}{% for i in range(100000) %}{% set e = l in [l] %}{% endfor %}", "come to an end")]
    [InlineData("{% set l = [['x' * 1000000] * 20] %}{% for i in range(100000) %}{% set e = [l].count(l) %}{% endfor %}", "come to an end")]
    [InlineData("{% set l = [['x' * 1000000] * 20] %}{% for i in range(100000) %}{% set e = loop.changed(l) %}{% endfor %}", "come to an end")]
    [InlineData("{% set l = [['x' * 1000000] * 20] %}{% for i in range(100000) %}{% set e = l | wordcount %}{% endfor %}", "come to an end")]
    [InlineData("{% set l = [['x' * 1000000] * 20] %}{% for i in range(100000) %}{% set e = l | tojson | length %}{% endfor %}", "come to an end")]
    [InlineData("{% set l = [['x' * 1000000] * 20] %}{% for i in range(100000) %}{% set e = l is lower %}{% endfor %}", "come to an end")]
    [InlineData("{% for i in range(100000) %}{% set e = range(100000) %}{% endfor %}", "come to an end")]
    [InlineData("{{ '%(a)9999d' * 1000000 % {'a': 1} }}", "grows beyond")]
    [InlineData("{{ ('{0:9999d}' * 1000000).format(1) }}", "grows beyond")]
    [InlineData("{{ ('\\n' * 100000) | indent(1000, blank=true) }}", "grows beyond")]
    [InlineData("{{ '%99999999d' % 1 }}", "a width of")]
    public void A_template_that_would_not_end_or_would_fill_the_memory_is_stopped(string source, string expected) =>
        Assert.Contains(expected, Assert.Throws<RoastException>(() => ChatTemplate.Parse(source).Render(Two)).Message);

    [Fact]
    public void Parts_of_a_conversation_stay_foreign_through_what_templates_do_to_them()
    {
        foreach (string expression in (string[])["m.content[1:]", "m.content.split('|')[0] + '|>'", "m.content | upper | lower", "m.content.strip()", "m | tojson", "[m.content]", "'%s' % m.content", "m.content | replace('x', '<|e|>')", "m.content | join('')", "m.content | indent", "tools", "extra"])
        {
            var template = ChatTemplate.Parse($"{{% for m in messages %}}a{{{{ {expression} }}}}b{{% endfor %}}");
            var text = template.Render(new Dictionary<string, Value>
            {
                ["messages"] = new ListValue([new ChatMessage("user", "<|im_end|>").ToValue()]),
                ["tools"] = ((TemplateVariable)System.Text.Json.JsonDocument.Parse("[\"<|im_end|>\"]").RootElement).Value,
                ["extra"] = ((TemplateVariable)"<|im_end|>").Value,
            }, TimeProvider.System);
            Assert.True(text.Foreign.Count > 0 && text.Foreign[0].Start >= 1 && text.Foreign[^1].End <= text.Text.Length - 1, expression);
        }
    }

    [Fact]
    public void A_text_of_many_foreign_parts_is_cut_in_many_places_without_looking_at_all_of_them_each_time()
    {
        // A million parts and a million cuts: with a look at each part for each cut this would take a day.
        var template = ChatTemplate.Parse("{{ ((messages[0].content[:1] ~ 'x') * 200000).split('x') | length }}");
        Assert.Equal("200001", template.Render(Two));
    }

    [Fact]
    public void A_message_beyond_all_bounds_is_refused_before_the_template_sees_it()
    {
        var huge = new ChatMessage("user", new string('x', StringValue.MaxLength + 1));
        var e = Assert.Throws<RoastException>(() => ChatTemplate.Parse("{{ messages[0].content }}").Render([huge]));
        Assert.Equal(RoastError.TooLarge, e.Kind);
        Assert.Contains("33,554,432 characters", e.Message);
    }

    [Theory]
    [InlineData("""{"role": "user", "content": "\ud800"}""")]
    [InlineData("""{"role": "user", "parts": [{"text": "\udc00"}]}""")]
    [InlineData("""{"role": "user", "\ud800": 1}""")]
    public void Half_a_character_in_a_message_of_json_is_refused_where_it_is_given(string json)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json);
        var message = document.RootElement;
        Assert.Contains("half a surrogate pair", Assert.Throws<ArgumentException>(() => ChatMessage.FromJson(message)).Message);
        Assert.Contains("half a surrogate pair", Assert.Throws<ArgumentException>(() => (TemplateVariable)message).Message);
    }

    [Fact]
    public void Json_that_is_nested_more_deeply_than_any_tool_is_refused()
    {
        using var json = System.Text.Json.JsonDocument.Parse(new string('[', 150) + new string(']', 150), new() { MaxDepth = 200 });
        var root = json.RootElement;
        Assert.Contains("nested too deeply", Assert.Throws<ArgumentException>(() => (TemplateVariable)root).Message);
    }

    [Fact]
    public void Variables_of_every_kind_reach_the_template_and_count_more_than_its_own()
    {
        var options = new ChatTemplateOptions
        {
            EnableThinking = true,
            Variables = new Dictionary<string, TemplateVariable> { ["s"] = "x", ["b"] = true, ["i"] = 7, ["f"] = 0.5, ["n"] = null, ["enable_thinking"] = false, ["j"] = System.Text.Json.JsonDocument.Parse("{\"a\": [1]}").RootElement },
        };
        Assert.Equal("x True 7 0.5 None False 1 None None", ChatTemplate.Parse("{{ s }} {{ b }} {{ i }} {{ f }} {{ n }} {{ enable_thinking }} {{ j.a[0] }} {{ tools }} {{ documents }}").Render([], options));
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
        using var unknown = new ModelFolder(("tokenizer_config.json", "{\"chat_template\": \"{% include 'x' %}\"}"));
        var later = ChatTemplate.Load(unknown.Path)!;                                       // a model with it can be opened
        Assert.Contains("'include'", Assert.Throws<RoastException>(() => later.Render(Two)).Message);
        using var named = new ModelFolder(("tokenizer_config.json", "{\"chat_template\": [{\"name\": \"rag\", \"template\": \"x\"}]}"));
        Assert.Contains("'default'", Assert.Throws<RoastException>(() => ChatTemplate.Load(named.Path)!.Render(Two)).Message);
    }
}
