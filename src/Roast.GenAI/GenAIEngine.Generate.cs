using Roast.Onnx;
using Roast.Onnx.Live;

namespace Roast.GenAI;

public sealed partial class GenAIEngine
{
    /// <inheritdoc/>
    public IAsyncEnumerable<string> GenerateAsync(int[] promptIds, GenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        Check([promptIds], options);
        var tokenizer = _folder.Text.RequireTokenizer();
        return AnswerStream.Run(() => new AnswerText(tokenizer, options.StopStrings), (onToken, cancel) => Run([promptIds], options, (_, token) => onToken(token), cancel), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Generation> CompleteAsync(int[] promptIds, GenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        return Only(CompleteAllAsync([promptIds], options, cancellationToken));

        static async Task<Generation> Only(Task<IReadOnlyList<Generation>> answers) => (await answers.ConfigureAwait(false))[0];
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An empty prompt, or an id outside the vocabulary.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: what GenAI cannot do exactly; docs/genai.md lists it. <see cref="RoastError.Runtime"/>: GenAI failed; its words follow.</exception>
    public Task<IReadOnlyList<Generation>> CompleteAllAsync(IReadOnlyList<int[]> prompts, GenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        Check(prompts, options);
        var texts = prompts.Select(_ => options.StopStrings.Count == 0 ? null : new AnswerText(_folder.Text.RequireTokenizer(), options.StopStrings)).ToArray();
        return Task.Run<IReadOnlyList<Generation>>(() =>
        {
            var rows = Run(prompts, options, (row, token) =>
            {
                texts[row]?.Append(token);
                return texts[row] is not { IsStopped: true };
            }, cancellationToken);
            return [.. rows.Select((row, i) =>
            {
                texts[i]?.Flush();
                return new Generation(prompts[i], row.Tokens, texts[i] is { } text ? text.ToString() : Tokenizer?.Decode([.. row.Tokens]), texts[i] is { IsStopped: true } ? StopReason.StopString : row.Stop);
            })];
        }, cancellationToken);
    }

    /// <summary>Starts an answer that is made token by token, with steering packs that may be activated on the way.</summary>
    /// <param name="promptIds">[tokens] at least one, each inside the vocabulary.</param>
    /// <param name="options">Limits and sampling; may steer other points than the packs do. Stop strings are not looked at. <c>null</c>: greedy, up to the context.</param>
    /// <param name="packs">Packs that may be activated; none is at first.</param>
    /// <exception cref="RoastException">What GenAI cannot do, or a pack that does not fit the model.</exception>
    public GenAIRun Start(int[] promptIds, GenerationOptions? options = null, params IReadOnlyList<AdapterPack> packs)
    {
        ArgumentNullException.ThrowIfNull(packs);
        options ??= new();
        Check([promptIds], options);
        return new GenAIRun(_folder, _pool, promptIds, options, packs);
    }

    void Check(IReadOnlyList<int[]> prompts, GenerationOptions options)
    {
        Refusals.Check(_folder, prompts, options);
        if ((options.Live?.Current ?? options.Steering) is { } steering) RequireFits(steering.Vector);
    }

    (List<int> Tokens, StopReason Stop)[] Run(IReadOnlyList<int[]> prompts, GenerationOptions options, Func<int, int, bool> onToken, CancellationToken cancel)
    {
        using var rows = new GenAIRows(_folder, _pool, prompts, options, []);
        var answers = prompts.Select(_ => (Tokens: new List<int>(), Stop: StopReason.MaxTokens)).ToArray();
        var ended = new bool[prompts.Count];
        var tokens = new int[prompts.Count];
        while (rows.Count < rows.MaxTokens && ended.Contains(false))
        {
            rows.Step(tokens, cancel);
            for (int row = 0; row < tokens.Length; row++)
            {
                if (ended[row]) continue;
                answers[row].Tokens.Add(tokens[row]);
                bool wanted = onToken(row, tokens[row]);
                if (!options.IgnoreEnd && _folder.EndTokens.Contains(tokens[row])) (ended[row], answers[row].Stop) = (true, StopReason.EndToken);
                else if (!wanted && rows.Count < rows.MaxTokens) (ended[row], answers[row].Stop) = (true, StopReason.Caller);
            }
        }
        return answers;
    }
}
