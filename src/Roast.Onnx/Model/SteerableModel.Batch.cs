using Roast.Onnx.Live;
using Roast.Onnx.Rows;

namespace Roast.Onnx;

public sealed partial class SteerableModel
{
    /// <summary>Generates a whole answer on the calling thread: no task and no queue stand between a token and who sees it.</summary>
    /// <param name="promptIds">[tokens] at least one, each inside the vocabulary.</param>
    /// <param name="options">Steering, sampling and limits; <c>null</c>: greedy, up to the context.</param>
    /// <param name="onPiece">
    /// Told about every token before the next one is computed, so a strength that it sets on <see cref="GenerationOptions.Live"/> acts from
    /// that one on; <c>false</c> ends the answer. May call this model again. <c>null</c>: nobody is told.
    /// </param>
    /// <param name="cancellationToken">Ends generation, also inside a step.</param>
    /// <exception cref="ArgumentException">No ids, or an id outside the vocabulary.</exception>
    /// <exception cref="RoastException">The prompt is too long, the vector does not fit, or there are stop strings and no tokenizer.</exception>
    public Generation Complete(int[] promptIds, GenerationOptions? options = null, Func<AnswerPiece, bool>? onPiece = null, CancellationToken cancellationToken = default) =>
        CompleteAll([new GenerationRow(promptIds, options)], onPiece is null ? null : (_, piece) => onPiece(piece), cancellationToken)[0];

    /// <summary>Generates the answers of several rows, which decode together; each is what it would be alone. Runs on the calling thread.</summary>
    /// <param name="rows">Any number; neighbours with equal prompts share one prefill.</param>
    /// <param name="onPiece">Told about every token of every row, with the row's number; <c>false</c> ends that row. As in <see cref="Complete"/>.</param>
    /// <param name="cancellationToken">Ends all rows, also inside a step.</param>
    /// <returns>An answer per row, in the order of <paramref name="rows"/>.</returns>
    /// <exception cref="ArgumentException">No ids, or an id outside the vocabulary.</exception>
    /// <exception cref="RoastException">A prompt is too long, a vector does not fit, or there are stop strings and no tokenizer.</exception>
    public IReadOnlyList<Generation> CompleteAll(IReadOnlyList<GenerationRow> rows, Func<int, AnswerPiece, bool>? onPiece = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Prepare(rows, onPiece, question: _ => 0)(cancellationToken);
    }

    /// <summary>Refuses what cannot be run; what comes back runs the rest.</summary>
    /// <param name="rows">As in <see cref="CompleteAll"/>.</param>
    /// <param name="onPiece">As in <see cref="CompleteAll"/>.</param>
    /// <param name="question">What keeps a row's random numbers apart from those of another row with the same seed.</param>
    Func<CancellationToken, IReadOnlyList<Generation>> Prepare(IReadOnlyList<GenerationRow> rows, Func<int, AnswerPiece, bool>? onPiece, Func<int, uint> question)
    {
        var answers = new Generation[rows.Count];
        var texts = new AnswerText?[rows.Count];
        var requests = new RowRequest[rows.Count];
        for (int i = 0; i < rows.Count; i++)
        {
            var options = rows[i].Options ?? new();
            // Text is followed where somebody sees it or a stop string has to be found; else one decode at the end does.
            texts[i] = options.StopStrings.Count > 0 || (onPiece is not null && Tokenizer is not null) ? new AnswerText(RequireTokenizer(), options.StopStrings) : null;
            requests[i] = Request(rows[i].PromptIds, options, question(i)) with { Label = rows.Count == 1 ? "the prompt" : $"row {i}", OnToken = Watch(i, texts[i], onPiece) };
        }
        return cancel =>
        {
            Rows.Run(requests, [], (index, result) =>
            {
                var text = texts[index];
                if (text?.Flush() is { Length: > 0 } rest) onPiece?.Invoke(index, new AnswerPiece(null, rest));
                answers[index] = new Generation(rows[index].PromptIds, result.Tokens, text is null ? Tokenizer?.Decode(result.Tokens) : text.ToString(),
                    text is { IsStopped: true } ? StopReason.StopString : result.Stop, result.Trace);
            }, cancel);
            return answers;
        };
    }

    static Func<int, bool>? Watch(int row, AnswerText? text, Func<int, AnswerPiece, bool>? onPiece) => text is null && onPiece is null ? null : token =>
    {
        var piece = new AnswerPiece(token, text?.Append(token) ?? "");
        return (onPiece?.Invoke(row, piece) ?? true) && text is not { IsStopped: true };
    };
}
