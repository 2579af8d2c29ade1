using Roast.Onnx.Live;
using Roast.Onnx.Rows;
using Roast.Sampling;

namespace Roast.Onnx;

public sealed partial class SteerableModel
{
    /// <summary>Generates an answer to a prompt, piece by piece. A piece never ends inside a character and shows nothing of a stop string.</summary>
    /// <param name="prompt">One user turn where the model has a chat template, else plain text.</param>
    /// <param name="options">Steering, sampling and limits; <c>null</c>: greedy, up to the context.</param>
    /// <param name="cancellationToken">Ends generation, also inside a step.</param>
    /// <exception cref="RoastException">The prompt is too long, the vector does not fit, or the model has no tokenizer.</exception>
    public IAsyncEnumerable<string> GenerateAsync(string prompt, GenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        GenerateAsync(EncodePrompt(prompt), options, cancellationToken);

    /// <summary>Generates an answer to token ids, piece by piece.</summary>
    /// <param name="promptIds">[tokens] at least one.</param>
    /// <param name="options">Steering, sampling and limits; <c>null</c>: greedy, up to the context.</param>
    /// <param name="cancellationToken">Ends generation, also inside a step.</param>
    public IAsyncEnumerable<string> GenerateAsync(int[] promptIds, GenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        var tokenizer = RequireTokenizer();
        var request = Request(promptIds, options);
        return AnswerStream.Run(() => new AnswerText(tokenizer, options.StopStrings), (onToken, cancel) => RunOne(request with { OnToken = onToken }, cancel), cancellationToken);
    }

    /// <summary>Generates a whole answer to token ids.</summary>
    /// <param name="promptIds">[tokens] at least one, each inside the vocabulary.</param>
    /// <param name="options">Steering, sampling and limits; <c>null</c>: greedy, up to the context.</param>
    /// <param name="cancellationToken">Ends generation, also inside a step.</param>
    /// <exception cref="ArgumentException">No ids, or an id outside the vocabulary.</exception>
    /// <exception cref="RoastException">The prompt is too long, the vector does not fit, or there are stop strings and no tokenizer.</exception>
    public Task<Generation> CompleteAsync(int[] promptIds, GenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        return Only(CompleteAllAsync([promptIds], options, cancellationToken));

        static async Task<Generation> Only(Task<IReadOnlyList<Generation>> answers) => (await answers.ConfigureAwait(false))[0];
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An empty prompt, or an id outside the vocabulary.</exception>
    /// <exception cref="RoastException">A prompt is too long, the vector does not fit, or there are stop strings and no tokenizer.</exception>
    public Task<IReadOnlyList<Generation>> CompleteAllAsync(IReadOnlyList<int[]> prompts, GenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        // One seed for all: the row's number keeps their random numbers apart.
        var run = Prepare([.. prompts.Select(prompt => new GenerationRow(prompt, options))], onPiece: null, question: row => (uint)row);
        return Task.Run(() => run(cancellationToken), cancellationToken);
    }

    RowResult RunOne(RowRequest request, CancellationToken cancel)
    {
        RowResult? result = null;
        Rows.Run([request], [], (_, row) => result = row, cancel);
        return result!;
    }

    RowRequest Request(int[] promptIds, GenerationOptions options, uint question = 0)
    {
        ArgumentNullException.ThrowIfNull(promptIds);
        if (options is { Steering: not null, Live: not null })
            throw new ArgumentException("An answer is steered by a fixed steering or by a live one, not by both. Set one of them.", nameof(options));
        if ((options.Live?.Current ?? options.Steering) is { } steering) RequireFits(steering.Vector);
        return new RowRequest
        {
            Prompt = promptIds,
            Steering = options.Steering,
            Live = options.Live,
            Trace = options.Trace && (options.Live is not null || options.Steering is not null),
            Sampler = options.Sampler,
            Seed = new RowSeed(options.Seed, question, Rollout: 0),
            MaxTokens = options.MaxTokens ?? RoomAfter(promptIds.Length),
            EndTokens = options.IgnoreEnd ? [] : EndTokenArray,
        };
    }

    /// <summary>Tokens that fit into the context after a prompt.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.TooLarge"/>: none does.</exception>
    internal int RoomAfter(int promptTokens) => promptTokens < Shape.MaxPositions
        ? Shape.MaxPositions - promptTokens
        : throw new RoastException(RoastError.TooLarge, $"A prompt of {promptTokens} tokens leaves no room in the model's context of {Shape.MaxPositions}. Shorten the prompt.");
}
