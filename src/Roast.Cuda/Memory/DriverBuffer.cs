using Roast.Cuda.Driver;

namespace Roast.Cuda;

/// <summary>Memory of a CUDA device.</summary>
internal sealed class DriverBuffer(MemoryHandle memory, long bytes) : DeviceBuffer(bytes)
{
    public override nint Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(memory.IsClosed, this);
            return memory.DangerousGetHandle();
        }
    }

    private protected override void Dispose(bool disposing) => memory.Dispose();
}
