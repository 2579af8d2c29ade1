using Roast.Cuda.Driver;

namespace Roast.Cuda;

/// <summary>Page-locked memory of the driver's.</summary>
internal sealed class DriverPinned(PinnedHandle memory, long bytes) : PinnedMemory(bytes)
{
    internal override nint Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(memory.IsClosed, this);
            return memory.DangerousGetHandle();
        }
    }

    private protected override void Dispose(bool disposing) => memory.Dispose();
}
