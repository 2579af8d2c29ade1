namespace Roast.Cuda;

/// <summary>
/// Memory that a launcher's kernels read and write: on a device, or the process's own for the CPU twins. Dispose it before its launcher,
/// and only after <see cref="IKernelLauncher.Wait"/> where work on it may still be queued.
/// </summary>
public abstract class DeviceBuffer : IDisposable
{
    private protected DeviceBuffer(long bytes) => Bytes = bytes;

    /// <summary>Size in bytes.</summary>
    public long Bytes { get; }

    /// <summary>Where it begins, for ONNX Runtime and other native hosts; valid until <see cref="Dispose()"/>, on the launcher's device only.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    public abstract nint Address { get; }

    /// <summary>Memory that somebody else owns, such as a tensor of ONNX Runtime on the same device. Disposing the result frees nothing.</summary>
    /// <param name="address">Where it begins.</param>
    /// <param name="bytes">Its size in bytes.</param>
    public static DeviceBuffer Borrow(nint address, long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfZero(address);
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        return new BorrowedBuffer(address, bytes);
    }

    /// <summary>All of it as values of <typeparamref name="T"/>; a rest too short for one is left out.</summary>
    public DeviceView<T> As<T>() where T : unmanaged => new(this, 0, Bytes / System.Runtime.CompilerServices.Unsafe.SizeOf<T>());

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    private protected abstract void Dispose(bool disposing);
}
