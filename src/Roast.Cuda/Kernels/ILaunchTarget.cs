namespace Roast.Cuda.Kernels;

/// <summary>
/// Memory and launches of one device, below <see cref="PtxLauncher"/>: the driver, ManagedCuda, or the simulator of the tests.
/// Everything is queued in one order; only <see cref="Download"/> and <see cref="Wait"/> wait for it.
/// </summary>
internal interface ILaunchTarget : IDisposable
{
    string Name { get; }

    /// <summary>The queue, for hosts that share it: a CUstream; 0 where there is none.</summary>
    nint Stream { get; }

    /// <summary>See <see cref="IKernelLauncher.FreeBytes"/>.</summary>
    long? FreeBytes => null;

    DeviceBuffer Allocate(long bytes);
    PinnedMemory AllocatePinned(long bytes);
    void Fill(nint to, byte value, long bytes);
    void Upload(nint to, ReadOnlySpan<byte> from);
    void Download(nint from, Span<byte> to);
    void Copy(nint to, nint from, long bytes);

    /// <summary>Queues a kernel.</summary>
    /// <param name="kernel">Which.</param>
    /// <param name="shape">Grid and block.</param>
    /// <param name="arguments">A slot per parameter; narrower ones in the low bytes.</param>
    void Launch(Kernel kernel, LaunchShape shape, ReadOnlySpan<ulong> arguments);

    void Wait();
}
