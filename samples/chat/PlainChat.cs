namespace Roast.Samples.Chat;

/// <summary>The chat without a terminal: a message a line, answers as they come; <c>/strength S</c> moves the slider, <c>/new</c> forgets the turns, <c>/quit</c> ends.</summary>
static class PlainChat
{
    public static async Task RunAsync(Conversation conversation, Slider slider, TextReader input, TextWriter output)
    {
        while (await input.ReadLineAsync() is { } line && line != "/quit")
        {
            if (line.Length == 0) continue;
            if (line.StartsWith("/strength ", StringComparison.Ordinal))
                await output.WriteLineAsync(slider.TrySet(line[10..]) ? $"strength {slider.Text}" : $"'{line[10..]}' is no finite number.");
            else if (line == "/new") conversation.Clear();
            else if (line[0] == '/') await output.WriteLineAsync($"'{line}' is no command; there are /strength S, /new and /quit.");
            else
            {
                await foreach (string piece in conversation.AskAsync(line, CancellationToken.None)) await output.WriteAsync(piece);
                await output.WriteLineAsync();
            }
        }
    }
}
