using ManagedCuda;

namespace Roast.Cuda;

/// <summary>Memory of a CUDA device, allocated by ManagedCuda.</summary>
internal sealed class ManagedCudaBuffer(CudaDeviceVariable<byte> memory, long bytes) : DeviceBuffer(bytes)
{
    bool _disposed;

    public override nint Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return (nint)(ulong)memory.DevicePointer.Pointer;
        }
    }

    private protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed) memory.Dispose();
        _disposed = true;
    }
}
