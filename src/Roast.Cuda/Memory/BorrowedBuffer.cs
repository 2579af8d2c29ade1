namespace Roast.Cuda;

/// <summary>Memory of another owner.</summary>
internal sealed class BorrowedBuffer(nint address, long bytes) : DeviceBuffer(bytes)
{
    bool _disposed;

    public override nint Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return address;
        }
    }

    private protected override void Dispose(bool disposing) => _disposed = true;
}
