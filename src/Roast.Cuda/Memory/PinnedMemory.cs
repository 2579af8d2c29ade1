namespace Roast.Cuda;

/// <summary>
/// Memory of the process that a device moves to and from without a detour: page-locked where there is a device. Dispose it before its
/// launcher, and only after <see cref="IKernelLauncher.Wait"/> where a move may still be queued.
/// </summary>
public abstract class PinnedMemory : IDisposable
{
    private protected PinnedMemory(long bytes) => Bytes = bytes;

    /// <summary>Size in bytes.</summary>
    public long Bytes { get; }

    internal abstract nint Address { get; }

    /// <summary>Some of it.</summary>
    /// <param name="start">The first value, in values.</param>
    /// <param name="count">How many values.</param>
    /// <exception cref="ArgumentOutOfRangeException">They do not lie inside.</exception>
    public unsafe Span<T> Span<T>(long start, int count) where T : unmanaged
    {
        if (start < 0 || count < 0 || (start + count) * sizeof(T) > Bytes) throw new ArgumentOutOfRangeException(nameof(start), start, $"{count} values from {start} do not lie inside {Bytes} bytes.");
        return new Span<T>((T*)Address + start, count);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    private protected abstract void Dispose(bool disposing);
}
