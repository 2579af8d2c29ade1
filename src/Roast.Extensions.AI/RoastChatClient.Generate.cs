using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.AI;
using Roast.Extensions.AI.Requests;
using Roast.Extensions.AI.Telemetry;
using Roast.Onnx;

namespace Roast.Extensions.AI;

public sealed partial class RoastChatClient
{
    /// <summary>A finished answer.</summary>
    sealed record Answer(string Id, Generation Generation)
    {
        public ChatFinishReason Finish => Generation.Stop == StopReason.MaxTokens ? ChatFinishReason.Length : ChatFinishReason.Stop;

        public UsageDetails Usage => new() { InputTokenCount = Generation.PromptIds.Count, OutputTokenCount = Generation.Ids.Count, TotalTokenCount = Generation.PromptIds.Count + Generation.Ids.Count };
    }

    /// <summary>Answers a conversation piece by piece: the pieces of text, then one update with finish reason and usage.</summary>
    /// <param name="messages">As in <see cref="GetResponseAsync"/>.</param>
    /// <param name="options">As in <see cref="GetResponseAsync"/>.</param>
    /// <param name="cancellationToken">Ends the generation, also inside a step; leaving the enumeration does so too.</param>
    /// <exception cref="NotSupportedException">An option or a content that this client does not have; thrown by the enumeration, as are the others.</exception>
    /// <exception cref="ArgumentException">No message, or a value that makes no sense.</exception>
    /// <exception cref="RoastException">The conversation is too long, the template does not take it, or the vector does not fit.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string id = NewId();
        var pieces = Channel.CreateUnbounded<string>(new() { SingleReader = true, SingleWriter = true });
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = Run();
        try
        {
            await foreach (string piece in pieces.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
                yield return Update(id, new TextContent(piece));
        }
        finally
        {
            // Where the caller left early, the loop behind it is told to stop, and waited for: it holds the model.
            if (!running.IsCompleted) await leaving.CancelAsync().ConfigureAwait(false);
            await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        var answer = await running.ConfigureAwait(false);
        var last = Update(id, new UsageContent(answer.Usage));
        (last.FinishReason, last.RawRepresentation) = (answer.Finish, answer.Generation);
        yield return last;

        async Task<Answer> Run()
        {
            try { return await GenerateAsync(messages, options, piece => pieces.Writer.TryWrite(piece), leaving.Token, id).ConfigureAwait(false); }
            finally { pieces.Writer.Complete(); }
        }
    }

    ChatResponseUpdate Update(string id, AIContent content) =>
        new(ChatRole.Assistant, [content]) { ResponseId = id, MessageId = id, ModelId = _modelId, CreatedAt = DateTimeOffset.UtcNow };

    /// <summary>
    /// Writes an answer on a thread. Where <see cref="RoastChatClientOptions.MaxConcurrentRequests"/> bounds them each has one of its own: the
    /// pool has as few threads as processors at first, and the application's other requests need them. Without a bound the pool is the bound.
    /// </summary>
    internal Task<T> Start<T>(Func<T> write, CancellationToken cancellationToken) => _slots is null
        ? Task.Run(write, cancellationToken)
        : Task.Factory.StartNew(write, cancellationToken, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

    static string NewId() => $"roast-{Guid.NewGuid():n}";

    async Task<Answer> GenerateAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, Action<string>? show, CancellationToken cancellationToken, string? id = null)
    {
        ArgumentNullException.ThrowIfNull(messages);
        id ??= NewId();
        using var operation = new ChatOperation(_instruments, _logger, _modelId);
        try
        {
            var request = ChatRequest.Read(this, _model, _modelId, _options, messages, options);
            operation.Accept(request);
            if (_slots is not null) await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
            Generation generation;
            try { generation = await Start(() => _model.Complete(request.Prompt.Ids, request.Generation, Watch, cancellationToken), cancellationToken).ConfigureAwait(false); }
            finally { _slots?.Release(); }
            var answer = new Answer(id, generation);
            operation.Complete(id, answer.Finish, generation.Trace?.Warning);
            return answer;
        }
        catch (Exception e)
        {
            operation.Fail(e);
            throw;
        }

        bool Watch(AnswerPiece piece)
        {
            if (piece.Token is not null) operation.Token();
            if (piece.Text.Length > 0) show?.Invoke(piece.Text);
            return true;
        }
    }
}
