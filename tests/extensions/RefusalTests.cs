using Microsoft.Extensions.AI;
using Roast.Extensions.AI;
using Xunit;

namespace Roast.Tests.Extensions;

/// <summary>What a request must not ask for, and what it is told.</summary>
public class RefusalTests
{
    /// <summary>Options that this client does not have.</summary>
    public static TheoryData<ChatOptions, string> Unsupported => new()
    {
        { new() { Tools = [new HostedWebSearchTool()] }, "Tools (1)" },
        { new() { ToolMode = ChatToolMode.RequireAny }, "requires a tool" },
        { new() { ResponseFormat = ChatResponseFormat.Json }, "ChatResponseFormatJson" },
        { new() { ConversationId = "c1" }, "'c1'" },
        { Resumed(), "ContinuationToken" },
        { new() { FrequencyPenalty = 0.5f }, SteeringKeys.RepetitionPenalty },
        { new() { PresencePenalty = 0.5f }, SteeringKeys.RepetitionPenalty },
        { new() { Reasoning = new() }, SteeringKeys.EnableThinking },
    };

#pragma warning disable MEAI001
    static ChatOptions Resumed() => new() { ContinuationToken = ResponseContinuationToken.FromBytes(new byte[] { 1 }) };
#pragma warning restore MEAI001

    [Theory, MemberData(nameof(Unsupported))]
    public async Task What_it_does_not_have_is_refused_by_name(ChatOptions options, string told)
    {
        using var client = Scene.Client();
        Assert.Contains(told, (await Assert.ThrowsAsync<NotSupportedException>(() => client.Answer(options))).Message);
        Assert.Contains(told, (await Assert.ThrowsAsync<NotSupportedException>(() => client.Stream(options))).Message);
    }

    /// <summary>Values that make no sense.</summary>
    public static TheoryData<ChatOptions, string> Wrong => new()
    {
        { new() { MaxOutputTokens = 0 }, "MaxOutputTokens is 0" },
        { new() { Temperature = -1 }, "Temperature" },
        { new() { TopP = 1.5f }, "TopP" },
        { new() { TopK = 0 }, "TopK" },
        { new() { StopSequences = [""] }, "stop string is empty" },
        { new() { ModelId = "gpt" }, "'two-annotators' and no other" },
        { new() { RawRepresentationFactory = _ => "text" }, "System.String" },
        { new() { AdditionalProperties = new() { [SteeringKeys.MinP] = 2 } }, "MinP" },
        { new() { AdditionalProperties = new() { [SteeringKeys.EnableThinking] = "no" } }, "true or false" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_value_that_makes_no_sense_is_refused_with_what_was_found(ChatOptions options, string told)
    {
        using var client = Scene.Client();
        Assert.Contains(told, (await Assert.ThrowsAnyAsync<ArgumentException>(() => client.Answer(options))).Message);
    }

    [Fact]
    public async Task Options_that_ask_for_nothing_special_pass()
    {
        using var client = Scene.Client();
        var options = new ChatOptions { Tools = [], ToolMode = ChatToolMode.Auto, ResponseFormat = ChatResponseFormat.Text, FrequencyPenalty = 0, ModelId = "two-annotators", StopSequences = [], AdditionalProperties = new() { ["other.vendor"] = 1 } };
        Assert.Equal(Scene.Sloppy, await client.Answer(options));
    }

    [Fact]
    public async Task Messages_that_cannot_be_shown_are_refused()
    {
        using var client = Scene.Client();
        await Assert.ThrowsAsync<ArgumentNullException>(() => client.GetResponseAsync(null!));
        Assert.Contains("no message", (await Assert.ThrowsAsync<ArgumentException>(() => client.GetResponseAsync([]))).Message);
        Assert.Contains("Message 0 (user) has UriContent", (await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync([new(ChatRole.User, [new UriContent("https://example.org/a.png", "image/png")])]))).Message);
    }

    [Fact]
    public async Task A_prompt_beyond_the_context_is_the_librarys_own_error()
    {
        using var client = Scene.Client();
        Assert.Equal(RoastError.TooLarge, (await Assert.ThrowsAsync<RoastException>(() => client.GetResponseAsync(Scene.Ask(new string('1', 300))))).Kind);
    }
}
