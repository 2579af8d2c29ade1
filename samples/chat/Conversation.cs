using System.Runtime.CompilerServices;
using System.Text;
using Roast.Onnx;
using Roast.Text;

namespace Roast.Samples.Chat;

/// <summary>The turns so far. A model without a chat template is shown the last one only.</summary>
sealed class Conversation(SteerableModel model, LiveSteering live)
{
    const int MaxAnswerTokens = 512;

    /// <summary>Who said what, oldest first; a list that never changes, so another thread may read it.</summary>
    public IReadOnlyList<ChatMessage> Turns { get; private set; } = [];

    /// <summary>Forgets all turns.</summary>
    public void Clear() => Turns = [];

    /// <summary>Answers a message piece by piece, under whatever the strength is at each token.</summary>
    public async IAsyncEnumerable<string> AskAsync(string message, [EnumeratorCancellation] CancellationToken cancel)
    {
        Turns = [.. Turns, new ChatMessage("user", message)];
        int[] prompt = model.Template is null ? model.EncodePrompt(message) : model.EncodeChat(Turns);
        var options = new GenerationOptions { Live = live, MaxTokens = Math.Max(1, Math.Min(MaxAnswerTokens, model.Shape.MaxPositions - prompt.Length)) };
        var answer = new StringBuilder();
        try
        {
            await foreach (string piece in model.GenerateAsync(prompt, options, cancel))
            {
                answer.Append(piece);
                yield return piece;
            }
        }
        finally
        {
            Turns = [.. Turns, new ChatMessage("assistant", answer.ToString())];        // also what was said before Escape
        }
    }
}
