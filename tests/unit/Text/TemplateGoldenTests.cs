using System.Text.Json;
using Roast.TestSupport;
using Roast.Text;
using Roast.Text.Templates;
using Xunit;

namespace Roast.Tests.Unit.Text;

/// <summary>Renderings of transformers 5.23.0 (jinja2 3.1.6): equal to the character, or refused; never something else.</summary>
public class TemplateGoldenTests
{
    /// <summary>Rows that must be equal, by family: for SmolLM2 all that the reference renders, for Qwen 2.5 all but the 4 whose tool calls hold a fraction.</summary>
    static readonly Dictionary<string, int> Rendered = new() { ["smollm2"] = 52, ["qwen2.5"] = 46, ["gemma2"] = 24 };

    [Fact]
    public void Every_reference_conversation_is_rendered_to_the_character_or_refused()
    {
        var templates = Templates();
        var rows = Goldens.Shared("chat_templates", "rendered.jsonl");
        var (equal, refused) = (new Dictionary<string, int>(), 0);
        foreach (var row in rows)
        {
            string family = row.Text("family");
            string? text = null;
            try { text = templates[family] is { } template ? template.Render(Variables(row)).Text : null; }
            catch (RoastException e) { Assert.Equal(RoastError.Unsupported, e.Kind); }
            if (text is null) { refused++; continue; }
            Assert.False(row.Has("error_type"), $"{family} {row.Text("name")} is an error in the reference, and here '{text}'.");
            Assert.Equal(row.Text("rendered"), text);
            equal[family] = equal.GetValueOrDefault(family) + 1;
        }
        Assert.Equal(812, rows.Count);
        Assert.Equal(812, refused + equal.Values.Sum());
        foreach (var (family, count) in Rendered) Assert.Equal((family, count), (family, equal.GetValueOrDefault(family)));
    }

    [Theory]
    [InlineData("smollm2", 42)]
    [InlineData("qwen2.5", 42)]
    public void Messages_encode_to_the_ids_of_the_reference_with_their_control_tokens_as_text(string family, int atLeast)
    {
        var tokenizer = Goldens.SharedTokenizer(family);
        var template = Templates()[family]!;
        var (seen, sanitized) = (0, 0);
        foreach (var row in Goldens.Shared("chat_templates", "rendered.jsonl"))
        {
            if (row.Text("family") != family || !row.Has("ids") || Messages(row) is not { } messages) continue;
            int[] expected = row.Has("ids_sanitized") ? row.Ids("ids_sanitized") : row.Ids("ids");
            Assert.Equal(expected, template.Encode(tokenizer, messages, row.GetProperty("kwargs").GetProperty("add_generation_prompt").GetBoolean()));
            (seen, sanitized) = (seen + 1, sanitized + (row.Has("ids_sanitized") ? 1 : 0));
        }
        Assert.True(seen >= atLeast, $"only {seen} rows of {family} could be said with role and content; {atLeast} were expected.");
        Assert.Equal(2, sanitized);
    }

    [Fact]
    public void One_line_templates_print_what_jinja_prints_or_are_refused()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("tokenizers", "chat_templates", "jinja_micro.vars.json")));
        var variables = Members(document.RootElement);
        int equal = 0;
        foreach (var row in Goldens.Shared("chat_templates", "jinja_micro.jsonl"))
        {
            string? text = null;
            try { text = ChatTemplate.Parse(row.Text("template"), "micro").Render(variables).Text; }
            catch (RoastException e) { Assert.Equal(RoastError.Unsupported, e.Kind); }
            if (text is null) continue;
            Assert.True(row.Has("rendered"), $"'{row.Text("template")}' is an error in Jinja, and here '{text}'.");
            Assert.Equal((row.Text("template"), row.Text("rendered")), (row.Text("template"), text));
            equal++;
        }
        Assert.True(equal >= MicroRows, $"{equal} of the one-line templates are rendered; {MicroRows} were expected.");
    }

    const int MicroRows = 27;

    /// <summary>The templates that parse; <c>null</c> for those that are refused.</summary>
    static Dictionary<string, ChatTemplate?> Templates()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("tokenizers", "chat_templates", "templates.json")));
        return document.RootElement.EnumerateObject().ToDictionary(family => family.Name, family =>
        {
            try { return ChatTemplate.Parse(family.Value.Text("template"), family.Name, family.Value.Text("bos_token"), family.Value.Text("eos_token")); }
            catch (RoastException e) when (e.Kind == RoastError.Unsupported) { return null; }
        });
    }

    static Dictionary<string, Value> Variables(JsonElement row)
    {
        var variables = Members(row.GetProperty("kwargs"));
        variables["messages"] = ToValue(row.GetProperty("messages"));
        return variables;
    }

    static Dictionary<string, Value> Members(JsonElement element) => element.EnumerateObject().ToDictionary(member => member.Name, member => ToValue(member.Value));

    static Value ToValue(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => NoneValue.Instance,
        JsonValueKind.True or JsonValueKind.False => BoolValue.Of(element.GetBoolean()),
        JsonValueKind.String => StringValue.FromOutside(element.GetString()!),
        JsonValueKind.Number => element.TryGetInt64(out long number) && !element.GetRawText().Contains('.') ? new IntegerValue(number) : new FloatValue(element.GetDouble()),
        JsonValueKind.Array => new ListValue([.. element.EnumerateArray().Select(ToValue)]),
        _ => new DictValue(Members(element)),
    };

    /// <summary>The messages where role and content say all; <c>null</c> where there are tools, parts or other members.</summary>
    static ChatMessage[]? Messages(JsonElement row)
    {
        if (row.GetProperty("kwargs").EnumerateObject().Count() != 1) return null;
        var messages = row.GetProperty("messages").EnumerateArray().ToArray();
        return Array.TrueForAll(messages, m => m.EnumerateObject().Count() == 2 && m.Has("content") && m.GetProperty("content").ValueKind == JsonValueKind.String)
            ? Array.ConvertAll(messages, m => new ChatMessage(m.Text("role"), m.Text("content")))
            : null;
    }
}
