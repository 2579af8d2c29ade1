using System.Runtime.InteropServices;
using System.Text;

namespace Roast.Native;

/// <summary>The text of the last failure on each thread, like errno: a success leaves it alone.</summary>
internal static unsafe class LastError
{
    /// <summary>Longest text that is kept, in bytes; the rest is cut off.</summary>
    const int MaxBytes = 8192;

    static readonly byte* Empty = (byte*)NativeMemory.AllocZeroed(1);

    [ThreadStatic] static Text? s_text;

    /// <summary>UTF-8, zero-terminated; valid until the next failure on this thread.</summary>
    public static byte* Pointer => s_text is null ? Empty : s_text.Bytes;

    /// <summary>Keeps a failure's text and gives its status. Never throws: it is what stands between an exception and C.</summary>
    public static Status Set(Exception e)
    {
        while (e is AggregateException or TypeInitializationException && e.InnerException is { } inner) e = inner;   // what is underneath says more
        try { Keep(e.Message); }
        catch (Exception) { }                                // out of memory while saying so: the status still tells
        return StatusOf(e);
    }

    static Status StatusOf(Exception e) => e switch
    {
        StatusException own => own.Status,
        RoastException roast => (Status)roast.Kind,
        OperationCanceledException => Status.Cancelled,
        OutOfMemoryException => Status.OutOfMemory,
        ObjectDisposedException => Status.Handle,
        InvalidOperationException => Status.State,
        ArgumentException or FormatException or OverflowException or KeyNotFoundException => Status.Argument,
        UnauthorizedAccessException => Status.CannotWrite,
        FileNotFoundException or DirectoryNotFoundException => Status.NotFound,
        IOException => Status.BadFile,
        DllNotFoundException or EntryPointNotFoundException => Status.Runtime,
        _ => e.GetType().Namespace == "Microsoft.ML.OnnxRuntime" ? Status.Runtime : Status.Internal,
    };

    static void Keep(string message)
    {
        var text = s_text ??= new Text();
        var encoder = Encoding.UTF8.GetEncoder();            // cuts between characters, not inside one
        encoder.Convert(message, new Span<byte>(text.Bytes, MaxBytes), flush: true, out _, out int written, out _);
        text.Bytes[written] = 0;
    }

    /// <summary>A thread's text; the thread's end frees it.</summary>
    sealed class Text
    {
        public readonly byte* Bytes = (byte*)NativeMemory.AllocZeroed(MaxBytes + 1);

        ~Text() => NativeMemory.Free(Bytes);
    }
}
