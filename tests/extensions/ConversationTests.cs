using Microsoft.Extensions.AI;
using Roast.Extensions.AI;
using Roast.Onnx;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Extensions;

/// <summary>How messages become a prompt, with a chat template and without.</summary>
public sealed class ConversationTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("roast-chat-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Without_a_template_the_last_user_message_is_the_prompt_and_the_log_says_what_was_left_out()
    {
        using var model = Copy("tokenizer_config.json");
        var log = new LogList();
        using var client = new RoastChatClient(model, null, log);
        var response = await client.GetResponseAsync([new(ChatRole.User, "1+1="), new(ChatRole.Assistant, "2"), .. Scene.Ask()], new() { MaxOutputTokens = 1 });
        Assert.Equal(model.EncodeText(Scene.Question), ((Generation)response.RawRepresentation!).PromptIds);
        Assert.Contains(log.Entries, entry => entry.Id == 4 && entry.Text.Contains("2 earlier ones were left out"));
    }

    [Fact]
    public async Task Without_a_template_orders_are_refused_and_so_is_an_end_that_is_no_question()
    {
        using var model = Copy("tokenizer_config.json");
        using var client = new RoastChatClient(model);
        async Task<string> Unsupported(ChatOptions? options, params ChatMessage[] messages) => (await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync(messages, options))).Message;
        Assert.Contains("no chat template", await Unsupported(null, [new(ChatRole.System, "Be brief."), .. Scene.Ask()]));
        Assert.Contains("no chat template", await Unsupported(new() { Instructions = "Be brief." }, Scene.Ask()));
        Assert.Contains("variable of the chat template", await Unsupported(new() { AdditionalProperties = new() { [SteeringKeys.EnableThinking] = false } }, Scene.Ask()));
        Assert.Contains("'assistant', expected 'user'", (await Assert.ThrowsAsync<ArgumentException>(() => client.GetResponseAsync([new(ChatRole.Assistant, "842")]))).Message);
    }

    [Fact]
    public async Task With_a_template_every_turn_and_the_instructions_are_shown()
    {
        using var model = WithTemplate("{% for m in messages %}{{ m.role[0] }}{{ m.content }};{% endfor %}{% if enable_thinking %}t{% endif %}");
        using var client = new RoastChatClient(model);
        ChatMessage[] messages = [new(ChatRole.User, [new TextContent("1+"), new TextContent("1=")]), new(ChatRole.Assistant, "2"), new(ChatRole.User, "2+2=")];
        async Task<string> Prompt(ChatOptions options) => model.Tokenizer!.Decode([.. ((Generation)(await client.GetResponseAsync(messages, options)).RawRepresentation!).PromptIds]);

        Assert.Equal("u1+1=;a2;u2+2=;", await Prompt(new() { MaxOutputTokens = 1 }));
        Assert.Equal("sBe brief.;u1+1=;a2;u2+2=;t", await Prompt(new() { MaxOutputTokens = 1, Instructions = "Be brief.", AdditionalProperties = new() { [SteeringKeys.EnableThinking] = true } }));
    }

    [Fact]
    public async Task What_a_template_refuses_comes_with_its_words()
    {
        using var model = WithTemplate("{{ raise_exception('roles must alternate') }}");
        using var client = new RoastChatClient(model);
        Assert.Contains("roles must alternate", (await Assert.ThrowsAsync<Roast.Text.TemplateRefusedException>(() => client.Answer())).Message);
    }

    [Fact]
    public void A_model_without_a_tokenizer_makes_no_client()
    {
        using var model = Copy("tokenizer.json");
        Assert.Equal(RoastError.Unsupported, Assert.Throws<RoastException>(() => new RoastChatClient(model)).Kind);
    }

    [Fact]
    public void A_client_disposes_the_model_only_where_it_owns_it()
    {
        var model = Copy();
        new RoastChatClient(model).Dispose();
        Assert.Single(model.Complete([5], new() { MaxTokens = 1 }).Ids);
        new RoastChatClient(model, new() { OwnsModel = true }).Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.Complete([5], new() { MaxTokens = 1 }));
    }

    SteerableModel WithTemplate(string template)
    {
        File.WriteAllText(Path.Combine(_folder, "chat_template.jinja"), template);
        return Copy();
    }

    SteerableModel Copy(string? without = null)
    {
        foreach (string name in (string[])["config.json", "generation_config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"])
            if (name != without) File.Copy(Path.Combine(Repository.DefaultModel, name), Path.Combine(_folder, name), overwrite: true);
        return SteerableModel.Open(_folder);
    }
}
