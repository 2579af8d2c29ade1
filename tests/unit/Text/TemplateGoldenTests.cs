using System.Globalization;
using System.Text.Json;
using Roast.TestSupport;
using Roast.Text;
using Roast.Text.Templates;
using Xunit;

namespace Roast.Tests.Unit.Text;

/// <summary>Renderings of transformers 5.23.0 (jinja2 3.1.6): every row, equal to the character, an error where the reference has one.</summary>
public class TemplateGoldenTests
{
    [Fact]
    public void Every_reference_conversation_is_rendered_to_the_character_or_refused_as_the_reference_refuses_it()
    {
        var templates = Templates();
        var rows = Goldens.Shared("chat_templates", "rendered.jsonl");
        var failures = new List<string>();
        var (equal, errors, raised) = (0, 0, 0);
        foreach (var row in rows)
        {
            string name = $"{row.Text("family")} {row.Text("name")} {row.GetProperty("kwargs").GetRawText()}";
            var (text, error) = Try(() => templates[row.Text("family")].Render(Messages(row), Options(row)));
            if (!row.Has("error_type"))
            {
                if (text == row.Text("rendered")) equal++;
                else failures.Add($"{name}: {error?.Message ?? JsonSerializer.Serialize(text)} instead of {JsonSerializer.Serialize(row.Text("rendered"))}");
            }
            else if (error is null) failures.Add($"{name}: is an error in the reference ({row.Text("error")}), and here {JsonSerializer.Serialize(text)}");
            else if (row.Text("error_type") == "TemplateError" && (error as TemplateRefusedException)?.Reason != row.Text("error")) failures.Add($"{name}: says '{error.Message}' instead of '{row.Text("error")}'");
            else (errors, raised) = (errors + 1, raised + (error is TemplateRefusedException ? 1 : 0));
        }
        Assert.True(failures.Count == 0, $"{failures.Count} differences:\n{string.Join('\n', failures.Take(10))}");
        Assert.Equal(812, rows.Count);
        Assert.Equal(812, equal + errors);
        Assert.Equal(rows.Count(row => row.Has("error_type")), errors);
        Assert.Equal(rows.Count(row => row.Has("error_type") && row.Text("error_type") == "TemplateError"), raised);
    }

    [Theory]
    [InlineData("smollm2")]
    [InlineData("qwen2.5")]
    public void Messages_encode_to_the_ids_of_the_reference_with_their_control_tokens_as_text_or_acting(string family)
    {
        var tokenizer = Goldens.SharedTokenizer(family);
        var template = Templates()[family];
        var (seen, sanitized) = (0, 0);
        foreach (var row in Goldens.Shared("chat_templates", "rendered.jsonl"))
        {
            if (row.Text("family") != family || !row.Has("ids")) continue;
            Assert.Equal(row.Ids("ids"), template.Encode(tokenizer, Messages(row), Options(row) with { TrustMessages = true }));
            Assert.Equal(row.Ids(row.Has("ids_sanitized") ? "ids_sanitized" : "ids"), template.Encode(tokenizer, Messages(row), Options(row)));
            (seen, sanitized) = (seen + 1, sanitized + (row.Has("ids_sanitized") ? 1 : 0));
        }
        Assert.Equal((RowsWithIds, 2), (seen, sanitized));
    }

    const int RowsWithIds = 44;

    [Fact]
    public void One_line_templates_print_what_jinja_prints_or_fail_where_it_fails()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("tokenizers", "chat_templates", "jinja_micro.vars.json")));
        var variables = document.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => JsonValues.Read(member.Value));
        var rows = Goldens.Shared("chat_templates", "jinja_micro.jsonl");
        var failures = new List<string>();
        foreach (var row in rows)
        {
            var (text, error) = Try(() => ChatTemplate.Parse(row.Text("template"), "micro").Render(variables, new FixedClock("2026-11-03T09:05:07")).Text);
            string? expected = row.GetProperty("rendered").GetString();
            if (text != expected) failures.Add($"{row.Text("template")}\n  {error?.Message ?? text}\n  {expected ?? row.Text("error")}");
            else if (row.Has("error_type") && row.Text("error_type") == "TemplateError" && (error as TemplateRefusedException)?.Reason != row.Text("error")) failures.Add($"{row.Text("template")}: {error!.Message}");
        }
        Assert.True(failures.Count == 0, $"{failures.Count} differences:\n{string.Join('\n', failures)}");
        Assert.Equal(99, rows.Count);
    }

    static (string? Text, RoastException? Error) Try(Func<string> render)
    {
        try { return (render(), null); }
        catch (RoastException e)
        {
            Assert.Equal(RoastError.Unsupported, e.Kind);
            return (null, e);
        }
    }

    static Dictionary<string, ChatTemplate> Templates()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("tokenizers", "chat_templates", "templates.json")));
        return document.RootElement.EnumerateObject().ToDictionary(family => family.Name, family =>
            ChatTemplate.Parse(family.Value.Text("template"), family.Name, family.Value.Text("bos_token"), family.Value.Text("eos_token")));
    }

    static ChatMessage[] Messages(JsonElement row) => [.. row.GetProperty("messages").EnumerateArray().Select(ChatMessage.FromJson)];

    static ChatTemplateOptions Options(JsonElement row)
    {
        var options = new ChatTemplateOptions { Clock = new FixedClock(row.Text("now")) };
        var others = new Dictionary<string, TemplateVariable>();
        foreach (var argument in row.GetProperty("kwargs").EnumerateObject())
            options = argument.Name switch
            {
                "add_generation_prompt" => options with { AddGenerationPrompt = argument.Value.GetBoolean() },
                "enable_thinking" => options with { EnableThinking = argument.Value.GetBoolean() },
                "tools" => options with { Tools = argument.Value },
                _ => Keep(argument),
            };
        return options with { Variables = others };

        ChatTemplateOptions Keep(JsonProperty argument)
        {
            others[argument.Name] = argument.Value;
            return options;
        }
    }

    /// <summary>A clock that stands still, without a zone.</summary>
    sealed class FixedClock(string time) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => new(DateTime.Parse(time, CultureInfo.InvariantCulture), TimeSpan.Zero);
    }
}
