using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Roast.Onnx;

namespace Roast.Native;

/// <summary>One fit: the work runs on the library's threads, its progress is told on the caller's.</summary>
internal static unsafe class FitCall
{
    public static SteeringVector Run(NativeModel model, in FitOptions options, Func<IProgress<WorkProgress>, CancellationToken, Task<FitResult>> start)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Handles.Token(options.Cancel));
        using var news = new BlockingCollection<WorkProgress>();
        var work = start(new Forward(news), stop.Token);
        var end = work.ContinueWith(_ => news.CompleteAdding(), TaskScheduler.Default);
        bool aborted = false;
        foreach (var progress in news.GetConsumingEnumerable())
            if (!aborted && options.OnProgress != null && Tell(options, progress) != 0)
            {
                aborted = true;
                stop.Cancel();
            }
        end.GetAwaiter().GetResult();
        try
        {
            var result = work.GetAwaiter().GetResult();
            if (aborted) throw Aborted();                   // asked to stop while the last answers were already in: the caller wants no vector
            Summarize(model, result);
            return result.Vector;
        }
        catch (OperationCanceledException) when (aborted)
        {
            throw Aborted();
        }
    }

    static StatusException Aborted() => new(Status.Aborted, "The progress callback ended the fit.");

    static int Tell(in FitOptions options, WorkProgress progress)
    {
        using var stage = new Utf8Copy(progress.Stage);
        var native = new Progress { StructSize = (nuint)Unsafe.SizeOf<Progress>(), Stage = stage.Bytes, Done = progress.Done, Total = progress.Total, Tokens = progress.Tokens };
        return options.OnProgress(options.User, &native);
    }

    static void Summarize(NativeModel model, FitResult result)
    {
        var counts = result.Solution.Counts;
        model.Info($"fit: {counts.Questions} questions, {counts.Mixed} mixed, {counts.Reread} re-read, {counts.KnownWrong} with a known wrong answer, {counts.Skipped} skipped");
        if (result.Note is { } note) model.Warn($"fit: {note}");
        if (result.TooLong > 0) model.Warn($"fit: {result.TooLong} questions were left out: they exceed the model's context");
    }

    sealed class Forward(BlockingCollection<WorkProgress> news) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => news.Add(value);
    }
}
