using System.Net.ServerSentEvents;
using Microsoft.Extensions.AI;
using Roast.Extensions.AI;

namespace Roast.Samples.Api;

/// <summary>POST /chat: an answer as server-sent events.</summary>
static class ChatEndpoint
{
    /// <summary>Answers a request. What is wrong with it is said with status 400 before anything is streamed.</summary>
    public static async Task<IResult> Answer(ChatQuestion question, IChatClient client, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(question.Message)) return Problem("message is missing: {\"message\": \"457+385=\"}.");
        var updates = client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, question.Message)], OptionsOf(question), cancel).GetAsyncEnumerator(cancel);
        try
        {
            // The first update is the earliest moment at which the request is known to be good.
            if (await updates.MoveNextAsync()) return TypedResults.ServerSentEvents(Events(updates));
            await updates.DisposeAsync();
            return Problem("the model gave no answer.");
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or RoastException)
        {
            await updates.DisposeAsync();
            return Problem(e.Message);
        }
    }

    static ChatOptions OptionsOf(ChatQuestion question)
    {
        var options = new ChatOptions { Temperature = question.Temperature, MaxOutputTokens = question.MaxTokens, Seed = question.Seed };
        var properties = new AdditionalPropertiesDictionary();
        if (question.Vector is not null) properties[SteeringKeys.Vector] = question.Vector;
        if (question.Strength is not null) properties[SteeringKeys.Strength] = question.Strength;
        if (question.Scope is not null) properties[SteeringKeys.Scope] = question.Scope;
        options.AdditionalProperties = properties;
        return options;
    }

    static async IAsyncEnumerable<SseItem<ChatEvent>> Events(IAsyncEnumerator<ChatResponseUpdate> updates)
    {
        await using (updates)
        {
            do
            {
                var update = updates.Current;
                if (update.FinishReason is not { } finish) yield return new(new ChatEvent(Text: update.Text), "piece");
                else yield return new(new ChatEvent(Finish: finish.Value, InputTokens: Usage(update)?.InputTokenCount, OutputTokens: Usage(update)?.OutputTokenCount), "end");
            }
            while (await updates.MoveNextAsync());
        }
    }

    static UsageDetails? Usage(ChatResponseUpdate update) => update.Contents.OfType<UsageContent>().FirstOrDefault()?.Details;

    static IResult Problem(string detail) => TypedResults.Problem(detail, statusCode: StatusCodes.Status400BadRequest);
}
