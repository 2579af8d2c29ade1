using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Roast.Onnx.Live;

/// <summary>An answer as an asynchronous sequence of pieces, whatever engine makes its tokens.</summary>
internal static class AnswerStream
{
    /// <summary>Runs an engine on a thread of the pool and hands out what can be shown.</summary>
    /// <param name="begin">Makes what makes pieces of tokens: each enumeration is an answer of its own.</param>
    /// <param name="run">Generates: calls back with each token and ends where that returns <c>false</c>, or on cancellation.</param>
    /// <param name="cancellationToken">Ends the generation.</param>
    public static async IAsyncEnumerable<string> Run(Func<AnswerText> begin, Action<Func<int, bool>, CancellationToken> run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var text = begin();
        var pieces = Channel.CreateUnbounded<string>(new() { SingleReader = true, SingleWriter = true });
        // Leaving the enumeration early must also stop the loop behind it.
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = Task.Run(() =>
        {
            try
            {
                run(token => pieces.Writer.TryWrite(text.Append(token)) && !text.IsStopped, leaving.Token);
                pieces.Writer.TryWrite(text.Flush());
                pieces.Writer.Complete();
            }
            catch (Exception e)
            {
                pieces.Writer.Complete(e);
            }
        }, CancellationToken.None);
        try
        {
            await foreach (string piece in pieces.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
                if (piece.Length > 0) yield return piece;
        }
        finally
        {
            await leaving.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(false);
        }
    }
}
